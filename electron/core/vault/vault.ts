// The vault: create it, open it, lock it, change who can open it, and end it. Acts run one after the other. It never gives
// a key away, and never says more about a wrong passphrase than that it is wrong.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { HostName } from '../../../shared/api/about.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import type { Notice, VaultStatus } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import { codeOf, toAppError } from '../failures.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Ports } from '../ports.ts'
import { createQueue } from '../queue.ts'
import { createSerial } from '../serial.ts'
import { readAccount } from './keys/account.ts'
import { createArrivals } from './arrivals.ts'
import { createAutoLock } from './autolock.ts'
import { createBackupJob } from './backups/backup-job.ts'
import { createBackups } from './backups/backups.ts'
import { createBlobs } from './blobs.ts'
import { createCutShort } from './cut-short.ts'
import { listCopies } from './copies.ts'
import { emptyLog } from './db.ts'
import { createDailyBackup } from './backups/daily-backup.ts'
import { finishDeleting, tidyFolder } from './deleting.ts'
import { type LockReason, createEntry } from './entry.ts'
import { createErasing } from './erase.ts'
import { heldUntil } from './backups/held-until.ts'
import { createKeyFiles } from './keys/keyfile.ts'
import { createKeyChanges } from './keys/key-changes.ts'
import { createKits } from './keys/kit.ts'
import { createNotices } from './notices.ts'
import { createStretcher } from './keys/passphrase.ts'
import { giveUpReserve } from './reserve.ts'
import { createRestore } from './backups/restore.ts'
import { createStaging } from './backups/staging.ts'
import { createRewriter } from './rewriter.ts'
import type { VaultDoor } from './open-vault.ts'
import { withDeadlines } from './keys/secret-store.ts'
import { readStatus } from './status.ts'
import { createTelling } from './telling.ts'
import { createPassphraseJudge } from './keys/strength.ts'
import { createWaysIn } from './keys/ways-in.ts'

export type { BlobContent, Blobs, StagedBlob } from './blobs.ts'
export type { NoteCutShort } from './cut-short.ts'
export { createSealing } from './keys/sealing.ts'
export { type OpenVault, createVaultDoor } from './open-vault.ts'

/**
 * Cut short these come to nothing, or to half of what was asked, so nobody's absence ends them: a lock by sleep, by the
 * person or by quitting does.
 */
const uninterrupted = ['backup', 'restore', 'deep-erase', 'erase'] as const

interface VaultParts {
  readonly folder: string
  readonly host: HostName
  readonly ports: Ports
  readonly door: VaultDoor
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly emit: (event: AppEvent) => void
  /** Removes what lies on its way in and out of the vault. */
  readonly dropTransit: () => void
  readonly wishes: () => { readonly autoLockMinutes: number; readonly backupEveryDay: boolean }
  /** Fixed Argon2id settings in place of calibration. */
  readonly stretching?: { readonly memoryKiB: number; readonly passes: number } | undefined
}

