// Claims about the two functions the page is given.
import assert from 'node:assert/strict'
import type { Stage } from '../double/target.ts'
import type { Claim } from './claim.ts'

interface Exposed {
  readonly call: (method: unknown, input: unknown, ...more: unknown[]) => Promise<unknown>
  readonly onEvent: (listener: (...args: unknown[]) => void) => () => void
}

async function expose({ preload }: Stage) {
  const world = await preload()
  assert.deepEqual([...world.record.exposed.keys()], ['mindkeep'])
  return { world, mindkeep: world.record.exposed.get('mindkeep') as Exposed }
}

export const preloadClaims: readonly Claim[] = [
  {
    says: 'gives the page two functions and nothing else',
    async holds(stage) {
      const { mindkeep } = await expose(stage)
      assert.deepEqual(Object.keys(mindkeep), ['call', 'onEvent'])
    },
  },
  {
    says: 'calls on the one channel and passes nothing but a method and its input',
    async holds(stage) {
      const { world, mindkeep } = await expose(stage)
      assert.deepEqual(await mindkeep.call('vault.status', { a: 1 }, 'more'), { ok: true, value: 'answered' })
      assert.deepEqual(world.record.invoked, [['api:call', 'vault.status', { a: 1 }]])
    },
  },
  {
    says: 'hands on the event and never the object that reaches back into Electron',
    async holds(stage) {
      const { world, mindkeep } = await expose(stage)
      const heard: unknown[][] = []
      mindkeep.onEvent((...args) => heard.push(args))
      world.preloadEar.emit('api:event', { sender: 'electron' }, { event: 'backups.changed', payload: {} }, 'more')
      assert.deepEqual(heard, [[{ event: 'backups.changed', payload: {} }]])
    },
  },
  {
    says: 'stops listening when told to, and only that listener',
    async holds(stage) {
      const { world, mindkeep } = await expose(stage)
      const heard: string[] = []
      const stop = mindkeep.onEvent(() => heard.push('first'))
      mindkeep.onEvent(() => heard.push('second'))
      assert.equal(stop(), undefined)
      world.preloadEar.emit('api:event', {}, {})
      assert.deepEqual(heard, ['second'])
    },
  },
]
