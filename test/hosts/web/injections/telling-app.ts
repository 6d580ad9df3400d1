// A core that tells the page whatever a test wants it to say, past every check of the api table: a page that shows these
// texts as text does so with the milder ones that the table lets through. It keeps and does nothing.
import type { Reply } from '../../../../shared/api/api.ts'
import type { VaultStatus } from '../../../../shared/api/vault.ts'
import { defaultAppearance, defaultSettings } from '../../../../shared/api/settings.ts'
import { type ErrorCode, type ErrorDetails, errorMessages } from '../../../../shared/errors.ts'
import { aJob, lockedStatus } from '../../../support/canned.ts'
import { type SmallApp, createSmallApp } from '../support/small-app.ts'

const at = '2026-05-03T09:00:00.000Z'

export interface TellingApp extends Pick<SmallApp, 'dispatch' | 'onEvent' | 'listening' | 'files'> {
  /** Changes the vault's state or name, and says so. */
  readonly tellStatus: (status: Pick<VaultStatus, 'state' | 'name'>) => void
  /** The log names these texts as a setting, as what it was and as what it became. */
  readonly tellLog: (texts: readonly string[]) => void
  readonly tellBackups: (ids: readonly string[]) => void
  /** A check of the log failed, and everything about that failure is this text. */
  readonly tellFailedJob: (text: string) => void
  readonly about: { version: string; runtime: string; folder: string }
  /** The words of the next recovery kit. */
  kitWords: readonly string[]
  account: string
  suggestion: string
  /** What every try to unlock or recover is refused with. */
  refusal: { readonly code: ErrorCode; readonly details: ErrorDetails }
}

const refuse = ({ code, details }: TellingApp['refusal']): Reply => ({
  ok: false,
  error: { code, message: errorMessages[code], details },
})

export function createTellingApp(): TellingApp {
  const small = createSmallApp()
  let status: VaultStatus = { ...lockedStatus, deviceKey: 'on' }
  let log: readonly string[] = ['nothing']
  let backups: readonly string[] = ['nothing']
  let jobs = 0
  const answers: Readonly<Record<string, () => unknown>> = {
    'app.about': () => ({ ...told.about, host: 'web', canSaveFiles: false, canPickFiles: false }),
    'appearance.get': () => ({ ...defaultAppearance, language: 'en' }),
    'settings.get': () => defaultSettings,
    'vault.status': () => status,
    'vault.touch': () => ({ locksAt: at }),
    'vault.suggestPassphrase': () => ({ passphrase: told.suggestion }),
    'vault.measurePassphrase': () => ({ score: 4, enough: true, weakness: 'none' }),
    'vault.draftKit': () => ({ draft: 'draft', words: told.kitWords, ask: [1, 2] }),
    'vault.account': () => ({ address: told.account }),
    'backups.list': () => backups.map((id) => ({ id, at, bytes: 1, whole: true, kept: 'daily', reason: 'daily' })),
    'jobs.list': () => [],
    'library.list': () => ({ rows: [], total: 0 }),
    'library.newest': () => [],
    'imports.list': () => [],
    'search.find': () => ({ hits: [], total: 0, counted: true, instead: null, notUnderstood: [], unmet: [] }),
    'ledger.list': () => ({
      total: log.length,
      entries: log.map((text, index) => ({
        seq: log.length - index,
        at,
        act: { act: 'settings.changed', setting: text, from: text, to: text },
        hash: '0'.repeat(64),
      })),
    }),
  }
  const told: TellingApp = {
    onEvent: small.onEvent,
    files: small.files,
    listening: small.listening,
    dispatch: async (method) => {
      const answer = answers[method]
      return answer === undefined ? refuse(told.refusal) : { ok: true, value: answer() }
    },
    tellStatus(change) {
      status = { ...status, ...change, notices: [{ kind: 'backup-failed', at }] }
      small.emit({ event: 'vault.changed', payload: status })
    },
    tellLog(texts) {
      log = texts
      small.emit({ event: 'ledger.appended', payload: { seq: texts.length } })
    },
    tellBackups(ids) {
      backups = ids
      small.emit({ event: 'backups.changed', payload: {} })
    },
    tellFailedJob(text) {
      jobs += 1
      const times = { startedAt: new Date(Date.parse(at) + jobs).toISOString(), endedAt: at }
      const error = { code: 'INTERNAL' as const, message: text, details: { reference: text, host: text, [text]: text } }
      small.emit({
        event: 'job.changed',
        payload: { ...aJob({ id: text, state: 'failed', ...times, error }), kind: 'verify-log', result: null },
      })
    },
    about: { version: '1', runtime: '2', folder: '3' },
    kitWords: [],
    account: '',
    suggestion: '',
    refusal: { code: 'NOT_ON_THIS_HOST', details: {} },
  }
  return told
}
