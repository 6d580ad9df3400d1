// The vault as simply as it can be told: a state, a name, a passphrase and one setting. For any step in any state it says
// which answers are right and what the vault is afterwards. Steps are plain data, so that a failing run can be shrunk.
import fc from 'fast-check'
import { type Subject, codeOfReply, retypedFrom, vaultName } from './subject.ts'

export interface Model {
  readonly state: 'none' | 'locked' | 'unlocked'
  readonly name: string
  readonly passphrase: string
  readonly minutes: number
  readonly deviceKey: boolean
}

export type Step =
  | { readonly kind: 'call'; readonly method: (typeof reads)[number] }
  | { readonly kind: 'settings'; readonly minutes: number }
  | { readonly kind: 'lock' | 'sleep' | 'device' | 'touch' | 'kit' | 'restoreNothing' | 'garbledWords' | 'dismiss' }
  | { readonly kind: 'unlock' | 'delete' | 'create' | 'changePassphrase'; readonly right: boolean }
  | { readonly kind: 'job'; readonly method: 'pause' | 'resume' | 'cancel' }
  | { readonly kind: 'backup' }
  | {
      readonly kind: 'eraseWhile'
      readonly other: 'settings.get' | 'settings.set' | 'vault.lock' | 'vault.account' | 'ledger.list'
    }

const reads = [
  'app.about',
  'appearance.get',
  'settings.get',
  'vault.account',
  'ledger.list',
  'jobs.list',
  'backups.list',
  'vault.suggestPassphrase',
] as const
const needsUnlocked: readonly string[] = ['settings.get', 'vault.account', 'ledger.list']

const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary })
const constant = (
  ...kinds: readonly ('lock' | 'sleep' | 'device' | 'touch' | 'kit' | 'restoreNothing' | 'dismiss')[]
) => fc.constantFrom(...kinds).map((kind): Step => ({ kind }))

