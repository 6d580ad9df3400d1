// Work that goes on after its call was answered, and the record of acts.
import { type Case, refusal, step, stepAfter, until, value, valueAt } from '../case.ts'
import { aList, aNumber, aText, anything, like, listWith, textLike } from '../matchers.ts'

const started = value({ job: textLike(/^[a-z0-9][a-z0-9-]*$/) })
const done = (kind: string, result: unknown) => value(listWith(like({ kind, state: 'done', error: null, result })))
const nobody = '00000000-0000-0000-0000-000000000000'

export const workCases: readonly Case[] = [
  {
    name: 'the record begins with the making of the vault, and can be read in pages',
    start: 'unlocked',
    steps: () => [
      step('ledger.list', {}, value({ entries: aList, total: aNumber })),
      step(
        'ledger.list',
        { before: 2, limit: 1 },
        value({
          entries: [
            {
              seq: 1,
              at: aText,
              act: { act: 'vault.created', host: aText },
              hash: textLike(/^[0-9a-f]{64}$/),
            },
          ],
          total: aNumber,
        }),
      ),
      step('ledger.list', { limit: 0 }, refusal('INVALID_INPUT', { fields: ['limit'] })),
      step('ledger.list', { limit: 201 }, refusal('INVALID_INPUT', { fields: ['limit'] })),
    ],
  },
  {
    name: 'a check of the record is started',
    start: 'unlocked',
    steps: () => [step('ledger.verify', {}, started)],
  },
  {
    name: 'a check of the record ends with what it found',
    start: 'unlocked',
    oneProcess: true,
    steps: () => [
      step('ledger.verify', {}, started),
      until('jobs.list', {}, done('verify-log', like({ brokenAt: null, witness: 'agrees' }))),
    ],
  },
  {
    name: 'a backup is made, checked and listed',
    start: 'unlocked',
    steps: () => [
      step('backups.create', {}, started),
      until('backups.list', {}, value([like({ whole: true, bytes: aNumber })])),
    ],
  },
  {
    name: 'a backup is put back with the passphrase, and the vault opens as it was then',
    start: 'unlocked',
    oneProcess: true,
    steps: ({ passphrase }) => [
      step('backups.create', {}, started),
      until('backups.list', {}, value([like({ whole: true })])),
      step('settings.set', { autoLockMinutes: 77 }, value(like({ autoLockMinutes: 77 }))),
      step('vault.lock', {}, value(like({ state: 'locked' }))),
      until('backups.list', {}, value(listWith(like({ whole: true })))),
      stepAfter(
        'backups.restore',
        (replies) => ({ id: valueAt(replies, { index: 1, of: 'backups.list' })[0]?.id, passphrase }),
        started,
      ),
      until('jobs.list', {}, done('restore', anything)),
      step('vault.unlock', { passphrase }, value(like({ state: 'unlocked' }))),
      step('settings.get', {}, value(like({ autoLockMinutes: 10 }))),
    ],
  },
  {
    name: 'a backup that is not there cannot be put back',
    start: 'locked',
    steps: ({ passphrase }) => [
      step('backups.restore', { id: nobody, passphrase }, refusal('NO_SUCH_BACKUP')),
      step('backups.restoreWithWords', { id: nobody, words: 'abandon ability' }, refusal('NO_SUCH_BACKUP')),
    ],
  },
  {
    name: 'the whole vault is rewritten under a fresh key and stays readable',
    start: 'unlocked',
    oneProcess: true,
    steps: () => [
      step('vault.deepErase', {}, started),
      until('jobs.list', {}, done('deep-erase', null)),
      step('settings.get', {}, value(like({ autoLockMinutes: 10 }))),
    ],
  },
  {
    name: 'the rewriting of the vault is started',
    start: 'unlocked',
    steps: () => [step('vault.deepErase', {}, started)],
  },
  {
    name: 'a job that is not there is neither paused, resumed nor stopped',
    start: 'nothing',
    steps: () => [
      step('jobs.pause', { id: nobody }, refusal('NO_SUCH_JOB')),
      step('jobs.resume', { id: nobody }, refusal('NO_SUCH_JOB')),
      step('jobs.cancel', { id: nobody }, refusal('NO_SUCH_JOB')),
    ],
  },
]
