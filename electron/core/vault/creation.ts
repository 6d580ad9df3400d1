// Makes a vault out of nothing. Until the key file is there, there is no vault, whatever lies in the folder; the database
// waits under another name until then, because one without a key file would pass for a damaged vault.
import { randomUUID } from 'node:crypto'
import type { HostName } from '../../../shared/api/about.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../ports.ts'
import { type SealedAccount, keepAccount, sealAccount } from './keys/account.ts'
import { type Db, cipherForThisComputer, writtenWhole } from './db.ts'
import type { KeyFile, KeyFiles } from './keys/keyfile.ts'
import { randomKey, wipe } from './keys/keys.ts'
import { createDatabase, openVaultDatabase, witnessKey } from './opening.ts'
import type { Stretcher } from './keys/passphrase.ts'
import { databasePath, removeDatabase, replaceDatabase, stagedPath } from './replace.ts'
import { giveUpReserve, keepReserve } from './reserve.ts'
import type { OpenVault } from './open-vault.ts'
import { sealPassphraseSlot, sealRecoverySlot } from './keys/slots.ts'

interface DrawingParts {
  readonly clock: Clock
  readonly stretcher: Stretcher
}

interface CreationParts {
  readonly folder: string
  readonly host: HostName
  readonly keyFiles: KeyFiles
  readonly ledger: Pick<Ledger, 'recordIn' | 'forgetWitnessIfPossible'>
}

interface CreatedVault {
  readonly made: OpenVault
  /** Once it is the open one. */
  readonly told: () => void
}

interface Wanted {
  readonly name: string
  readonly passphrase: string
  /** Of the recovery kit the person has kept. */
  readonly secret: Buffer
}

/** A vault that is nowhere yet: everything that takes time is done, and nothing is written. */
export interface DrawnVault {
  readonly file: KeyFile
  readonly master: Buffer
  readonly account: SealedAccount
}

export async function drawUp(
  { clock, stretcher }: DrawingParts,
  { name, passphrase, secret }: Wanted,
): Promise<DrawnVault> {
  const master = randomKey()
  const vault = randomUUID()
  try {
    const file: KeyFile = {
      version: 1,
      vault,
      name,
      createdAt: clock.now().toISOString(),
      cipher: cipherForThisComputer(),
      databaseSalt: randomKey().toString('base64'),
      nextDatabaseSalt: null,
      passphrase: await sealPassphraseSlot(stretcher, { vault, master, passphrase }),
      recovery: sealRecoverySlot({ vault, master, secret }),
      device: null,
    }
    return { file, master, account: await sealAccount({ master, secret }) }
  } catch (error) {
    wipe(master)
    throw error
  }
}

/** Takes over the drawn vault's key: it is wiped when this fails. */
export function createFiles(parts: CreationParts, { file, master, account }: DrawnVault): CreatedVault {
  const { folder, host, keyFiles, ledger } = parts
  let db: Db | undefined
  try {
    // What an attempt that was cut short left behind has no key any more.
    removeDatabase(stagedPath(folder))
    const staged = createDatabase(stagedPath(folder), file, master)
    const told = writtenWhole(staged, () => {
      keepAccount(staged, account)
      // There is never a vault whose record does not begin with this.
      return ledger.recordIn({ db: staged, vault: file.vault }, { act: 'vault.created', host })
    })
    const salt = Buffer.from(file.databaseSalt, 'base64')
    db = openVaultDatabase(folder, replaceDatabase({ folder, keyFiles }, file, salt), master)
    keepReserve(folder)
    return { made: { vault: file.vault, db, master, witnessKey: witnessKey(master) }, told }
  } catch (error) {
    db?.close()
    removeCreated(parts, file)
    wipe(master)
    throw error
  }
}

/** Of a vault that nobody has been told of, and whose recovery kit is still a draft: nothing of it may stand in the way. */
export function removeCreated({ folder, keyFiles, ledger }: CreationParts, { vault }: KeyFile): void {
  keyFiles.shred()
  for (const path of [stagedPath(folder), databasePath(folder)]) removeDatabase(path)
  giveUpReserve(folder)
  ledger.forgetWitnessIfPossible(vault)
}
