// Taking everything out and bringing it back, as every transport gives it. What is fetched does not pass through the api.
import { type Case, refusal, step, until, value } from '../case.ts'
import { aNumber, aText, like, listWith, textLike } from '../matchers.ts'

const started = value({ job: textLike(/^[a-z0-9][a-z0-9-]*$/) })

export const exportCases: readonly Case[] = [
  {
    name: 'everything is exported, and the file is fetched with a ticket',
    start: 'unlocked',
    oneProcess: true,
    steps: () => [
      step('library.writeNote', { title: 'Note', body: 'Text' }, value(like({ items: 1 }))),
      step('exports.start', { kind: 'readable' }, started),
      until(
        'jobs.list',
        {},
        value(
          listWith(
            like({
              kind: 'export',
              state: 'done',
              result: {
                ticket: aText,
                name: textLike(/^mindkeep-export-.*\.zip$/),
                bytes: aNumber,
                items: 1,
                files: aNumber,
              },
            }),
          ),
        ),
      ),
    ],
  },
  {
    name: 'an export is locked with a passphrase that is hard to guess, or not at all',
    start: 'unlocked',
    steps: () => [
      step('exports.start', { kind: 'locked', passphrase: 'secret' }, refusal('WEAK_PASSPHRASE', like({}))),
      step('exports.start', { kind: 'locked' }, refusal('INVALID_INPUT', { fields: ['passphrase'] })),
    ],
  },
  {
    name: 'an export that was not handed over cannot come back',
    start: 'unlocked',
    steps: () => [
      step('exports.restore', { handle: '0'.repeat(32) }, refusal('NO_SUCH_FILE')),
      step('exports.restore', { handle: '../etc/passwd' }, refusal('INVALID_INPUT', { fields: ['handle'] })),
    ],
  },
]
