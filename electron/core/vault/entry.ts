// Going in and out of the vault: taking and releasing the hold, opening and closing the database, starting and stopping
// everything that lives only while it is open. Who may enter is decided elsewhere.
import type { HostName } from '../../../shared/api/about.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import type { Holder, Notice } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import { codeOf } from '../failures.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock, Log } from '../ports.ts'
import type { AutoLock } from './autolock.ts'
import { withdrawDeleting } from './deleting.ts'
import { type Hold, takeHold, whoHolds } from './hold.ts'
import type { KeyFile, KeyFiles } from './keys/keyfile.ts'
import { wipe } from './keys/keys.ts'
import type { WaysIn } from './keys/ways-in.ts'
import type { Notices } from './notices.ts'
import { openFiles } from './opening.ts'
import type { OpenVault, VaultDoor } from './open-vault.ts'

type UnlockedBy = Extract<Act, { act: 'vault.unlocked' }>['by']
export type LockReason = Extract<Act, { act: 'vault.locked' }>['why']

/** How often it is looked whether the hold still stands, when nobody calls. */
const lookEveryMs = 10_000

interface EntryParts {
  readonly folder: string
  readonly host: HostName
  readonly clock: Clock
  readonly log: Log
  readonly keyFiles: KeyFiles
  readonly door: VaultDoor
  readonly ledger: Ledger
  readonly waysIn: Pick<WaysIn, 'mend' | 'history' | 'forgetHistory'>
  readonly addNotice: Notices['add']
  readonly withdrawNotice: Notices['withdraw']
  readonly autoLock: AutoLock
  /** Minutes until the vault locks itself, read from the vault just opened. */
  readonly autoLockMinutes: () => number
  readonly onOpened: () => void
  /** The lock file was removed or replaced while the vault is open. */
  readonly onHoldLost: () => void
  readonly onClosed: () => void
}

export interface Entry {
  /**
   * Runs `use` while this process holds the vault. Lets go again after the last of those who asked for it, unless the vault
   * was entered: whoever is still at the files after a lock keeps others out until it has ended.
   */
  readonly holding: <T>(use: () => Promise<T>) => Promise<T>
  /** Throws VAULT_BUSY once the hold keeps nobody out any more. For whoever is about to replace the vault's files. */
  readonly insistOnHold: () => void
  /** Called when somebody sets out to enter, or to change how to; the answer throws if the vault was locked since. */
  readonly setOut: () => () => void
  /** Nobody who has set out arrives. */
  readonly turnBack: () => void
  /** Kept in memory, and noticed when the vault is entered next. */
  readonly tellOnArrival: (kind: Notice['kind']) => void
  /** Takes over `master`: it is wiped when the vault is left, or at once when opening fails. */
  readonly enter: (file: KeyFile, master: Buffer, arrival: Arrival) => void
  /** `told` tells of what its record begins with. */
  readonly enterNew: (made: OpenVault, told: () => void) => void
  readonly leave: (why: LockReason) => void
  /** Leaves without a word in the record where the hold was lost: somebody else may be writing it by now. */
  readonly leaveIfHoldIsLost: () => boolean
  /** Closes a database that could not be closed when the vault was left, because it was being read. */
  readonly closeTheRest: () => void
  /** Another process that has the vault. */
  readonly holder: () => Holder | null
}

interface Arrival {
  readonly by: UnlockedBy
  /** Acts of the same arrival, such as the new passphrase after a recovery. */
  readonly more?: readonly Act[]
}

