// A way to the api: what every transport under test offers, and the world that a case begins in.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reply } from '../../shared/api/api.ts'
import type { HostName } from '../../shared/api/about.ts'
import type { Folders } from '../../electron/core/folders.ts'
import type { Case } from './case.ts'

export interface Connection {
  readonly call: (method: string, input: unknown) => Promise<Reply>
  readonly close: () => Promise<void>
}

export interface Transport {
  readonly name: string
  readonly host: HostName
  /** Whether steps of one case meet the same core. The terminal starts one for each command. */
  readonly oneProcess: boolean
  /** Opens the way. `passphrase` is there when the case begins unlocked. */
  readonly connect: (folders: Folders, passphrase: string | undefined) => Promise<Connection>
  /** Ends what is shared between connections. */
  readonly end?: () => Promise<void>
}

export interface PreparedVault extends Folders {
  readonly passphrase: string
  readonly words: readonly string[]
}

export interface Place extends Folders {
  readonly remove: () => void
}

export function createPlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'mindkeep-contract-'))
  return {
    folder: join(root, 'vault'),
    stateFolder: join(root, 'state'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** A place of its own for one case: empty, or with a copy of the prepared vault. */
export function placeFor({ start }: Pick<Case, 'start'>, vault: PreparedVault): Place {
  const place = createPlace()
  if (start !== 'nothing') {
    cpSync(vault.folder, place.folder, { recursive: true })
    cpSync(vault.stateFolder, place.stateFolder, { recursive: true })
  }
  return place
}

/** For connections that keep their core: unlocks it as a person would, through the same way. */
export async function unlocked(connection: Connection, passphrase: string | undefined): Promise<Connection> {
  if (passphrase === undefined) return connection
  const reply = await connection.call('vault.unlock', { passphrase })
  if (!reply.ok) throw new Error(`the vault did not unlock: ${reply.error.code}`)
  return connection
}
