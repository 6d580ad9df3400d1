// An open vault: its keys, its account and its notices.
import { type Case, refusal, step, stepAfter, value, valueAt } from '../case.ts'
import { aText, like, textLike } from '../matchers.ts'

const next = 'copper willow seven harbour dusk violin'
const retypedAnything = [
  { at: 1, word: 'zoo' },
  { at: 2, word: 'zoo' },
]

export const keyCases: readonly Case[] = [
  {
    name: 'the passphrase is changed by whoever knows it, and the old one is refused afterwards',
    start: 'unlocked',
    oneProcess: true,
    steps: ({ passphrase }) => [
      step('vault.changePassphrase', { current: passphrase, next }, value({})),
      step('vault.lock', {}, value(like({ state: 'locked' }))),
      step('vault.unlock', { passphrase }, refusal('WRONG_PASSPHRASE')),
      step('vault.unlock', { passphrase: next }, value(like({ state: 'unlocked' }))),
    ],
  },
  {
    name: 'the passphrase is not changed by a wrong one, nor to a weak one',
    start: 'unlocked',
    steps: ({ passphrase }) => [
      step('vault.changePassphrase', { current: 'not this one at all', next }, refusal('WRONG_PASSPHRASE')),
      step('vault.changePassphrase', { current: passphrase, next: 'password1' }, refusal('WEAK_PASSPHRASE')),
    ],
  },
  {
    name: 'new recovery words replace the old ones',
    start: 'unlocked',
    oneProcess: true,
    steps: ({ passphrase, words }) => [
      step('vault.draftKit', {}, value(like({ draft: aText }))),
      stepAfter(
        'vault.renewKit',
        (replies) => {
          const { draft, words: drafted, ask } = valueAt(replies, { index: 0, of: 'vault.draftKit' })
          return { passphrase, draft, retyped: ask.map((at) => ({ at, word: drafted[at - 1] })) }
        },
        value({}),
      ),
      step('vault.lock', {}, value(like({ state: 'locked' }))),
      step('vault.recover', { words: words.join(' '), passphrase: next }, refusal('WRONG_RECOVERY_WORDS')),
      stepAfter(
        'vault.recover',
        (replies) => ({
          words: valueAt(replies, { index: 0, of: 'vault.draftKit' }).words.join(' '),
          passphrase: next,
        }),
        value(like({ state: 'unlocked' })),
      ),
    ],
  },
  {
    name: 'recovery words are not renewed with a kit that is no longer waiting',
    start: 'unlocked',
    steps: ({ passphrase }) => [
      step('vault.renewKit', { passphrase, draft: 'long-gone', retyped: retypedAnything }, refusal('KIT_EXPIRED')),
    ],
  },
  {
    name: 'a device key cannot be set on a host that has no safe place for it',
    start: 'unlocked',
    steps: ({ passphrase }) => [
      step('vault.setDeviceKey', { passphrase, on: true }, refusal('DEVICE_KEY_UNAVAILABLE')),
    ],
  },
  {
    name: 'a notice that is not there cannot be dismissed',
    start: 'unlocked',
    steps: () => [step('vault.dismissNotice', { kind: 'keys-repaired' }, refusal('NO_SUCH_NOTICE'))],
  },
  {
    name: 'the account is an address, and the same each time',
    start: 'unlocked',
    steps: () => [
      step('vault.account', {}, value({ address: textLike(/^0x[0-9A-Fa-f]{40}$/) })),
      step('vault.account', {}, value({ address: textLike(/^0x[0-9A-Fa-f]{40}$/) })),
    ],
  },
  {
    name: 'being there puts off the auto-lock',
    start: 'unlocked',
    steps: () => [step('vault.touch', {}, value({ locksAt: aText }))],
  },
]
