// Claims about the bridge to the core process that hang on time, with a clock the test turns by hand.
import { describe, expect, it } from 'vitest'
import { type CoreChild, type Ending, createBridge } from '../../../electron/desktop/bridge.ts'
import type { Answer, Question, ToCore } from '../../../electron/desktop/messages.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

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

function createScene(answer: (question: Question) => Promise<Answer> = async () => true) {
  const children: Child[] = []
  const endings: Ending[] = []
  const clock = createFakeClock()
  const bridge = createBridge({
    fork() {
      const child = createChild()
      children.push(child)
      return child
    },
    config: { host: 'desktop', version: '1', folder: '/vault', stateFolder: '/state' },
    startChild: () => expect.fail('nothing was to be started'),
    clock,
    answer,
    onEvent: () => undefined,
    onEnding: (ending) => endings.push(ending),
    onFailure: () => undefined,
  })
  const latest = (): Child => children.at(-1) ?? expect.fail('there is no core')
  return { bridge, children, endings, clock, latest }
}

describe('the bridge to the core process', () => {
  it('ends a core that does not answer when it is to close, after five seconds', async () => {
    const { bridge, clock, latest } = createScene()
    const closed = bridge.close()
    await clock.advance(4_999)
    expect(latest().wasKilled()).toBe(false)
    await clock.advance(1)
    expect(latest().wasKilled()).toBe(true)
    await closed
  })

  it('does not start again a core that was asked to close and died of it', async () => {
    const { bridge, children, endings, latest } = createScene()
    const closed = bridge.close()
    latest().die()
    await closed
    expect([children.length, endings]).toEqual([1, []])
  })

  it('ends once for everybody who asks it to close', async () => {
    const { bridge, latest } = createScene()
    const both = Promise.all([bridge.close(), bridge.close()])
    expect(latest().posted.slice(1)).toEqual([{ kind: 'close' }])
    latest().say({ kind: 'closed' })
    await both
    await bridge.close()
  })

  it('closes at once when there is no core any more', async () => {
    const { bridge, latest } = createScene()
    for (let death = 0; death < 4; death += 1) latest().die()
    await bridge.close()
  })

  it('forgets deaths that are more than a minute old', async () => {
    const { clock, children, endings, latest } = createScene()
    for (let death = 0; death < 10; death += 1) {
      latest().die()
      await clock.advance(20_001)
    }
    expect([children.length, endings]).toEqual([11, []])
  })

  it('gives up at the fourth death within a minute', async () => {
    const { clock, children, endings, latest } = createScene()
    for (let death = 0; death < 4; death += 1) {
      latest().die()
      await clock.advance(19_000)
    }
    expect([children.length, endings]).toEqual([4, ['gave-up']])
  })

  it('numbers its calls, and gives each its own reply, once', async () => {
    const { bridge, latest } = createScene()
    const [first, second] = [bridge.dispatch('a', 1), bridge.dispatch('b', 2)]
    expect(latest().posted.slice(1)).toEqual([
      { kind: 'call', id: 1, method: 'a', input: 1 },
      { kind: 'call', id: 2, method: 'b', input: 2 },
    ])
    latest().say({ kind: 'reply', id: 2, reply: { ok: true, value: 'second' } })
    latest().say({ kind: 'reply', id: 2, reply: { ok: true, value: 'again' } })
    latest().say({ kind: 'reply', id: 1, reply: { ok: true, value: 'first' } })
    expect([await first, await second]).toEqual([
      { ok: true, value: 'first' },
      { ok: true, value: 'second' },
    ])
  })

  it.each([
    [{ port: 'secret.open', sealed: new Uint8Array(1) }, 'DEVICE_KEY_FAILED'],
    [{ port: 'secret.usable' }, 'DEVICE_KEY_FAILED'],
    [{ port: 'saveFile', name: 'x', text: 'x' }, 'FILE_NOT_SAVED'],
  ] as const)('turns whatever goes wrong with %o into a code and nothing more', async (question, code) => {
    const { latest } = createScene(() => Promise.reject(new Error('/home/person/secret')))
    latest().say({ kind: 'ask', id: 5, question })
    await Promise.resolve()
    await Promise.resolve()
    expect(latest().posted.slice(1)).toEqual([{ kind: 'refusal', id: 5, code }])
  })
})
