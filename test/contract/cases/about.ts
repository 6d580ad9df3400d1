// What any host says of itself, and what can be asked before there is a vault.
import { type Case, refusal, step, stepAfter, value, valueAt } from '../case.ts'
import { aText, like, textLike } from '../matchers.ts'

export const aboutCases: readonly Case[] = [
  {
    name: 'app.about names the host and the folder',
    start: 'nothing',
    steps: ({ host, folder }) => [
      step(
        'app.about',
        {},
        value({ version: aText, host, runtime: aText, folder, canSaveFiles: false, canPickFiles: false }),
      ),
    ],
  },
  {
    name: 'a suggested passphrase is strong enough to be taken',
    start: 'nothing',
    steps: () => [
      step('vault.suggestPassphrase', {}, value({ passphrase: textLike(/\S/) })),
      stepAfter(
        'vault.measurePassphrase',
        (replies) => ({ passphrase: valueAt(replies, { index: -1, of: 'vault.suggestPassphrase' }).passphrase }),
        value({ score: 4, enough: true, weakness: 'none' }),
      ),
    ],
  },
  {
    name: 'a common passphrase is measured as weak, and an empty one as well',
    start: 'nothing',
    steps: () => [
      step('vault.measurePassphrase', { passphrase: 'password' }, value(like({ enough: false }))),
      step('vault.measurePassphrase', { passphrase: '' }, value({ score: 0, enough: false, weakness: 'short' })),
    ],
  },
  {
    name: 'a kit cannot be saved where there is no save dialog',
    start: 'nothing',
    steps: () => [
      step('vault.saveKit', { draft: 'none', text: 'words', name: 'kit.txt' }, refusal('NOT_ON_THIS_HOST')),
    ],
  },
]
