// Claims about deep links and about there being one Mindkeep at a time.
import assert from 'node:assert/strict'
import { createEvent } from '../double/emitter.ts'
import { badLinks } from './addresses.ts'
import { type Claim, theWindow } from './claim.ts'

const good: readonly (readonly [link: string, address: string])[] = [
  ['mindkeep://home', 'app://vault/#/'],
  ['mindkeep://home/', 'app://vault/#/'],
  ['mindkeep://settings', 'app://vault/#/settings'],
  ['mindkeep://settings/', 'app://vault/#/settings'],
  ['mindkeep://activity', 'app://vault/#/activity'],
]

export const linksClaims: readonly Claim[] = [
  {
    says: 'does not start a second time',
    async holds({ start }) {
      const { record } = await start({ firstInstance: false })
      assert.equal(record.quits, 1)
      assert.deepEqual([record.windows.length, record.children.length, record.handlers.size], [0, 0, 0])
    },
  },
  {
    says: 'comes to the front when started a second time',
    async holds({ start }) {
      const world = await start()
      world.appEar.emit('second-instance', {}, ['mindkeep', '--flag'], '/')
      const window = theWindow(world)
      assert.deepEqual(window.acts, ['show', 'focus'])
      assert.deepEqual(window.loaded, ['app://vault/'])
    },
  },
  {
    says: 'follows a link handed over by a second start',
    async holds({ start }) {
      for (const [link, address] of good) {
        const world = await start()
        world.appEar.emit('second-instance', {}, ['mindkeep', '--flag', link], '/')
        assert.deepEqual(theWindow(world).loaded, ['app://vault/', address], link)
      }
    },
  },
  {
    says: 'follows a link handed over by the system, in place of the system',
    async holds({ start }) {
      for (const [link, address] of good) {
        const world = await start()
        const opened = createEvent()
        world.appEar.emit('open-url', opened.event, link)
        assert.equal(opened.prevented, true)
        assert.deepEqual(theWindow(world).loaded, ['app://vault/', address], link)
      }
    },
  },
  {
    says: 'follows a link that it was started with',
    async holds({ start }) {
      for (const [link, address] of [
        ['mindkeep://activity', 'app://vault/#/activity'],
        ['mindkeep://evil', 'app://vault/'],
      ] as const) {
        process.argv.push(link)
        try {
          assert.deepEqual(theWindow(await start()).loaded, [address])
        } finally {
          process.argv.pop()
        }
      }
    },
  },
  {
    says: 'follows a link when its window is closed',
    async holds({ start }) {
      const world = await start()
      theWindow(world).ear.emit('closed')
      world.appEar.emit('open-url', createEvent().event, 'mindkeep://settings')
      assert.deepEqual(world.record.windows[1]?.loaded, ['app://vault/#/settings'])
    },
  },
  {
    says: 'ignores every link that is not exactly one of those',
    async holds({ start }) {
      const world = await start()
      const window = theWindow(world)
      for (const link of badLinks) {
        const opened = createEvent()
        world.appEar.emit('open-url', opened.event, link)
        assert.equal(opened.prevented, true)
        assert.deepEqual(window.acts, [], link)
      }
      world.appEar.emit('second-instance', {}, badLinks, '/')
      assert.deepEqual(window.loaded, ['app://vault/'])
    },
  },
  {
    says: 'claims mindkeep:// once installed, and never from a checkout',
    async holds({ start }) {
      assert.deepEqual((await start({ isPackaged: true })).record.protocolClients, ['mindkeep'])
      assert.deepEqual((await start()).record.protocolClients, [])
    },
  },
]
