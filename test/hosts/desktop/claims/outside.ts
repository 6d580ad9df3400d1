// Claims about links that lead out of the window: none is followed that the person has not read and agreed to.
import assert from 'node:assert/strict'
import type { PageRecord } from '../double/pages.ts'
import { settle } from '../double/target.ts'
import type { World } from '../double/world.ts'
import { asked, hostile, neverOpened } from './addresses.ts'
import { type Claim, theWindow } from './claim.ts'

const address = 'https://example.org/a?b#c'

async function follow(page: PageRecord, url: string): Promise<void> {
  assert.deepEqual(page.openHandler?.({ url } as never), { action: 'deny' })
  await settle()
}

const opened = ({ record }: World): readonly unknown[] => [record.questions.length, record.opened]

export const outsideClaims: readonly Claim[] = [
  {
    says: 'opens an address in the person’s own browser once they have read all of it and agreed',
    async holds({ start }) {
      for (const url of asked) {
        const world = await start({ pressed: 1 })
        await follow(theWindow(world).page, url)
        assert.deepEqual(opened(world), [1, [url]])
        const [question] = world.record.questions
        assert.equal(question?.over, theWindow(world).window, 'the question belongs to the window')
        assert.deepEqual(question?.options, {
          type: 'question',
          message: 'Open this address in your browser?',
          detail: `${url}\n\nThis leaves Mindkeep. Whoever runs that address can see that you came, and from where.`,
          buttons: ['Cancel', 'Open in the browser'],
          defaultId: 0,
          cancelId: 0,
        })
      }
    },
  },
  {
    says: 'opens nothing when they do not agree, and asks in their language',
    async holds({ start }) {
      const world = await start({ locale: 'de-AT' })
      await follow(theWindow(world).page, address)
      assert.deepEqual(opened(world), [1, []])
      assert.deepEqual(world.record.questions[0]?.options.buttons, ['Abbrechen', 'Im Browser öffnen'])
    },
  },
  {
    says: 'opens no address of any other form, and asks about none',
    async holds({ start }) {
      const world = await start({ pressed: 1 })
      for (const url of neverOpened) {
        await follow(theWindow(world).page, url)
        assert.deepEqual(opened(world), [0, []], JSON.stringify(url))
      }
    },
  },
  {
    says: 'asks one thing at a time, and the next one when that is answered',
    async holds({ start }) {
      const { promise: pressed, resolve: press } = Promise.withResolvers<number>()
      const world = await start({ pressed })
      const { page } = theWindow(world)
      for (let time = 0; time < 3; time += 1) await follow(page, address)
      assert.deepEqual(opened(world), [1, []])
      press(1)
      await settle()
      assert.deepEqual(opened(world), [1, [address]])
      await follow(page, address)
      assert.deepEqual(opened(world), [2, [address, address]])
    },
  },
  {
    says: 'asks nothing for a page that is not ours, in our window or elsewhere',
    async holds({ start }) {
      const world = await start({ pressed: 1 })
      const { page } = theWindow(world)
      for (const url of hostile) {
        page.url = url
        await follow(page, address)
      }
      const stray = world.addPage()
      stray.url = 'app://vault/'
      await follow(stray, address)
      assert.deepEqual(opened(world), [0, []])
    },
  },
  {
    says: 'is not troubled by a system that has no browser to open an address in, and asks again',
    async holds({ start }) {
      const uncaught: unknown[] = []
      const note = (error: unknown): void => void uncaught.push(error)
      process.on('unhandledRejection', note)
      try {
        const world = await start({ browser: false, pressed: 1 })
        await follow(theWindow(world).page, address)
        await follow(theWindow(world).page, address)
        assert.deepEqual(opened(world), [2, [address, address]])
        assert.deepEqual(uncaught, [])
      } finally {
        process.off('unhandledRejection', note)
      }
    },
  },
]
