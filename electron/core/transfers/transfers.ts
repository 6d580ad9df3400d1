// What hosts hand in and what is handed out. Contents and paths never pass through the api: a file is named by a handle on
// its way in and fetched with a ticket on its way out. What is uploaded is sealed before it touches the disk, and its key is
// in memory alone until somebody keeps it. (Front door.)
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import { listFiles, makeFolder, removeFolderIfEmpty } from '../files.ts'
import type { Clock } from '../ports.ts'
import { type Sealed, createSealedFile } from '../sealed-files.ts'
import type { OpenVault } from '../vault/vault.ts'
import { keepingComing } from './keeping-coming.ts'
import { labelOf } from './label.ts'
import { type Tickets, createTickets } from './tickets.ts'

export type { Outgoing } from './tickets.ts'

/** Something handed in: a file or folder of this computer's, or an upload that lies sealed in the vault's folder. */
export type Handed = { readonly name: string; readonly path: string } | Upload

export interface Upload {
  readonly name: string
  /** Its file's name, in `incoming/`. */
  readonly upload: string
  readonly key: string
  readonly bytes: number
  readonly changed?: number | undefined
}

interface Announced {
  /** What the person calls it; a path below what was dropped. */
  readonly name: string
  readonly bytes: number
  /** When it was last changed: milliseconds since 1970. */
  readonly changed?: number | undefined
}

export interface Transfers extends Tickets {
  /** Files and folders of this computer, chosen by the person through a host. They stay where they are. */
  readonly offer: (paths: readonly string[]) => string[]
  /**
   * An upload. Rejects, and keeps nothing, unless all of it comes, without a long silence. So much may come side by side as
   * there is room for.
   */
  readonly receive: (announced: Announced, chunks: AsyncIterable<Uint8Array>) => Promise<string>
  readonly look: (handles: readonly string[]) => Handed[]
  /** As `look`, and from then on the caller's: a lock no longer throws it away. */
  readonly claim: (handles: readonly string[]) => Handed[]
  readonly release: (handles: readonly string[]) => void
  /** Removes the files of uploads that were claimed. */
  readonly discard: (claimed: readonly Handed[]) => void
  /** Removes what a crash left behind: every upload but these and those that wait. */
  readonly sweep: (claimed: readonly Handed[]) => void
  /** When the vault is deleted: nobody has the keys of what lies here any more. */
  readonly dropAll: () => void
  /** When the vault is locked: nothing waits any more. */
  readonly forget: () => void
  /** Where uploads lie. */
  readonly folder: string
  readonly sealedOf: (upload: Upload) => Sealed
}

interface TransfersParts {
  /** The open vault; throws VAULT_LOCKED where there is none. */
  readonly openVault: () => Pick<OpenVault, 'vault'>
  readonly folder: string
  readonly clock: Clock
}

/** Left free beside an upload, for the vault itself to be written. */
const roomToLeave = 100 * 1024 * 1024
/** As `seal` names them; what else lies there is somebody else's. */
const uploadName = /^[0-9a-f]{32}$/u
const mostWaiting = 100_000
const mostAtOnce = 8

export function createTransfers({ openVault, folder: vaultFolder, clock }: TransfersParts): Transfers {
  const folder = join(vaultFolder, 'incoming')
  const waiting = new Map<string, Handed>()
  const tickets = createTickets({ openVault, clock })
  const arriving = new Set<{ left: number }>()

  const keep = (handed: Handed): string => {
    if (waiting.size >= mostWaiting) throw new AppError('TOO_MANY_REQUESTS')
    const handle = randomBytes(16).toString('hex')
    waiting.set(handle, handed)
    return handle
  }

  const look = (handles: readonly string[]): Handed[] => {
    openVault()
    return [...new Set(handles)].map((handle) => {
      const found = waiting.get(handle)
      if (found === undefined) throw new AppError('NO_SUCH_FILE')
      return found
    })
  }

  const remove = (upload: string) => rmSync(join(folder, upload), { force: true })

  /** For all that is on its way: each was promised its room before the disk showed it. */
  const checkRoom = async (): Promise<void> => {
    makeFolder(folder)
    const { bavail, bsize } = await statfs(folder)
    const expected = [...arriving].reduce((sum, { left }) => sum + left, 0)
    if (bavail * bsize < expected + roomToLeave) throw new AppError('DISK_FULL')
  }

  const seal = async (
    { name, bytes, changed }: Announced,
    arrival: { left: number },
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<string> => {
    const upload = randomBytes(16).toString('hex')
    const writer = createSealedFile(join(folder, upload))
    try {
      for await (const chunk of keepingComing(chunks, clock)) {
        // A lock takes effect at once, also on what is half here.
        openVault()
        arrival.left -= chunk.length
        if (arrival.left < 0) throw new AppError('FILE_NOT_AS_SAID')
        writer.push(chunk)
      }
      if (arrival.left > 0) throw new AppError('FILE_NOT_AS_SAID')
      const { key } = writer.end()
      openVault()
      return keep({ name: labelOf(name), upload, key: Buffer.from(key).toString('base64'), bytes, changed })
    } catch (error) {
      remove(upload)
      throw error
    } finally {
      writer.close()
    }
  }
  const discard = (claimed: readonly Handed[]) => {
    for (const one of claimed) if ('upload' in one) remove(one.upload)
  }

  const sweep = (claimed: readonly Handed[]) => {
    const known = new Set([...claimed, ...waiting.values()].flatMap((one) => ('upload' in one ? [one.upload] : [])))
    for (const name of listFiles(folder)) if (uploadName.test(name) && !known.has(name)) remove(name)
  }

  return {
    ...tickets,
    folder,

    offer(paths) {
      openVault()
      return paths.map((path) => keep({ name: labelOf(basename(resolve(path))), path: resolve(path) }))
    },

    async receive(announced, chunks) {
      openVault()
      if (arriving.size >= mostAtOnce) throw new AppError('TOO_MANY_REQUESTS')
      const arrival = { left: announced.bytes }
      arriving.add(arrival)
      try {
        await checkRoom()
        return await seal(announced, arrival, chunks)
      } catch (error) {
        // Files come past the dispatcher, which would have turned what the disk says into a sentence.
        throw toAppError(error) ?? error
      } finally {
        arriving.delete(arrival)
      }
    },

    look,

    claim(handles) {
      const found = look(handles)
      for (const handle of handles) waiting.delete(handle)
      return found
    },

    release(handles) {
      for (const handle of handles) {
        const found = waiting.get(handle)
        if (found !== undefined) discard([found])
        waiting.delete(handle)
      }
    },

    discard,

    sweep,

    dropAll() {
      sweep([])
      removeFolderIfEmpty(folder)
    },

    forget() {
      const left = [...waiting.values()]
      // First, whatever the disk says: nothing that waited is to be had any more.
      waiting.clear()
      tickets.forget()
      discard(left)
    },

    sealedOf: ({ upload, key, bytes }) => ({ path: join(folder, upload), key: Buffer.from(key, 'base64'), bytes }),
  }
}
