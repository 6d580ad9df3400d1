// The vault: create it, open it, lock it, change who can open it, and end it. Acts run one after the other. It never gives
// a key away, and never says more about a wrong passphrase than that it is wrong.
import type { HostName } from '../../../shared/api/about.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import type { Notice, VaultStatus } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import { codeOf, toAppError } from '../failures.ts'
import { makeFolder, removeTemporaries } from '../files.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Ports } from '../ports.ts'
import { createSerial } from '../serial.ts'
import { readAccount } from './account.ts'
import { createAutoLock } from './autolock.ts'
import { createBackups } from './backups.ts'
import { createFiles } from './creation.ts'
import { type LockReason, createEntry } from './entry.ts'
import { deepErase, deleteVault, finishDeleting } from './erase.ts'
import { type KeyFile, createKeyFiles, exchangeKeys } from './keyfile.ts'
import { copyOf, wipe } from './keys.ts'
import { type NewKit, createKeyChanges } from './key-changes.ts'
import { createKits } from './kit.ts'
import { addNotice, dismissNotice } from './notices.ts'
import { createStretcher } from './passphrase.ts'
import { giveUpReserve } from './reserve.ts'
import { createRestore } from './restore.ts'
import { createRewriter } from './rewriter.ts'
import { createSchedule } from './schedule.ts'
import type { Sessions } from './session.ts'
import { sealPassphraseSlot } from './slots.ts'
import { readStatus } from './status.ts'
import { createPassphraseJudge } from './strength.ts'
import { type Opened, createWaysIn } from './ways-in.ts'

export { type Session, createSessions } from './session.ts'

const minute = 60_000
const day = 24 * 60 * minute

interface VaultParts {
  readonly folder: string
  readonly host: HostName
  readonly ports: Ports
  readonly sessions: Sessions
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly emit: (event: AppEvent) => void
  readonly wishes: () => { readonly autoLockMinutes: number; readonly backupEveryDay: boolean }
  /** Fixed Argon2id settings in place of calibration. */
  readonly stretching?: { readonly memoryKiB: number; readonly passes: number } | undefined
}

