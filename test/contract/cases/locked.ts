// A vault that is there and closed: what it tells, what it refuses, and the ways in.
import { type MethodName, api, isMethodName } from '../../../shared/api/api.ts'
import { type Case, refusal, step, value } from '../case.ts'
import { aText, like } from '../matchers.ts'

const opened = value(like({ state: 'unlocked', locksAt: aText }))
const needOpenVault: readonly MethodName[] = Object.keys(api)
  .filter(isMethodName)
  .filter((name) => api[name].whileLocked !== true)

/** 24 words that are a kit, though of another vault: the first word of the list 23 times, and the one that adds up. */
const wordsOfNobody = [...Array.from({ length: 23 }, () => 'abandon'), 'art'].join(' ')
const newPassphrase = 'copper willow seven harbour dusk violin'

export const lockedCases: readonly Case[] = [
  {
    name: 'a locked vault tells its name and nothing of its contents',
    start: 'locked',
    steps: () => [
      step(
        'vault.status',
        {},
        value({
          state: 'locked',
          name: 'Prepared',
          createdAt: aText,
          locksAt: null,
          deviceKey: 'unavailable',
          openElsewhere: null,
          notices: [],
        }),
      ),
      step('vault.lock', {}, value(like({ state: 'locked' }))),
    ],
  },
  {
    name: 'everything that needs an open vault answers VAULT_LOCKED, whatever the input',
    start: 'locked',
    steps: () => needOpenVault.map((method) => step(method, {}, refusal('VAULT_LOCKED'))),
  },
  {
    name: 'the passphrase opens, and locking closes',
    start: 'locked',
    oneProcess: true,
    steps: ({ passphrase }) => [
      step('vault.unlock', { passphrase }, opened),
      step('vault.touch', {}, value({ locksAt: aText })),
      step('vault.lock', {}, value(like({ state: 'locked', locksAt: null }))),
      step('vault.touch', {}, refusal('VAULT_LOCKED')),
    ],
  },
  {
    name: 'another passphrase does not open',
    start: 'locked',
    steps: ({ passphrase }) => [
      step('vault.unlock', { passphrase: `${passphrase} ` }, refusal('WRONG_PASSPHRASE')),
      step('vault.unlock', { passphrase }, opened),
    ],
  },
  {
    name: 'a device key opens nothing on a host that has none',
    start: 'locked',
    steps: () => [step('vault.unlockWithDevice', {}, refusal('DEVICE_KEY_UNAVAILABLE'))],
  },
  {
    name: 'the recovery words open in any spacing and case, and set the passphrase',
    start: 'locked',
    steps: ({ words, passphrase }) => [
      step('vault.recover', { words: `  ${words.join('\n').toUpperCase()} `, passphrase: newPassphrase }, opened),
      step('vault.unlock', { passphrase }, refusal('WRONG_PASSPHRASE')),
      step('vault.unlock', { passphrase: newPassphrase }, opened),
    ],
  },
  {
    name: 'words that are none, words of another vault and a weak passphrase change nothing',
    start: 'locked',
    steps: ({ words, passphrase }) => [
      step(
        'vault.recover',
        { words: words.with(2, 'qwertz').join(' '), passphrase: newPassphrase },
        refusal('NOT_RECOVERY_WORDS', { count: 24, unknown: ['3'] }),
      ),
      step('vault.recover', { words: wordsOfNobody, passphrase: newPassphrase }, refusal('WRONG_RECOVERY_WORDS')),
      step('vault.recover', { words: words.join(' '), passphrase: 'password1' }, refusal('WEAK_PASSPHRASE')),
      step('vault.unlock', { passphrase }, opened),
    ],
  },
  {
    name: 'a vault is deleted only by its exact name',
    start: 'locked',
    steps: () => [
      step('vault.delete', { name: 'prepared' }, refusal('WRONG_NAME')),
      step('vault.status', {}, value(like({ state: 'locked' }))),
      step('vault.delete', { name: 'Prepared' }, value(like({ state: 'none', name: null }))),
      step('vault.status', {}, value(like({ state: 'none' }))),
    ],
  },
]
