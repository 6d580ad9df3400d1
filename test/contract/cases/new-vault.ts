// Before there is a vault, and the making of one.
import { type Case, type InputFrom, refusal, step, stepAfter, value, valueAt } from '../case.ts'
import { aList, aText, like } from '../matchers.ts'

const newPassphrase = 'velvet anchor quiet maple river stone'

/** The input of vault.create for the kit drafted in the first step. */
const withKit =
  (changeWord: (word: string) => string = (word) => word): InputFrom =>
  (replies) => {
    const { draft, words, ask } = valueAt(replies, { index: 0, of: 'vault.draftKit' })
    const retyped = ask.map((at) => ({ at, word: changeWord(words[at - 1] ?? '') }))
    return { name: '  Home  ', passphrase: newPassphrase, draft, retyped }
  }

const draftKit = step('vault.draftKit', {}, value({ draft: aText, words: aList, ask: aList }))
const noVault = {
  state: 'none',
  name: null,
  createdAt: null,
  locksAt: null,
  deviceKey: 'unavailable',
  openElsewhere: null,
  notices: [],
}

export const newVaultCases: readonly Case[] = [
  {
    name: 'where there is no vault, status says so and everything that needs one says NO_VAULT',
    start: 'nothing',
    steps: ({ words }) => [
      step('vault.status', {}, value(noVault)),
      step('vault.unlock', { passphrase: newPassphrase }, refusal('NO_VAULT')),
      step('vault.recover', { words: words.join(' '), passphrase: newPassphrase }, refusal('NO_VAULT')),
      step('vault.delete', { name: 'Home' }, refusal('NO_VAULT')),
      step('backups.list', {}, value([])),
      step('jobs.list', {}, value([])),
    ],
  },
  {
    name: 'a kit has 24 words and asks for two of them',
    start: 'nothing',
    steps: () => [draftKit],
  },
  {
    name: 'a vault is made with a kit whose words were retyped, and is then open',
    start: 'nothing',
    oneProcess: true,
    steps: () => [
      draftKit,
      stepAfter('vault.create', withKit(), value(like({ state: 'unlocked', name: 'Home', locksAt: aText }))),
      step('settings.get', {}, value(like({ autoLockMinutes: 10 }))),
      stepAfter('vault.create', withKit(), refusal('VAULT_EXISTS')),
      step('vault.lock', {}, value(like({ state: 'locked', name: 'Home', locksAt: null }))),
      step('settings.get', {}, refusal('VAULT_LOCKED')),
      step('vault.unlock', { passphrase: newPassphrase }, value(like({ state: 'unlocked' }))),
    ],
  },
  {
    name: 'a vault is not made with words other than those of the kit',
    start: 'nothing',
    oneProcess: true,
    steps: () => [
      draftKit,
      stepAfter(
        'vault.create',
        withKit((word) => (word === 'zoo' ? 'zone' : 'zoo')),
        refusal('KIT_MISMATCH'),
      ),
      step('vault.status', {}, value(noVault)),
    ],
  },
  {
    name: 'a vault is not made with a weak passphrase',
    start: 'nothing',
    oneProcess: true,
    steps: () => [
      draftKit,
      stepAfter(
        'vault.create',
        (replies) => ({ ...(withKit()(replies) as object), passphrase: 'password1' }),
        refusal('WEAK_PASSPHRASE'),
      ),
      step('vault.status', {}, value(noVault)),
    ],
  },
  {
    name: 'a vault is not made with a kit that is no longer waiting',
    start: 'nothing',
    steps: () => [
      step(
        'vault.create',
        {
          name: 'Home',
          passphrase: newPassphrase,
          draft: 'long-gone',
          retyped: [
            { at: 1, word: 'zoo' },
            { at: 2, word: 'zoo' },
          ],
        },
        refusal('KIT_EXPIRED'),
      ),
    ],
  },
]