/** What stretches a passphrase or rewrites the vault is slow, and comes seldom. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  weighted(
    300,
    fc.constantFrom(...reads).map((method): Step => ({ kind: 'call', method })),
  ),
  weighted(
    200,
    fc.integer({ min: 1, max: 240 }).map((minutes): Step => ({ kind: 'settings', minutes })),
  ),
  weighted(330, constant('lock', 'device', 'device', 'touch', 'kit', 'restoreNothing', 'dismiss', 'sleep')),
  weighted(
    60,
    fc.constantFrom('pause', 'resume', 'cancel').map((method): Step => ({ kind: 'job', method })),
  ),
  weighted(30, fc.constant<Step>({ kind: 'delete', right: false })),
  weighted(5, fc.constant<Step>({ kind: 'delete', right: true })),
  weighted(10, fc.record({ kind: fc.constant('create' as const), right: fc.boolean() })),
  weighted(
    5,
    fc.record({ kind: fc.constantFrom('unlock' as const, 'changePassphrase' as const), right: fc.boolean() }),
  ),
  weighted(10, fc.constant<Step>({ kind: 'garbledWords' })),
  weighted(1, fc.constant<Step>({ kind: 'backup' })),
  weighted(
    3,
    fc
      .constantFrom('settings.get', 'settings.set', 'vault.lock', 'vault.account', 'ledger.list')
      .map((other): Step => ({ kind: 'eraseWhile', other })),
  ),
)

interface Expectation {
  readonly codes: readonly string[]
  readonly after: (code: string) => Model
}

export function expectedOf(model: Model, step: Step): Expectation {
  const { state } = model
  const stays = (...codes: readonly string[]): Expectation => ({ codes, after: () => model })
  const becomes = (changes: Partial<Model>): Expectation => ({
    codes: ['fine'],
    after: () => ({ ...model, ...changes }),
  })
  const unlocked = state === 'unlocked'

  switch (step.kind) {
    case 'call':
      return stays(needsUnlocked.includes(step.method) && !unlocked ? 'VAULT_LOCKED' : 'fine')
    case 'settings':
      return unlocked ? becomes({ minutes: step.minutes }) : stays('VAULT_LOCKED')
    case 'touch':
      return stays(unlocked ? 'fine' : 'VAULT_LOCKED')
    case 'lock':
    case 'sleep':
      return becomes({ state: unlocked ? 'locked' : state })
    case 'kit':
      return stays('fine')
    case 'dismiss':
      return stays(unlocked ? 'NO_SUCH_NOTICE' : 'VAULT_LOCKED')
    case 'device':
      if (state === 'none') return stays('NO_VAULT')
      return model.deviceKey ? becomes({ state: 'unlocked' }) : stays('DEVICE_KEY_UNAVAILABLE')
    case 'unlock':
      if (state === 'none') return stays('NO_VAULT')
      return step.right ? becomes({ state: 'unlocked' }) : stays('WRONG_PASSPHRASE')
    case 'changePassphrase':
      if (!unlocked) return stays('VAULT_LOCKED')
      return step.right ? becomes({ passphrase: nextPassphrase(model.passphrase) }) : stays('WRONG_PASSPHRASE')
    case 'delete':
      if (state === 'none') return stays('NO_VAULT')
      return step.right ? becomes({ state: 'none', deviceKey: false }) : stays('WRONG_NAME')
    case 'create':
      if (state !== 'none') return stays('VAULT_EXISTS')
      return step.right
        ? becomes({ state: 'unlocked', name: vaultName, minutes: 10, deviceKey: false })
        : stays('KIT_EXPIRED')
    case 'garbledWords':
      return stays(state === 'none' ? 'NO_VAULT' : 'NOT_RECOVERY_WORDS')
    case 'restoreNothing':
      return stays('NO_SUCH_BACKUP')
    case 'job':
      return stays('NO_SUCH_JOB')
    case 'backup':
      return stays(unlocked ? 'fine' : 'VAULT_LOCKED')
    case 'eraseWhile':
    default:
      if (!unlocked) return stays('VAULT_LOCKED')
      if (step.other === 'vault.lock') return { codes: ['fine'], after: () => ({ ...model, state: 'locked' }) }
      return stays('fine', 'VAULT_REWRITING')
  }
}

const nextPassphrase = (passphrase: string) => `${passphrase.split(' #')[0]} #${passphrase.length}`

/** Does the step to the real vault; the answer is a code, 'fine' where there was no error. */
export async function perform(subject: Subject, step: Step, model: Model): Promise<string> {
  const { attempt, call } = subject
  const code = async (method: string, input: object = {}) => codeOfReply(await attempt(method, input))
  switch (step.kind) {
    case 'call':
      return code(step.method)
    case 'settings':
      return code('settings.set', { autoLockMinutes: step.minutes })
    case 'touch':
      return code('vault.touch')
    case 'lock':
      return code('vault.lock')
    case 'sleep':
      await subject.app.suspend()
      return 'fine'
    case 'kit':
      return code('vault.draftKit')
    case 'dismiss':
      return code('vault.dismissNotice', { kind: 'backup-failed' })
    case 'device':
      return code('vault.unlockWithDevice')
    case 'unlock':
      return code('vault.unlock', { passphrase: step.right ? model.passphrase : 'something else' })
    case 'changePassphrase':
      return code('vault.changePassphrase', {
        current: step.right ? model.passphrase : 'something else',
        next: nextPassphrase(model.passphrase),
      })
    case 'delete':
      return code('vault.delete', { name: step.right ? model.name : 'Another name' })
    case 'create': {
      const kit = await call('vault.draftKit', {})
      const draft = step.right ? kit.draft : 'no such draft'
      return code('vault.create', { name: vaultName, passphrase: model.passphrase, draft, retyped: retypedFrom(kit) })
    }
    case 'garbledWords':
      return code('vault.recover', { words: 'abandon '.repeat(23), passphrase: model.passphrase })
    case 'restoreNothing':
      return code('backups.restore', { id: '20200101000000-00000000', passphrase: model.passphrase })
    case 'job':
      return code(`jobs.${step.method}`, { id: 'no-such-job' })
    case 'backup':
    case 'eraseWhile':
    default:
      return withJob(subject, step)
  }
}

/** Starts the job, does the other call while it runs, and waits for its end. */
async function withJob(
  { attempt, app, call }: Subject,
  step: Extract<Step, { kind: 'backup' | 'eraseWhile' }>,
): Promise<string> {
  const ended = new Promise<string>((resolve) => {
    const stop = app.onEvent(({ event, payload }) => {
      if (event !== 'job.changed' || payload.endedAt === null) return
      stop()
      resolve(payload.error?.code ?? 'fine')
    })
  })
  const started = await attempt(step.kind === 'backup' ? 'backups.create' : 'vault.deepErase')
  if (!started.ok) return codeOfReply(started)
  if (step.kind === 'backup') return ended
  const reply = step.other === 'settings.set' ? await attempt(step.other, {}) : await attempt(step.other)
  const end = await ended
  if (end !== 'fine' && step.other !== 'vault.lock') return end
  await call('jobs.list', {})
  return codeOfReply(reply)
}