export function createVault({ folder, host, ports, sessions, ledger, jobs, emit, wishes, stretching }: VaultParts) {
  const { clock, log, secretStore, saveFile } = ports
  const keyFiles = createKeyFiles({ folder })
  const stretcher = createStretcher({ clock, fixed: stretching })
  const judge = createPassphraseJudge({ clock })
  const kits = createKits({ clock })
  const waysIn = createWaysIn({ folder, clock, keyFiles, stretcher, secretStore })
  const rewriter = createRewriter({ clock })
  const backups = createBackups({ folder, keyFiles, sessions, rewriter, ledger, clock, emit })
  const oneByOne = createSerial()
  const oneRewriteAtATime = createSerial()

  const oneTellingAtATime = createSerial()

  /** Told in order: reading the state takes a moment, and an older state must not be told after a newer one. */
  const changed = () =>
    oneTellingAtATime(async () => {
      const now = await status()
      emit({ event: 'vault.changed', payload: now })
      return now
    })

  const autoLock = createAutoLock({
    clock,
    warn: (locksAt) => emit({ event: 'vault.lockSoon', payload: { locksAt: locksAt.toISOString() } }),
    lock: () => {
      lock('idle').catch(() => log.write('lock.failed'))
    },
  })

  const schedule = createSchedule({ clock, firstMs: minute, everyMs: 60 * minute, run: () => backUpIfDue() })

  const entry = createEntry({
    folder,
    host,
    clock,
    log,
    keyFiles,
    sessions,
    ledger,
    autoLock,
    autoLockMinutes: () => wishes().autoLockMinutes,
    onOpened: schedule.start,
    onClosed: schedule.stop,
  })

  const restore = createRestore({
    backups,
    keyFiles,
    waysIn,
    sessions,
    entry,
    jobs,
    ledger,
    oneByOne,
    oneRewriteAtATime,
    changed,
  })

  const backUp = () =>
    jobs.start('backup', (context) =>
      oneRewriteAtATime(async () => {
        try {
          return await backups.make(context)
        } catch (error) {
          if (sessions.isOpen() && !context.signal.aborted) {
            addNotice(sessions.current().db, { kind: 'backup-failed', at: clock.now().toISOString() })
            await changed()
          }
          throw error
        }
      }),
    )

  /** Runs on a timer, where nobody would catch what it throws. */
  const backUpIfDue = () => {
    if (sessions.isSuspended() || jobs.isRunning('backup')) return
    try {
      const [newest] = backups.list()
      const due = newest === undefined || clock.now().getTime() - Date.parse(newest.at) >= day
      if (due && wishes().backupEveryDay) backUp()
    } catch (error) {
      log.write('backup.unscheduled', { reason: toAppError(error)?.code ?? 'unknown' })
    }
  }

  const status = () => readStatus({ waysIn, sessions, autoLock, secretStore, holder: entry.holder })

  /** Cancels running jobs first: one of them may be what the lock would otherwise wait for. */
  async function leave(why: LockReason): Promise<void> {
    await jobs.stopAll()
    await oneByOne(async () => {
      if (sessions.isOpen()) entry.leave(why)
    })
  }

  async function lock(why: LockReason): Promise<VaultStatus> {
    await leave(why)
    return changed()
  }

  const enter = (opened: Opened, by: 'passphrase' | 'device'): Promise<VaultStatus> =>
    oneByOne(async () => {
      const { master } = opened
      try {
        if (!sessions.isOpen()) {
          await entry.holding(async () => {
            entry.enter(waysIn.heldKeys(opened), copyOf(master), { by, history: waysIn.takeHistory() })
          })
        }
      } finally {
        wipe(master)
      }
      return changed()
    })

  const keyChanges = createKeyChanges({
    keyFiles,
    sessions,
    waysIn,
    stretcher,
    judge,
    kits,
    ledger,
    secretStore,
    oneByOne,
  })

  return {
    status,
    lock,
    backups: { list: backups.list, make: backUp, restore },
    suggestPassphrase: judge.suggest,
    measurePassphrase: judge.measure,
    draftKit: kits.draft,

    async saveKit(draft: string, suggestedName: string, text: string): Promise<boolean> {
      if (saveFile === undefined) throw new AppError('NOT_ON_THIS_HOST')
      if (!kits.has(draft)) throw new AppError('KIT_EXPIRED')
      return saveFile(suggestedName, text)
    },

    async create({ name, passphrase, draft, retyped }: NewKit & { readonly name: string }): Promise<VaultStatus> {
      await judge.insistOnStrong(passphrase)
      return oneByOne(async () => {
        makeFolder(folder)
        if (waysIn.readKeys() !== undefined) throw new AppError('VAULT_EXISTS')
        const secret = await kits.confirm(draft, retyped)
        try {
          await entry.holding(async () => {
            // Another process may have made one here while this one waited for the hold.
            if (waysIn.readKeys() !== undefined) throw new AppError('VAULT_EXISTS')
            entry.enterNew(await createFiles({ folder, clock, keyFiles, stretcher }, { name, passphrase, secret }))
          })
        } finally {
          wipe(secret)
        }
        kits.drop(draft)
        return changed()
      })
    },

    async unlock(passphrase: string): Promise<VaultStatus> {
      return enter(await waysIn.byPassphrase(passphrase), 'passphrase')
    },

    async unlockWithDevice(): Promise<VaultStatus> {
      return enter(await waysIn.byDevice(), 'device')
    },

    async recover({
      words,
      passphrase,
    }: {
      readonly words: string
      readonly passphrase: string
    }): Promise<VaultStatus> {
      await judge.insistOnStrong(passphrase)
      const opened = await waysIn.byRecoveryWords(words)
      return oneByOne(async () => {
        const { master } = opened
        const act = { act: 'passphrase.changed', by: 'recovery' } as const
        try {
          const slot = await sealPassphraseSlot(stretcher, { vault: opened.file.vault, master, passphrase })
          const renewed = (from: KeyFile): KeyFile => ({ ...from, passphrase: slot })
          if (sessions.isOpen()) {
            const from = waysIn.heldKeys(opened)
            exchangeKeys(keyFiles, { from, to: renewed(from) }, (put) => ledger.record(act, put))
          } else {
            await entry.holding(async () => {
              const from = waysIn.heldKeys(opened)
              const to = renewed(from)
              const arrival = { by: 'recovery', history: waysIn.takeHistory(), more: [act] } as const
              exchangeKeys(keyFiles, { from, to }, (put) => {
                put()
                entry.enter(to, copyOf(master), arrival)
              })
            })
          }
        } finally {
          wipe(master)
        }
        return changed()
      })
    },

    async touch(): Promise<{ locksAt: string }> {
      // The first sign of life after a night's sleep comes too late.
      if (autoLock.isOverdue()) await lock('idle')
      // While the file is being replaced the wish cannot be read; the one of last time stands.
      const minutes = sessions.isSuspended() ? undefined : wishes().autoLockMinutes
      return { locksAt: autoLock.touch(minutes).toISOString() }
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

    async dismissNotice(kind: Notice['kind']): Promise<VaultStatus> {
      dismissNotice(sessions.current().db, kind)
      return changed()
    },

    deepErase: () =>
      jobs.start('deep-erase', (context) =>
        oneRewriteAtATime(() =>
          oneByOne(async () => {
            try {
              await deepErase({ folder, keyFiles, sessions, rewriter }, context)
            } finally {
              // Could not be opened again: what is left is to lock, and to say why when it is unlocked.
              if (sessions.isSuspended()) entry.leave('person')
            }
            ledger.record({ act: 'vault.deep-erased' }, () => undefined)
            return null
          }),
        ),
      ),

    async delete(name: string): Promise<VaultStatus> {
      await jobs.stopAll()
      await oneByOne(async () => {
        const file = waysIn.readKeys()
        if (file === undefined) throw new AppError('NO_VAULT')
        if (name !== file.name) throw new AppError('WRONG_NAME')
        if (sessions.isOpen()) entry.leave('person')
        await entry.holding(async () => deleteVault({ folder, keyFiles }))
        ledger.forgetWitness(file.vault)
      })
      return changed()
    },

    account: () => readAccount(sessions.current().db),

    /** Finishes what was cut short. Whatever keeps it from that, the app starts: the person has to be told somewhere. */
    async tidyUp(): Promise<void> {
      try {
        await oneByOne(() =>
          entry.holding(async () => {
            finishDeleting({ folder, keyFiles })
            removeTemporaries(folder)
          }),
        )
      } catch (error) {
        log.write('folder.untidy', { code: toAppError(error)?.code ?? codeOf(error) ?? 'unknown' })
      }
    },

    makeRoom: () => giveUpReserve(folder),

    async close(): Promise<void> {
      await leave('quit')
      kits.close()
      await judge.close()
    },
  }
}
