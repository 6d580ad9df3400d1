// Claims about files on their way into the window's core: who may hand one in, and that no more is read than was asked for.
import assert from 'node:assert/strict'
import { settle } from '../double/target.ts'
import { hostile } from './addresses.ts'
import { type Claim, posted, theCore, theWindow } from './claim.ts'
import { everyAnswer } from './protocol.ts'

import { ticket, good, ask, upload, begin, bodyOf, tell, next, withoutType, isRefused } from './handing-files.ts'

const badHeaders: readonly (readonly [why: string, headers: Record<string, string>, status: number])[] = [
  ['a form', { ...good, 'content-type': 'multipart/form-data; boundary=x' }, 415],
  ['no type', { 'x-mindkeep-name': 'a', 'x-mindkeep-bytes': '6' }, 415],
  ['no name', { 'content-type': good['content-type'], 'x-mindkeep-bytes': '6' }, 400],
  ['an empty name', { ...good, 'x-mindkeep-name': '' }, 400],
  ['a name that spells nothing', { ...good, 'x-mindkeep-name': '%E0%A4%A' }, 400],
  ['a name in letters that no header holds', { ...good, 'x-mindkeep-name': 'a\u00fcb' }, 400],
  ['a name of two words', { ...good, 'x-mindkeep-name': 'a b' }, 400],
  ['a name without end', { ...good, 'x-mindkeep-name': 'x'.repeat(4097) }, 400],
  ['no size', { 'content-type': good['content-type'], 'x-mindkeep-name': 'a' }, 400],
  ...['', '-1', '1.5', '1e3', '0x1', ' ', '1 2', '1'.repeat(16)].map(
    (size) => [`the size ${size}`, { ...good, 'x-mindkeep-bytes': size }, 400] as const,
  ),
  ...['', '-1', '1.5', '1e3', 'a1', '1 2', '1'.repeat(15)].map(
    (time) => [`changed at ${time}`, { ...good, 'x-mindkeep-changed': time }, 400] as const,
  ),
  ...['null', 'app://vault.evil.com', 'app://vault/', 'https://evil.com', ''].map(
    (origin) => [`the origin ${origin}`, { ...good, origin }, 403] as const,
  ),
  ...['cross-site', 'same-site', 'none', ''].map(
    (site) => [`the site ${site}`, { ...good, 'sec-fetch-site': site }, 403] as const,
  ),
]

