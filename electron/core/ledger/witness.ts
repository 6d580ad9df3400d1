// The head of the ledger, kept outside the database and outside the vault's folder, so that an old vault put back in place
// of the present one is noticed. It is authenticated with a key only the open vault has.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hex32 } from '../../../shared/api/values.ts'
import { toAppError } from '../failures.ts'
import { makeFolder, readIfPresent, writeAtomically } from '../files.ts'

const stored = z.strictObject({ seq: z.int().positive(), hash: hex32, mac: hex32 })

export interface Head {
  readonly seq: number
  readonly hash: string
}

export interface Witness {
  readonly read: (vault: string, key: Buffer) => Head | undefined
  readonly write: (vault: string, key: Buffer, head: Head) => void
  readonly forget: (vault: string) => void
}

export function createWitness({ stateFolder }: { readonly stateFolder: string }): Witness {
  const folder = join(stateFolder, 'heads')
  const path = (vault: string) => join(folder, `${vault}.json`)
  const mac = (vault: string, key: Buffer, { seq, hash }: Head) =>
    createHmac('sha256', key).update(`mindkeep/witness/v1\0${vault}\0${seq}\0${hash}`).digest()

  return {
    read(vault, key) {
      const bytes = readUnlessRefused(path(vault))
      if (bytes === undefined) return undefined
      const parsed = stored.safeParse(parseJson(bytes))
      if (!parsed.success) return undefined
      const { mac: given, ...head } = parsed.data
      return timingSafeEqual(Buffer.from(given, 'hex'), mac(vault, key, head)) ? head : undefined
    },
    write(vault, key, head) {
      makeFolder(folder)
      writeAtomically(path(vault), JSON.stringify({ ...head, mac: mac(vault, key, head).toString('hex') }))
    },
    forget(vault) {
      rmSync(path(vault), { force: true })
    },
  }
}

/** A state folder closed to us bears no witness; it must not keep the vault shut. */
function readUnlessRefused(path: string): Buffer | undefined {
  try {
    return readIfPresent(path)
  } catch (error) {
    if (toAppError(error)?.code === 'FOLDER_UNUSABLE') return undefined
    throw error
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // A torn or foreign file bears no witness; the ledger then says that its witness is missing.
    return undefined
  }
}
