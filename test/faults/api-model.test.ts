// Every method in every state, in any order, with any input: a simple model says what must come of it, and the real core
// over a real vault must agree. Nothing a caller sends may end in an error without a name.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../shared/api/api.ts'
import type { Clock } from '../../electron/core/ports.ts'
import { hostileInput, isClean } from './support/hostile.ts'
import { type Model, type Step, expectedOf, perform, steps } from './support/model.ts'
import { seedOf, sized } from '../support/random.ts'
import { join } from 'node:path'
import { readFolder, scratchFolder, writeFolder } from './support/scratch.ts'
import {
  type Subject,
  codeOfReply,
  firstPassphrase,
  foldersOf,
  makeVault,
  openSubject,
  vaultName,
} from './support/subject.ts'

const suite = 'api-model'
const seed = seedOf(suite)
const base = join(scratchFolder(), 'work')

/** Waits that only slow an attacker down take no time here; auto-lock and the like keep theirs. */
const clock: Clock = {
  now: () => new Date(),
  after(ms, task) {
    const timer = setTimeout(task, ms < 30_000 ? 0 : ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

let subject: Subject
let locked: ReadonlyMap<string, Buffer>

beforeAll(async () => {
  subject = await openSubject({ base, clock })
  await makeVault(subject)
  await subject.call('vault.lock', {})
  locked = readFolder(base)
})
afterAll(() => subject.close())

/** The same locked vault before every run, in the same process. */
const begin = async (start: Model['state']): Promise<Model> => {
  await subject.call('vault.lock', {})
  writeFolder(
    foldersOf(base).folder,
    new Map(
      [...locked].flatMap(([name, bytes]) => (name.startsWith('vault/') ? [[name.slice(6), bytes] as const] : [])),
    ),
  )
  writeFolder(foldersOf(base).stateFolder, new Map())
  await subject.call('vault.unlockWithDevice', {})
  if (start === 'locked') await subject.call('vault.lock', {})
  if (start === 'none') await subject.call('vault.delete', { name: vaultName })
  const model: Model = { state: start, name: vaultName, passphrase: firstPassphrase, minutes: 10, deviceKey: true }
  return start === 'none' ? { ...model, deviceKey: false } : model
}

const start = fc.oneof(
  { weight: 4, arbitrary: fc.constant('locked' as const) },
  { weight: 3, arbitrary: fc.constant('unlocked' as const) },
  { weight: 1, arbitrary: fc.constant('none' as const) },
)

/** One run: each step's answer is among those the model allows, and the vault is in the state the model says. */
const agree = async (from: Model['state'], sequence: readonly Step[], expected: typeof expectedOf) => {
  let model = await begin(from)
  for (const step of sequence) {
    const { codes, after } = expected(model, step)
    const code = await perform(subject, step, model)
    if (!codes.includes(code))
      throw new Error(`${JSON.stringify(step)} while ${model.state}: ${code}, not ${codes.join(' or ')}`)
    model = after(code)
    const { state } = await subject.call('vault.status', {})
    if (state !== model.state)
      throw new Error(`after ${JSON.stringify(step)} the vault is ${state}, not ${model.state}`)
    if (state === 'unlocked') expect((await subject.call('settings.get', {})).autoLockMinutes).toBe(model.minutes)
  }
}

describe('every method in every state', () => {
  it('answers as a simple model of the vault says', async () => {
    const sequences = fc.array(steps, { minLength: 30, maxLength: 30, size: 'max' })
    const property = fc.asyncProperty(start, sequences, (from, sequence) => agree(from, sequence, expectedOf))
    await fc.assert(property, {
      seed,
      numRuns: sized({ small: 200, large: 2000 }),
      interruptAfterTimeLimit: 3_000_000,
    })
  })

  it('would notice a disagreement: a model that forgets about locking fails', async () => {
    const forgetful: typeof expectedOf = (model, step) => {
      const { codes, after } = expectedOf(model, step)
      return step.kind === 'lock' ? { codes, after: () => model } : { codes, after }
    }
    const property = fc.asyncProperty(fc.array(steps, { minLength: 30, maxLength: 30, size: 'max' }), (sequence) =>
      agree('unlocked', sequence, forgetful),
    )
    const { failed } = await fc.check(property, { seed, numRuns: 20, endOnFailure: true })
    expect(failed).toBe(true)
  })
})

describe('hostile messages', () => {
  const names = fc.oneof(
    fc.constantFrom(...Object.keys(api)),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'vault', 'vault.', ''),
    fc.string(),
  )

  it.each(['locked', 'unlocked'] as const)(
    'are refused by name while the vault is %s, and change nothing',
    async (state) => {
      await begin(state)
      const before = await subject.call('vault.status', {})
      const property = fc.asyncProperty(names, hostileInput, async (name, input) => {
        const reply = await subject.attempt(name, input)
        expect(['UNKNOWN_METHOD', 'VAULT_LOCKED', 'INVALID_INPUT']).toContain(codeOfReply(reply))
        expect(isClean()).toBe(true)
        expect(JSON.parse(JSON.stringify(reply))).toEqual(reply)
      })
      await fc.assert(property, {
        seed,
        numRuns: sized({ small: 2500, large: 50_000 }),
        interruptAfterTimeLimit: 3_000_000,
      })
      const { locksAt: _before, ...was } = before
      const { locksAt: _after, ...is } = await subject.call('vault.status', {})
      expect(is).toEqual(was)
    },
  )

  it('of any size are refused without being worked on', async () => {
    await begin('unlocked')
    const long = 'x'.repeat(20_000_000)
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown
    for (const method of [
      'vault.unlock',
      'vault.recover',
      'vault.create',
      'vault.delete',
      'settings.set',
      'backups.restore',
      'ledger.list',
      'vault.measurePassphrase',
    ]) {
      for (const value of [long, deep, Array.from({ length: 100_000 }, () => 1)]) {
        const reply = await subject.attempt(method, {
          passphrase: value,
          words: value,
          name: value,
          id: value,
          limit: value,
          autoLockMinutes: value,
        })
        expect(codeOfReply(reply)).toBe('INVALID_INPUT')
        expect(JSON.stringify(reply).length).toBeLessThan(2000)
      }
    }
  })
})