export const uploadClaims: readonly Claim[] = [
  {
    says: 'hands a file to the core a piece at a time, and the next one only when the core asks',
    async holds({ start }) {
      const world = await start()
      const slab = Uint8Array.from([9, 1, 2, 3, 9])
      const { seen, body } = bodyOf([slab.subarray(1, 4), Uint8Array.from([4, 5, 6])])
      const answer = upload(world, { ...good, origin: 'app://vault', 'sec-fetch-site': 'same-origin' }, body)
      const { id, ...announced } = await next(world, 'upload')
      assert.deepEqual(announced, { kind: 'upload', name: 'Über/a 1.md', bytes: 6, changed: 1_700_000_000_000 })
      await settle()
      assert.equal(seen.read, 0, 'nothing is read before the core asks')
      tell(world, { kind: 'more', id })
      const first = await next(world, 'piece')
      assert.deepEqual(first, { kind: 'piece', id, bytes: Uint8Array.from([1, 2, 3]) })
      assert.equal((first['bytes'] as Uint8Array).buffer.byteLength, 3, 'what lies around a piece stays here')
      await settle()
      assert.equal(seen.read, 1)
      tell(world, { kind: 'more', id })
      assert.deepEqual((await next(world, 'piece', 1))['bytes'], Uint8Array.from([4, 5, 6]))
      tell(world, { kind: 'more', id })
      assert.deepEqual(await next(world, 'end'), { kind: 'end', id, whole: true })
      tell(world, { kind: 'reply', id, reply: { ok: true, value: { handle: 'h' } } })
      const { status, ...rest } = await answer.then(async (it) => ({
        status: it.status,
        headers: withoutType(it),
        value: await it.json(),
      }))
      assert.equal(status, 200)
      assert.deepEqual(rest, { headers: everyAnswer, value: { ok: true, value: { handle: 'h' } } })
    },
  },
  {
    says: 'takes an empty file, a name as long as a name may be, and a file of which nobody says when it was changed',
    async holds({ start }) {
      const world = await start()
      const name = 'x'.repeat(4096)
      const { 'x-mindkeep-changed': _changed, ...unsaid } = good
      begin(world, { ...unsaid, 'x-mindkeep-name': name, 'x-mindkeep-bytes': '999999999999999' })
      const { id, ...announced } = await next(world, 'upload')
      assert.deepEqual(announced, { kind: 'upload', name, bytes: 999_999_999_999_999, changed: undefined })
      tell(world, { kind: 'more', id })
      assert.deepEqual(await next(world, 'end'), { kind: 'end', id, whole: true })
    },
  },
  {
    says: 'refuses an upload in any other form, and tells the core nothing of it',
    async holds({ start }) {
      const world = await start()
      for (const [why, headers, status] of badHeaders) {
        await isRefused(await upload(world, headers), status, 'REQUEST_REFUSED', why)
      }
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'post', '']) {
        await isRefused(await ask(world, 'upload', { method, headers: good }), 405, 'REQUEST_REFUSED', method)
      }
      assert.equal(theCore(world).posted.length, 1)
    },
  },
  {
    says: 'transfers nothing for a window that shows anything else, or for none',
    async holds({ start }) {
      const world = await start()
      const window = theWindow(world)
      for (const url of hostile) {
        window.page.url = url
        await isRefused(await upload(world), 403, 'REQUEST_REFUSED', url)
        await isRefused(await ask(world, `download/${ticket}`), 403, 'REQUEST_REFUSED', url)
      }
      window.page.url = 'app://vault/'
      window.ear.emit('closed')
      await isRefused(await upload(world), 403, 'REQUEST_REFUSED')
      assert.equal(theCore(world).posted.length, 1)
    },
  },
  {
    says: 'reads no further when the core refuses a file, and passes on why',
    async holds({ start }) {
      const world = await start()
      const { seen, body } = bodyOf([Uint8Array.of(1), Uint8Array.of(2)])
      const answer = upload(world, good, body)
      const { id } = await next(world, 'upload')
      tell(world, { kind: 'more', id })
      await next(world, 'piece')
      const error = { code: 'DISK_FULL', message: 'full', details: {} }
      tell(world, { kind: 'reply', id, reply: { ok: false, error } })
      await isRefused(await answer, 400, 'DISK_FULL')
      await settle()
      assert.deepEqual(seen, { read: 1, cancelled: true })
      tell(world, { kind: 'more', id })
      assert.deepEqual(await next(world, 'end'), { kind: 'end', id, whole: false })
    },
  },
  {
    says: 'stops reading when the core says so',
    async holds({ start }) {
      const world = await start()
      const { seen, body } = bodyOf([Uint8Array.of(1), Uint8Array.of(2)])
      begin(world, good, body)
      const { id } = await next(world, 'upload')
      tell(world, { kind: 'more', id })
      await next(world, 'piece')
      tell(world, { kind: 'stop', id })
      await settle()
      assert.deepEqual(seen, { read: 1, cancelled: true })
    },
  },
  {
    says: 'hands nothing to the core of a file that was given up in the middle of a piece',
    async holds({ start }) {
      const world = await start()
      const late = Promise.withResolvers<void>()
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await late.promise
          controller.enqueue(Uint8Array.of(1))
        },
      })
      begin(world, good, body)
      const { id } = await next(world, 'upload')
      tell(world, { kind: 'more', id })
      await settle()
      tell(world, { kind: 'stop', id })
      late.resolve()
      await settle()
      assert.deepEqual(posted(theCore(world), 'piece'), [])
      assert.deepEqual(posted(theCore(world), 'end'), [])
    },
  },
  {
    says: 'is not troubled by pieces that nobody asked for',
    async holds({ start }) {
      const world = await start()
      const before = theCore(world).posted.length
      tell(world, { kind: 'piece', id: 99, bytes: Uint8Array.of(1) })
      tell(world, { kind: 'end', id: 99, whole: true })
      tell(world, { kind: 'stop', id: 99 })
      await settle()
      assert.equal(theCore(world).posted.length, before)
    },
  },
  {
    says: 'tells the core when a file stops coming',
    async holds({ start }) {
      const world = await start()
      const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('gone')) })
      begin(world, good, body)
      const { id } = await next(world, 'upload')
      tell(world, { kind: 'more', id })
      assert.deepEqual(await next(world, 'end'), { kind: 'end', id, whole: false })
      await settle()
      assert.equal(posted(theCore(world), 'end').length, 1)
    },
  },
  {
    says: 'gives a file up with the core that was taking it',
    async holds({ start }) {
      const world = await start()
      const { seen, body } = bodyOf([Uint8Array.of(1), Uint8Array.of(2)])
      const answer = upload(world, good, body)
      const { id } = await next(world, 'upload')
      tell(world, { kind: 'more', id })
      await next(world, 'piece')
      theCore(world).ear.emit('exit', 9)
      await isRefused(await answer, 400, 'CORE_STOPPED')
      await settle()
      assert.deepEqual(seen, { read: 1, cancelled: true })
    },
  },
]
