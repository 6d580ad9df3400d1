// Requests nobody should send. A transport must carry the refusal as faithfully as a value.
import { type Case, refusal, step } from '../case.ts'

const inputsOfNoMethod = [null, [], 'text', 7, true, { extra: 1 }]

export const malformedCases: readonly Case[] = [
  {
    name: 'methods that do not exist are refused, those of every object included',
    start: 'nothing',
    steps: () =>
      ['vault.explode', 'vault', 'constructor', 'hasOwnProperty', 'toString'].map((method) =>
        step(method, {}, refusal('UNKNOWN_METHOD', {})),
      ),
  },
  {
    name: 'an input of another shape is refused with the field that is wrong',
    start: 'nothing',
    steps: () =>
      inputsOfNoMethod.map((input) => step('vault.status', input, refusal('INVALID_INPUT', { fields: ['(all)'] }))),
  },
  {
    name: 'a missing field, a field too many and one of another type are named',
    start: 'nothing',
    steps: () => [
      step('vault.unlock', {}, refusal('INVALID_INPUT', { fields: ['passphrase'] })),
      step('vault.unlock', { passphrase: 5 }, refusal('INVALID_INPUT', { fields: ['passphrase'] })),
      step('vault.unlock', { passphrase: 'a', extra: true }, refusal('INVALID_INPUT', { fields: ['(all)'] })),
      step('vault.unlock', { passphrase: '' }, refusal('INVALID_INPUT', { fields: ['passphrase'] })),
      step('vault.unlock', { passphrase: 'a'.repeat(1025) }, refusal('INVALID_INPUT', { fields: ['passphrase'] })),
    ],
  },
  {
    name: 'a refusal never repeats what was sent',
    start: 'nothing',
    steps: () => [
      step(
        'vault.create',
        { name: 'Home', passphrase: 'do not repeat me', draft: 'x', retyped: [{ at: 99, word: 'nor me' }] },
        refusal('INVALID_INPUT', { fields: ['retyped.0.at', 'retyped'] }),
      ),
    ],
  },
]