export function createVault({
  folder,
  host,
  ports,
  door,
  ledger,
  jobs,
  emit,
  dropTransit,
  wishes,
  stretching,
}: VaultParts) {
  const { clock, log, saveFile } = ports
  const secretStore = withDeadlines(ports)
  const oneByOne = createSerial()
  const oneRewriteAtATime = createQueue()
  const keyFiles = createKeyFiles({ folder })
  const stretcher = createStretcher({ clock, fixed: stretching })
  const judge = createPassphraseJudge({ clock })
  const kits = createKits({ clock })
  const waysIn = createWaysIn({ folder, clock, keyFiles, stretcher, secretStore })
  const rewriter = createRewriter({ clock })
  const blobs = createBlobs({ openVault: door.current, folder: join(folder, 'blobs'), clock })
  const backups = createBackups({ folder, keyFiles, door, blobs, rewriter, ledger, clock, log, emit })
  const notices = createNotices({ door, clock })
  /** What the parts of the vault are made of; each takes what it names. */
  const parts = {
    folder,
    host,
    clock,
    log,
    secretStore,
    door,
    ledger,
    jobs,
    keyFiles,
    stretcher,
    judge,
    kits,
    waysIn,
    blobs,
    rewriter,
    oneByOne,
    oneRewriteAtATime,
    dropTransit,
    addNotice: notices.add,
    withdrawNotice: notices.withdraw,
  }

  const telling = createTelling({
    emit,
    secretStore,
    read: (storeIsUsable) => readStatus({ waysIn, door, autoLock, notices, holder: entry.holder }, storeIsUsable),
  })
  const { changed } = telling

  /** For whoever has just opened it: where it cannot be told that it is open, it is locked again, and that is told. */
  const toldOrLocked = async (first?: () => void) => {
    try {
      return await changed(first)
    } catch (error) {
      void leave('person')
      throw error
    }
  }

  const autoLock = createAutoLock({
    clock,
    warn: (locksAt) => emit({ event: 'vault.lockSoon', payload: { locksAt: locksAt.toISOString() } }),
    lock: () => void leave('idle'),
    isBusy: () => jobs.isAtWork(uninterrupted),
    // The pages count down to it. One that cannot be told has lost nothing else by it.
    onPutOff: () => void changed().catch(() => undefined),
  })

  const entry = createEntry({
    ...parts,
    autoLock,
    autoLockMinutes: () => wishes().autoLockMinutes,
    onOpened() {
      dailyBackup.start()
      backups.renewKeys()
    },
    onClosed() {
      dailyBackup.stop()
      notices.forget()
    },
    onHoldLost: leaveIfHoldIsLost,
  })
  const noteCutShort = createCutShort({ ...parts, entry, changed })
  const backUp = createBackupJob({ ...parts, backups, entry, changed, noteCutShort })
  const dailyBackup = createDailyBackup({
    ...parts,
    backups,
    isWished: () => wishes().backupEveryDay,
    backUp: () => backUp('daily'),
  })
  const arrivals = createArrivals({ ...parts, backups, entry, changed: toldOrLocked })
  const keyChanges = createKeyChanges({ ...parts, backups, entry })
  const { restore, restoreWithWords } = createRestore({
    ...parts,
    backups,
    stage: createStaging(parts),
    entry,
    changed: toldOrLocked,
    onLeft: telling.locked,
    noteCutShort,
  })
  const erasing = createErasing({ ...parts, backups, entry, leave, noteCutShort })

  /**
   * The vault is locked when this returns. It waits for nobody's turn and for no answer: who is on the way in turns back,
   * and work under way finds the vault closed. The promise is of the end of that work.
   */
  function leave(why: LockReason): Promise<void> {
    entry.turnBack()
    const stopped = jobs.stopAll()
    if (door.isOpen()) {
      entry.leave(why)
      telling.locked()
    }
    return stopped.then(entry.closeTheRest)
  }

  function leaveIfHoldIsLost(): void {
    if (!entry.leaveIfHoldIsLost()) return
    telling.locked()
    void leave('quit')
  }

  async function lock(why: LockReason): Promise<VaultStatus> {
    const wasOpen = door.isOpen()
    void leave(why)
    if (!wasOpen && entry.holder() !== null) throw new AppError('VAULT_BUSY')
    return wasOpen ? telling.asLocked() : changed()
  }

  return {
    status: telling.status,
    lock,
    /** For features that keep more than belongs in the database. */
    blobs,
    /** Of the whole vault, from before, beside it. */
    copies: () => listCopies(folder),
    /** Whether nothing stands in the log of the database any more. */
    emptyLog: () => emptyLog(door.current().db),
    backups: {
      list: backups.list,
      make: () => backUp('asked'),
      restore,
      restoreWithWords,
      /** With the day each goes, where that can be said. */
      async listWithEnd() {
        const listed = (await backups.list()).filter(({ kept }) => kept !== 'another-vault')
        const until = wishes().backupEveryDay ? heldUntil(listed, clock.now()) : new Map<string, string>()
        return listed.map(({ id, at }) => ({ id, at, until: until.get(id) ?? null }))
      },
    },
    suggestPassphrase: judge.suggest,
    measurePassphrase: judge.measure,
    draftKit: kits.draft,

    async saveKit(draft: string, suggestedName: string, text: string): Promise<boolean> {
      if (saveFile === undefined) throw new AppError('NOT_ON_THIS_HOST')
      if (!kits.has(draft)) throw new AppError('KIT_EXPIRED')
      return saveFile(suggestedName, text)
    },

    create: arrivals.create,
    unlock: arrivals.unlock,
    unlockWithDevice: arrivals.unlockWithDevice,
    recover: arrivals.recover,

    /** Asked before every call. A vault that should be locked by now is locked here, whether or not a timer has fired. */
    isUnlocked(): boolean {
      if (autoLock.isOverdue()) void leave('idle')
      leaveIfHoldIsLost()
      return door.isKnownOpen()
    },

    async touch(): Promise<{ locksAt: string }> {
      // While the file is being replaced the wish cannot be read; the one of last time stands.
      const minutes = door.isAnswering() ? wishes().autoLockMinutes : undefined
      const warned = autoLock.hasWarned()
      const locksAt = autoLock.touch(minutes).toISOString()
      // Every other page counts down to a lock that does not come. One that cannot be told has lost nothing else by it.
      if (warned) void changed().catch(() => undefined)
      return { locksAt }
    },

    changePassphrase: keyChanges.changePassphrase,
    renewKit: keyChanges.renewKit,

    async setDeviceKey({
      passphrase,
      on,
    }: {
      readonly passphrase: string
      readonly on: boolean
    }): Promise<VaultStatus> {
      await (on ? keyChanges.addDeviceKey(passphrase) : keyChanges.removeDeviceKey(passphrase))
      return changed()
    },

    notices: notices.list,
    async dismissNotice(kind: Notice['kind']): Promise<VaultStatus> {
      notices.dismiss(kind)
      return changed()
    },

    deepErase: erasing.deepErase,

    async delete(name: string): Promise<VaultStatus> {
      try {
        await erasing.deleteVault(name)
      } catch (error) {
        // What is left of it then is told as well; where that cannot be said, this is what went wrong.
        await changed().catch(() => undefined)
        throw error
      } finally {
        emit({ event: 'backups.changed', payload: {} })
      }
      return changed()
    },

    account: () => readAccount(door.current().db),

    /** Finishes what was cut short. Whatever keeps it from that, the app starts: the person has to be told somewhere. */
    async tidyUp(): Promise<void> {
      // Whoever only asks what is there makes no folder by it.
      if (!existsSync(folder)) return
      try {
        await oneByOne(() =>
          entry.holding(async () => {
            if (finishDeleting(parts)) log.write('deletion.finished')
            tidyFolder(parts)
          }),
        )
      } catch (error) {
        log.write('folder.untidy', { code: toAppError(error)?.code ?? codeOf(error) ?? 'unknown' })
      }
    },

    makeRoom: () => giveUpReserve(folder),

    /** Part of the open vault turned out to be unreadable; the rest of it is there. */
    noteDamage: notices.noteDamage,

    noteCutShort,

    async close(): Promise<void> {
      await leave('quit')
      kits.close()
      await Promise.all([judge.close(), rewriter.close()])
    },
  }
}
export type Vault = ReturnType<typeof createVault>
