// Claims about the way between page and core: who may call, and who is told.
import assert from 'node:assert/strict'
import { settle } from '../double/target.ts'
import { hostile } from './addresses.ts'
import { type Claim, answersCode, answerTo, call, fromPage, posted, theCore, theWindow } from './claim.ts'

const event = { event: 'backups.changed', payload: {} } as const

export const ipcClaims: readonly Claim[] = [
  {
    says: 'listens on one channel',
    async holds({ start }) {
      assert.deepEqual([...(await start()).record.handlers.keys()], ['api:call'])
    },
  },
  {
    says: 'passes a call of our page to the core and its reply back',
    async holds({ start }) {
      const world = await start()
      const reply = call(world, fromPage(theWindow(world)), 'vault.status', { a: 1 })
      await settle()
      const [sent] = posted(theCore(world), 'call')
      assert.equal(sent?.['method'], 'vault.status')
      assert.deepEqual(sent?.['input'], { a: 1 })
      theCore(world).ear.emit('message', { kind: 'reply', id: sent?.['id'], reply: { ok: true, value: 7 } })
      assert.deepEqual(await reply, { ok: true, value: 7 })
    },
  },
  {
    says: 'refuses a call from any other address',
    async holds({ start }) {
      const world = await start()
      const { page } = theWindow(world)
      for (const url of hostile) {
        const senderFrame = { url, parent: null }
        answersCode(
          await answerTo(world, { sender: page.contents, senderFrame }, 'vault.status', {}),
          'REQUEST_REFUSED',
        )
      }
      assert.deepEqual(posted(theCore(world), 'call'), [])
    },
  },
  {
    says: 'refuses a call from a frame inside our page',
    async holds({ start }) {
      const world = await start()
      const { page } = theWindow(world)
      const senderFrame = { url: 'app://vault/', parent: page.mainFrame }
      answersCode(await answerTo(world, { sender: page.contents, senderFrame }, 'vault.status', {}), 'REQUEST_REFUSED')
      assert.deepEqual(posted(theCore(world), 'call'), [])
    },
  },
  {
    says: 'refuses a call from a frame that is already gone',
    async holds({ start }) {
      const world = await start()
      const { page } = theWindow(world)
      answersCode(
        await answerTo(world, { sender: page.contents, senderFrame: null }, 'vault.status', {}),
        'REQUEST_REFUSED',
      )
    },
  },
  {
    says: 'refuses a call from another page, even at our address',
    async holds({ start }) {
      const world = await start()
      const other = world.addPage()
      other.url = 'app://vault/'
      const sent = { sender: other.contents, senderFrame: { url: 'app://vault/', parent: null } }
      answersCode(await answerTo(world, sent, 'vault.status', {}), 'REQUEST_REFUSED')
      assert.deepEqual(posted(theCore(world), 'call'), [])
    },
  },
  {
    says: 'refuses a call when there is no window',
    async holds({ start }) {
      const world = await start()
      const window = theWindow(world)
      window.ear.emit('closed')
      answersCode(await answerTo(world, fromPage(window), 'vault.status', {}), 'REQUEST_REFUSED')
    },
  },
  {
    says: 'refuses a method that is not a name',
    async holds({ start }) {
      const world = await start()
      for (const method of [undefined, null, 1, {}, ['vault.status'], new String('vault.status')]) {
        answersCode(await answerTo(world, fromPage(theWindow(world)), method, {}), 'INVALID_INPUT')
      }
      assert.deepEqual(posted(theCore(world), 'call'), [])
    },
  },
  {
    says: 'pushes what the core tells to our page, on the one channel',
    async holds({ start }) {
      const world = await start()
      theCore(world).ear.emit('message', { kind: 'event', event })
      assert.deepEqual(theWindow(world).page.sent, [['api:event', event]])
    },
  },
  {
    says: 'pushes nothing to a window that shows anything else, or to none',
    async holds({ start }) {
      const world = await start()
      const window = theWindow(world)
      for (const url of hostile) {
        window.page.url = url
        theCore(world).ear.emit('message', { kind: 'event', event })
      }
      window.page.url = 'app://vault/'
      window.ear.emit('closed')
      theCore(world).ear.emit('message', { kind: 'event', event })
      assert.deepEqual(window.page.sent, [])
    },
  },
]
