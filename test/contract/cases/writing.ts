// What writes: other programs on this computer, and models that were installed.
import { type Case, refusal, step, value } from '../case.ts'
import { aList, like } from '../matchers.ts'

/** Where nobody listens. */
const nobody = 'http://127.0.0.1:9'

export const writingCases: readonly Case[] = [
  {
    name: 'other programs that have models are looked for when that is asked',
    start: 'unlocked',
    steps: () => [
      step('writing.findServers', {}, value({ servers: aList })),
      step('writing.modelsAt', { server: nobody }, refusal('HOST_UNREACHABLE', { host: '127.0.0.1:9' })),
    ],
  },
  {
    name: 'no other computer is asked for its models, whatever it is called',
    start: 'unlocked',
    steps: () =>
      ['http://192.168.0.2:11434', 'http://localhost.evil.test:1234', 'https://localhost:1234', 'http://localhost'].map(
        (server) => step('writing.modelsAt', { server }, refusal('INVALID_INPUT', { fields: ['server'] })),
      ),
  },
  {
    name: 'how fast a model writes can be told only of one that is there',
    start: 'unlocked',
    steps: () => [
      step('writing.measure', { model: 'nothing-of-the-kind' }, refusal('NO_SUCH_MODEL')),
      step(
        'writing.measure',
        { model: 'small:1b', server: nobody },
        refusal('HOST_UNREACHABLE', { host: '127.0.0.1:9' }),
      ),
    ],
  },
  {
    name: 'what writes is a setting, and nothing writes on another computer',
    start: 'unlocked',
    steps: () => [
      step(
        'settings.set',
        { writer: 'small:1b @ http://192.168.0.2:11434' },
        refusal('INVALID_INPUT', { fields: ['writer'] }),
      ),
      step('settings.set', { writer: '../elsewhere' }, refusal('INVALID_INPUT', { fields: ['writer'] })),
      step(
        'settings.set',
        { writer: 'small:1b @ http://localhost:11434' },
        value(like({ writer: 'small:1b @ http://localhost:11434' })),
      ),
    ],
  },
]
