// vault.keys: the sealed copies of the master key, one slot for each way in, kept in two files. A damaged file is replaced
// from the other one; a file that is from the future or asks for unsafe settings is refused and left alone.
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import { time } from '../../../../shared/api/values.ts'
import { longestVaultName } from '../../../../shared/vault-name.ts'
import { AppError } from '../../../../shared/errors.ts'
import { type Staged, readIfPresent, shred, stage, writeAtomically } from '../../files.ts'
import { stretching } from './passphrase.ts'

const keyfileVersion = 1
/** Nothing that moves a cursor or turns the direction of what stands around it, where the name is shown. */
const harmless = /^[^\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]*$/u
export const ciphers = ['aegis', 'chacha20'] as const

const sealed = { nonce: z.base64(), box: z.base64() }
export const passphraseSlot = z.strictObject({ kind: z.literal('passphrase'), stretching, ...sealed })
export const recoverySlot = z.strictObject({ kind: z.literal('recovery'), ...sealed })
/** `secret` is sealed by the operating system's secret store; only what it opens to can open the box. */
export const deviceSlot = z.strictObject({ kind: z.literal('device'), secret: z.base64(), ...sealed })

const content = z.strictObject({
  version: z.literal(keyfileVersion),
  vault: z.uuid(),
  /** Any that was allowed once: what a name may be today must not make a key file of yesterday unreadable. */
  name: z.string().min(1).max(longestVaultName).regex(harmless),
  createdAt: time,
  cipher: z.enum(ciphers),
  /** Mixed into the database key. Replaced by a deep erase, which makes every older copy of the file unreadable. */
  databaseSalt: z.base64(),
  /** Set while a rewritten database is being put in place; whoever opens the vault next finishes that (replace.ts). */
  nextDatabaseSalt: z.base64().nullable(),
  passphrase: passphraseSlot,
  recovery: recoverySlot,
  device: deviceSlot.nullable(),
})
export type KeyFile = z.infer<typeof content>

const names = ['vault.keys', 'vault.keys.bak'] as const

export interface KeyFiles {
  /** Nothing where no vault was ever made. */
  readonly read: () => KeyFile | undefined
  /** Every sound one: two where they differ. */
  readonly copies: () => readonly KeyFile[]
  /**
   * Makes both copies the one that opened the database, and no other; true where one was damaged, or of something else. Only
   * while the vault is held: a deletion may be under way.
   */
  readonly mend: (file: KeyFile) => boolean
  readonly write: (file: KeyFile) => void
  /** Takes the room a write needs; putting it in place then cannot fail for lack of it. */
  readonly stage: (file: KeyFile) => Staged
  /** Makes every slot unreadable: the quickest way to make a vault worthless. */
  readonly shred: () => void
}

export function createKeyFiles({ folder }: { readonly folder: string }): KeyFiles {
  const paths = names.map((name) => join(folder, name))

  const stageAll = (file: KeyFile): Staged => {
    const text = formatKeyFile(file)
    const staged: Staged[] = []
    const drop = () => {
      for (const one of staged) one.drop()
    }
    try {
      for (const path of paths) staged.push(stage(path, text))
    } catch (error) {
      drop()
      throw error
    }
    return {
      put() {
        for (const one of staged) one.put()
      },
      drop,
    }
  }

  const read = (): readonly KeyFile[] => {
    const copies = paths.map(readCopy)
    if (copies.every((copy) => copy === undefined)) {
      // "No vault" would lead a person through a welcome that cannot end well.
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) throw new AppError('FOLDER_UNUSABLE')
      return []
    }
    const sound = copies.flatMap((copy) => (copy === undefined ? undefined : parseKeyFile(copy)) ?? [])
    const [first, second] = sound
    if (first === undefined) throw new AppError('KEYS_DAMAGED')
    return second === undefined || isSame(first, second) ? [first] : [first, second]
  }

  return {
    read: () => read()[0],
    copies: read,

    mend(file) {
      const text = formatKeyFile(file)
      let damaged = false
      for (const [number, path] of paths.entries()) {
        const copy = readCopy(path)
        if (copy?.equals(text) === true || isFolder(path)) continue
        const sound = copy === undefined ? undefined : parseKeyFile(copy)
        // The first is written first: a second one that is sound but older is a write that was cut short, not damage.
        damaged ||= sound === undefined || (number === 0 && !isSame(sound, file))
        writeAtomically(path, text)
      }
      return damaged
    },

    write(file) {
      const staged = stageAll(file)
      try {
        staged.put()
      } finally {
        staged.drop()
      }
    },

    stage: stageAll,

    shred() {
      for (const path of paths) shred(path)
    },
  }
}

export const isSame = (one: KeyFile, other: KeyFile): boolean => formatKeyFile(one).equals(formatKeyFile(other))

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** A folder in the place of a copy is damage of its own kind: it holds no key, and is not ours to remove. */
const readCopy = (path: string): Buffer | undefined => (isFolder(path) ? Buffer.alloc(0) : readIfPresent(path))

/** A key file that is damaged beyond repair is one of the things a restore is for. */
export function readSoundKeys(keyFiles: KeyFiles): KeyFile | undefined {
  try {
    return keyFiles.read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'KEYS_DAMAGED') return undefined
    throw error
  }
}

interface Exchange {
  readonly from: KeyFile
  readonly to: KeyFile
}

/** Puts `to` in place as part of `act`, both or neither: where the act fails after it was put, `from` is back. */
export function exchangeKeys<T>(keyFiles: KeyFiles, { from, to }: Exchange, act: (put: () => void) => T): T {
  const before = keyFiles.stage(from)
  let exchanged = false
  try {
    const after = keyFiles.stage(to)
    try {
      return act(() => {
        exchanged = true
        after.put()
      })
    } catch (error) {
      if (exchanged) before.put()
      throw error
    } finally {
      after.drop()
    }
  } finally {
    before.drop()
  }
}

export function formatKeyFile(file: KeyFile): Buffer {
  return Buffer.from(`${JSON.stringify({ ...file, checksum: checksum(file) }, null, 2)}\n`, 'utf8')
}

/** The file's content, or nothing when it is damaged. Throws where it is sound but must not be used. */
export function parseKeyFile(bytes: Uint8Array): KeyFile | undefined {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // Not JSON any more: damaged, like any other change the checksum would notice.
    return undefined
  }
  const version = z.looseObject({ version: z.int() }).safeParse(json)
  if (version.success && version.data.version > keyfileVersion) throw new AppError('VAULT_FROM_FUTURE')
  const parsed = content.extend({ checksum: z.string() }).safeParse(json)
  if (!parsed.success) return undefined
  const { checksum: expected, ...file } = parsed.data
  return checksum(file) === expected ? file : undefined
}

/** Against bit rot only; what an attacker changes is caught by the slots, whose context covers these fields. */
function checksum(file: KeyFile): string {
  return createHash('sha256')
    .update(canonicalize(file) ?? '')
    .digest('hex')
}