export function createEntry(parts: EntryParts): Entry {
  const { folder, host, clock, log, keyFiles, door, ledger, waysIn, addNotice, withdrawNotice, autoLock } = parts
  let hold: Hold | undefined
  let holders = 0
  let locks = 0
  const toTell = new Set<Notice['kind']>()
  let cancelWatch = () => {}

  const release = () => {
    const released = hold
    // Forgotten first: a hold whose release failed is closed all the same, and must not be taken for one.
    hold = undefined
    try {
      released?.release()
    } catch (error) {
      log.write('hold.unreleased', { code: codeOf(error) ?? 'unknown' })
    }
  }

  const letGo = () => {
    if (holders === 0 && !door.isOpen()) release()
  }

  const holdIsLost = () => door.isOpen() && hold?.stands() !== true

  const watchHold = () => {
    cancelWatch = clock.after(lookEveryMs, () => {
      if (holdIsLost()) parts.onHoldLost()
      else watchHold()
    })
  }

  const start = () => {
    autoLock.touch(parts.autoLockMinutes())
    watchHold()
    parts.onOpened()
  }

  const arrive = ({ by, more = [] }: Arrival) => {
    const { failedBefore, keysRepaired } = waysIn.history()
    const rollback = ledger.rollback()
    const acts: Act[] = [{ act: 'vault.unlocked', host, by, failedBefore }, ...more]
    if (keysRepaired) acts.push({ act: 'keys.repaired' })
    if (rollback !== undefined) acts.push({ act: 'log.rollback-seen', ...rollback })
    ledger.record(acts, () => {
      if (keysRepaired) addNotice('keys-repaired')
      if (rollback !== undefined) addNotice('log-rolled-back')
      for (const kind of toTell) addNotice(kind)
    })
    waysIn.forgetHistory()
    toTell.clear()
    // Known only now: the record just made is what should have been witnessed.
    if (ledger.isWitnessed()) withdrawNotice('unwitnessed')
    else addNotice('unwitnessed')
  }

  const closeTheRest = () => {
    if (!door.closeTheRest()) log.write('database.in-use')
  }

  const shut = () => {
    autoLock.stop()
    cancelWatch()
    parts.onClosed()
    door.close()
    letGo()
  }

  return {
    async holding(use) {
      // Lost, and nobody is inside any more: whatever still holds on to it keeps nobody out.
      if (!door.isOpen() && hold?.stands() === false) release()
      hold ??= takeHold({ folder, host, since: clock.now() })
      holders += 1
      try {
        return await use()
      } finally {
        holders -= 1
        letGo()
      }
    },

    insistOnHold() {
      if (hold?.stands() !== true) throw new AppError('VAULT_BUSY')
    },

    setOut() {
      const locksBefore = locks
      return () => {
        if (locks !== locksBefore) throw new AppError('VAULT_LOCKED')
      }
    },

    turnBack() {
      locks += 1
    },

    // While this process holds the vault, for a restore say, nobody else does.
    holder: () => (hold === undefined ? whoHolds(folder) : null),

    enter(file, master, arrival) {
      try {
        withdrawDeleting(folder)
        const { opened, file: opener } = openFiles({ folder, keyFiles }, { file, master })
        door.open(opened)
        // Not before: the copy that differs may be the only one that opens it.
        waysIn.mend(opener)
        arrive(arrival)
        start()
      } catch (error) {
        door.close()
        wipe(master)
        throw error
      }
    },

    tellOnArrival: (kind) => void toTell.add(kind),

    enterNew(made, told) {
      // It was of another vault.
      toTell.clear()
      try {
        // First: whatever else fails, the door closes it again.
        door.open(made)
        withdrawDeleting(folder)
        told()
        start()
      } catch (error) {
        door.close()
        throw error
      }
    },

    leave(why) {
      // Whoever is refused meanwhile: this act is recorded.
      door.answer()
      try {
        ledger.record({ act: 'vault.locked', why }, () => undefined)
      } catch (error) {
        // A full or broken disk must not keep the vault open: locking wins over recording it.
        log.write('lock.unrecorded', { reason: error instanceof AppError ? error.code : 'unknown' })
      } finally {
        shut()
      }
    },

    leaveIfHoldIsLost() {
      if (!holdIsLost()) return false
      log.write('hold.lost')
      toTell.add('hold-lost')
      shut()
      return true
    },

    closeTheRest,
  }
}
