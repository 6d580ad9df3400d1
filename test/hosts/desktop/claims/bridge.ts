// Claims about the bridge to the core process that hang on time or on numbers, with a clock that is turned by hand. The core
// is a list of what was posted to it; what the real one does is shown by the built app.
import assert from 'node:assert/strict'
import type { CoreChild, Ending } from '../../../../electron/desktop/bridge.ts'
import type { Answer, Question, ToCore } from '../../../../electron/desktop/messages.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'
import { type Stage, settle } from '../double/target.ts'
import type { Claim } from './claim.ts'

interface Child extends CoreChild {
  readonly posted: ToCore[]
  readonly say: (message: unknown) => void
  readonly die: () => void
  readonly wasKilled: () => boolean
}

function createChild(): Child {
  const posted: ToCore[] = []
  let killed = false
  let hear = (_message: unknown): void => undefined
  let exited = (): void => undefined
  return {
    posted,
    postMessage: (message) => void posted.push(message as ToCore),
    on(event, listener) {
      if (event === 'message') hear = listener
    },
    once: (_event, listener) => (exited = listener),
    kill() {
      killed = true
      exited()
      return true
    },
    say: (message) => hear(message),
    die: () => exited(),
    wasKilled: () => killed,
  }
}

function begin({ bridge: load }: Stage, answer: (question: Question) => Promise<Answer> = async () => true) {
  const children: Child[] = []
  const endings: Ending[] = []
  const clock = createFakeClock()
  const bridge = load()({
    fork() {
      const child = createChild()
      children.push(child)
      return child
    },
    config: { host: 'desktop', version: '1', folder: '/vault', stateFolder: '/state' },
    startChild: () => assert.fail('nothing was to be started'),
    clock,
    answer,
    onEvent: () => undefined,
    onEnding: (ending) => endings.push(ending),
    onFailure: () => undefined,
  })
  const latest = (): Child => children.at(-1) ?? assert.fail('there is no core')
  return { bridge, children, endings, clock, latest }
}

const saving = { port: 'saveFile', name: 'x', text: 'x' }

export const bridgeClaims: readonly Claim[] = [
  {
    says: 'ends a core that does not answer when it is to close, after five seconds',
    async holds(stage) {
      const { bridge, clock, latest } = begin(stage)
      const closed = bridge.close()
      await clock.advance(4_999)
      assert.equal(latest().wasKilled(), false)
      await clock.advance(1)
      assert.equal(latest().wasKilled(), true)
      await closed
    },
  },
  {
    says: 'waits no longer for a core that was asked to close and died of it, and does not start it again',
    async holds(stage) {
      const { bridge, children, clock, endings, latest } = begin(stage)
      const closed = bridge.close()
      latest().die()
      await closed
      assert.deepEqual([children.length, endings, clock.pending()], [1, [], 0])
    },
  },
  {
    says: 'ends once for everybody who asks it to close',
    async holds(stage) {
      const { bridge, latest } = begin(stage)
      const both = Promise.all([bridge.close(), bridge.close()])
      assert.deepEqual(latest().posted.slice(1), [{ kind: 'close' }])
      latest().say({ kind: 'closed' })
      await both
      await bridge.close()
    },
  },
  {
    says: 'closes at once when there is no core any more',
    async holds(stage) {
      const { bridge, clock, latest } = begin(stage)
      for (let death = 0; death < 4; death += 1) latest().die()
      await bridge.close()
      assert.equal(clock.pending(), 0)
    },
  },
  {
    says: 'takes the end of a core for its own and for nobody else’s',
    async holds(stage) {
      const { bridge, children, endings } = begin(stage)
      children[0]?.die()
      const waiting = bridge.dispatch('a', 1)
      children[0]?.die()
      assert.deepEqual([children.length, endings], [2, []])
      children[1]?.say({ kind: 'reply', id: 1, reply: { ok: true, value: 'alive' } })
      assert.deepEqual(await waiting, { ok: true, value: 'alive' })
    },
  },
  {
    says: 'forgets deaths that are more than a minute old',
    async holds(stage) {
      const { clock, children, endings, latest } = begin(stage)
      for (let death = 0; death < 10; death += 1) {
        latest().die()
        await clock.advance(20_001)
      }
      assert.deepEqual([children.length, endings], [11, []])
    },
  },
  {
    says: 'gives up at the fourth death within a minute',
    async holds(stage) {
      const { clock, children, endings, latest } = begin(stage)
      for (let death = 0; death < 4; death += 1) {
        latest().die()
        await clock.advance(19_000)
      }
      assert.deepEqual([children.length, endings], [4, ['gave-up']])
    },
  },
  {
    says: 'numbers its calls, and gives each its own reply, once',
    async holds(stage) {
      const { bridge, latest } = begin(stage)
      const [first, second] = [bridge.dispatch('a', 1), bridge.dispatch('b', 2)]
      assert.deepEqual(latest().posted.slice(1), [
        { kind: 'call', id: 1, method: 'a', input: 1 },
        { kind: 'call', id: 2, method: 'b', input: 2 },
      ])
      latest().say({ kind: 'reply', id: 2, reply: { ok: true, value: 'second' } })
      latest().say({ kind: 'reply', id: 2, reply: { ok: true, value: 'again' } })
      latest().say({ kind: 'reply', id: 1, reply: { ok: true, value: 'first' } })
      assert.deepEqual(
        [await first, await second],
        [
          { ok: true, value: 'first' },
          { ok: true, value: 'second' },
        ],
      )
    },
  },
  {
    says: 'turns whatever goes wrong with a question into a code and nothing more',
    async holds(stage) {
      const secret = new Error('/home/person/secret')
      for (const [question, error, code] of [
        [{ port: 'secret.open', sealed: new Uint8Array(1) }, secret, 'DEVICE_KEY_FAILED'],
        [{ port: 'secret.usable' }, secret, 'DEVICE_KEY_FAILED'],
        [saving, secret, 'FILE_NOT_SAVED'],
        [saving, stage.refusal('DISK_FULL'), 'DISK_FULL'],
      ] as const) {
        const { latest } = begin(stage, () => Promise.reject(error))
        latest().say({ kind: 'ask', id: 5, question })
        await settle()
        assert.deepEqual(latest().posted.slice(1), [{ kind: 'refusal', id: 5, code }])
      }
    },
  },
]
