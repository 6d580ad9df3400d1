// Claims about files on their way in and out of the window: who may hand one in or fetch one, that no more is read than was
// asked for, and that nothing is written but where the person chose.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { settle } from '../double/target.ts'
import type { World } from '../double/world.ts'
import { hostile } from './addresses.ts'
import { type Claim, posted, theCore, theWindow } from './claim.ts'
import { everyAnswer } from './protocol.ts'

const ticket = 'Ab3-_'.repeat(7).slice(0, 32)
const good = {
  'content-type': 'application/octet-stream',
  'x-mindkeep-name': '%C3%9Cber/a%201.md',
  'x-mindkeep-bytes': '6',
}

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: ReadableStream<Uint8Array>
}

function ask(world: World, path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> {
  const handler = world.record.sessions.find(({ partition }) => partition === 'vault')?.served.get('app')
  assert.ok(handler)
  // Not a Request: its parser would tidy what is to be tried.
  const request = { url: `app://vault/${path}`, method, headers: new Headers(headers), body: body ?? null }
  const answer = (async () => await handler(request as Request))()
  // A claim that breaks before it waits for the answer has said what there is to say.
  answer.catch(() => undefined)
  return answer
}

const upload = (world: World, headers: Readonly<Record<string, string>> = good, body?: Sent['body']) =>
  ask(world, 'upload', { method: 'POST', headers, ...(body === undefined ? {} : { body }) })

/** An upload whose answer nobody waits for. */
const begin = (...sent: Parameters<typeof upload>): void => void upload(...sent)

/** A body that tells how often it was read, and whether it was given up. */
function bodyOf(pieces: readonly Uint8Array[]) {
  const seen = { read: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[seen.read]
        seen.read += 1
        if (piece === undefined) controller.close()
        else controller.enqueue(piece)
      },
      cancel: () => void (seen.cancelled = true),
    },
    { highWaterMark: 0 },
  )
  return { seen, body }
}

const tell = (world: World, message: unknown): void => void theCore(world).ear.emit('message', message)

/** Waits for the next message of a kind to the core. */
async function next(world: World, kind: string, number = 0): Promise<Record<string, unknown>> {
  for (let turn = 0; turn < 1000; turn += 1) {
    const found = posted(theCore(world), kind)[number]
    if (found !== undefined) return found
    // Writing a file takes as long as the disk takes. All else is a matter of turns, and a claim that breaks does so soon.
    if (turn >= 20 && world.record.saveDialogs.length === 0) break
    await (turn < 20 ? settle() : setTimeout(1))
  }
  return assert.fail(`the core was never told ${kind}`)
}

const outgoing = { name: 'über "alles".html', media: 'text/html', bytes: 6 }

/** Asks for a file, which the core says it has. */
async function take(world: World, sent: Sent = {}, file: object = outgoing) {
  const answer = ask(world, `download/${ticket}`, sent)
  const { id, ...asked } = await next(world, 'take')
  assert.deepEqual(asked, { kind: 'take', ticket })
  tell(world, { kind: 'reply', id, reply: { ok: true, value: file } })
  return { id, answer }
}

/** The core hands over these pieces, each when it is asked for the next; then it ends, or breaks off. */
async function give(world: World, id: unknown, { pieces, whole }: { pieces: readonly string[]; whole: boolean }) {
  for (const [number, piece] of pieces.entries()) {
    assert.equal((await next(world, 'more', number))['id'], id)
    tell(world, { kind: 'piece', id, bytes: new TextEncoder().encode(piece) })
  }
  await next(world, 'more', pieces.length)
  tell(world, { kind: 'end', id, whole })
}

const withoutType = (answer: Response): object => {
  const { 'content-type': type, ...rest } = Object.fromEntries(answer.headers)
  assert.equal(type, 'application/json')
  return rest
}

async function isRefused(answer: Response, status: number, code: string, why = code): Promise<void> {
  assert.equal(answer.status, status, why)
  assert.deepEqual(withoutType(answer), everyAnswer, why)
  const reply = (await answer.json()) as { ok: boolean; error: { code: string } }
  assert.deepEqual([reply.ok, reply.error.code], [false, code], why)
}

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
  ...['null', 'app://vault.evil.com', 'app://vault/', 'https://evil.com', ''].map(
    (origin) => [`the origin ${origin}`, { ...good, origin }, 403] as const,
  ),
  ...['cross-site', 'same-site', 'none', ''].map(
    (site) => [`the site ${site}`, { ...good, 'sec-fetch-site': site }, 403] as const,
  ),
]

const uploads: readonly Claim[] = [
  {
    says: 'hands a file to the core a piece at a time, and the next one only when the core asks',
    async holds({ start }) {
      const world = await start()
      const slab = Uint8Array.from([9, 1, 2, 3, 9])
      const { seen, body } = bodyOf([slab.subarray(1, 4), Uint8Array.from([4, 5, 6])])
      const answer = upload(world, { ...good, origin: 'app://vault', 'sec-fetch-site': 'same-origin' }, body)
      const { id, ...announced } = await next(world, 'upload')
      assert.deepEqual(announced, { kind: 'upload', name: 'Über/a 1.md', bytes: 6 })
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
    says: 'takes an empty file, and a name as long as a name may be',
    async holds({ start }) {
      const world = await start()
      const name = 'x'.repeat(4096)
      begin(world, { ...good, 'x-mindkeep-name': name, 'x-mindkeep-bytes': '999999999999999' })
      const { id, ...announced } = await next(world, 'upload')
      assert.deepEqual(announced, { kind: 'upload', name, bytes: 999_999_999_999_999 })
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

const names: readonly (readonly [name: string, disposition: string])[] = [
  ['a.txt', `attachment; filename="a.txt"; filename*=UTF-8''a.txt`],
  ['über "alles".html', `attachment; filename="_ber _alles_.html"; filename*=UTF-8''%C3%BCber%20%22alles%22.html`],
  ['../etc/pass\\wd.txt', `attachment; filename="wd.txt"; filename*=UTF-8''wd.txt`],
  ['100%.txt', `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`],
  [`it's (1)*.txt`, `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
  ['folder/', `attachment; filename="file"; filename*=UTF-8''file`],
  ['a\r\nb', `attachment; filename="a__b"; filename*=UTF-8''a%0D%0Ab`],
  ['\ud800', `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`],
]

const types: readonly (readonly [media: string, served: string])[] = [
  ...['png', 'jpeg', 'gif', 'webp', 'avif', 'bmp'].map((kind) => [`image/${kind}`, `image/${kind}`] as const),
  ...['text/html', 'image/svg+xml', 'text/plain', 'application/pdf', 'application/xhtml+xml', '', 'x'].map(
    (media) => [media, 'application/octet-stream'] as const,
  ),
]

const saving = { method: 'POST', headers: { 'x-mindkeep-name': '..%2F..%2Fetc%5C%C3%BC.html' } }

const downloads: readonly Claim[] = [
  {
    says: 'shows the page a file as the page reads it, and as nothing that could run',
    async holds({ start }) {
      const world = await start()
      const { id, answer } = await take(world)
      const file = await answer
      assert.equal(file.status, 200)
      await settle()
      assert.deepEqual(posted(theCore(world), 'more'), [], 'nothing is asked for before the page reads')
      assert.deepEqual(Object.fromEntries(file.headers), {
        ...everyAnswer,
        'content-security-policy': "sandbox; default-src 'none'",
        'content-type': 'application/octet-stream',
        'content-disposition': names[1]?.[1],
        'content-length': '6',
      })
      const text = file.text()
      await give(world, id, { pieces: ['<b>', '1</'], whole: true })
      assert.equal(await text, '<b>1</')
    },
  },
  {
    says: 'names a file in a header as a file and nothing else',
    async holds({ start }) {
      for (const [name, disposition] of names) {
        const { answer } = await take(await start(), {}, { ...outgoing, name })
        assert.equal((await answer).headers.get('content-disposition'), disposition)
      }
      for (const [media, served] of types) {
        const { answer } = await take(await start(), {}, { ...outgoing, media })
        assert.equal((await answer).headers.get('content-type'), served, media)
      }
    },
  },
  {
    says: 'tells the core when the page reads no further, and the page when the core cannot go on',
    async holds({ start }) {
      const given = await start()
      const first = await take(given)
      await (await first.answer).body?.cancel()
      assert.deepEqual(await next(given, 'stop'), { kind: 'stop', id: first.id })

      const broken = await start()
      const second = await take(broken)
      const text = (await second.answer).text()
      text.catch(() => undefined)
      await give(broken, second.id, { pieces: ['<b>'], whole: false })
      await assert.rejects(text)

      const died = await start()
      const third = await take(died)
      const rest = (await third.answer).text()
      rest.catch(() => undefined)
      await next(died, 'more')
      theCore(died).ear.emit('exit', 9)
      await assert.rejects(rest)
    },
  },
  {
    says: 'has nothing for a ticket that is good for nothing, and does not ask for what is no ticket',
    async holds({ start }) {
      const world = await start()
      for (const method of ['PUT', 'HEAD', 'DELETE', 'get', '']) {
        await isRefused(await ask(world, `download/${ticket}`, { method }), 405, 'REQUEST_REFUSED', method)
      }
      for (const path of [
        '',
        ticket.slice(1),
        `${ticket}a`,
        `../${ticket}`,
        `x/${ticket}`,
        `${ticket}?x`,
        `${ticket}\n`,
      ]) {
        assert.equal((await ask(world, `download/${path}`)).status, 404, path)
      }
      for (const path of [`x/download/${ticket}`, `downloads/${ticket}`]) {
        assert.equal((await ask(world, path)).status, 404, path)
      }
      assert.equal(theCore(world).posted.length, 1)
      const answer = ask(world, `download/${ticket}`)
      const { id } = await next(world, 'take')
      const error = { code: 'NO_SUCH_FILE', message: 'gone', details: {} }
      tell(world, { kind: 'reply', id, reply: { ok: false, error } })
      await isRefused(await answer, 404, 'NO_SUCH_FILE')
    },
  },
  {
    says: 'saves a file where the person chose, for the person alone, a piece at a time',
    async holds({ start, folder }) {
      const saveAs = join(folder, `saved-${Math.random()}.html`)
      const world = await start({ saveAs })
      const { id, answer } = await take(world, saving)
      await give(world, id, { pieces: ['<b>', '1</'], whole: true })
      const reply = await answer
      assert.equal(reply.status, 200)
      assert.deepEqual(await reply.json(), { ok: true, value: { saved: true } })
      assert.equal(readFileSync(saveAs, 'utf8'), '<b>1</')
      if (process.platform !== 'win32') assert.equal(statSync(saveAs).mode & 0o777, 0o600)
      const [asked] = world.record.saveDialogs
      assert.deepEqual(asked?.options, { defaultPath: 'ü.html', properties: ['showOverwriteConfirmation'] })
      assert.equal(asked?.over, theWindow(world).window, 'the question belongs to the window')
    },
  },
  {
    says: 'takes nothing from the core when the person cancels, so that the ticket is still good',
    async holds({ start, folder }) {
      const saveAs = join(folder, `never-${Math.random()}.html`)
      const world = await start({ saveAs, saveCancelled: true })
      const answer = await ask(world, `download/${ticket}`, saving)
      assert.deepEqual([answer.status, await answer.json()], [200, { ok: true, value: { saved: false } }])
      assert.equal(theCore(world).posted.length, 1)
      assert.equal(existsSync(saveAs), false)
    },
  },
  {
    says: 'saves nothing under no name, and nothing for a ticket that is good for nothing',
    async holds({ start, folder }) {
      const saveAs = join(folder, `nothing-${Math.random()}.html`)
      const world = await start({ saveAs })
      for (const name of ['', '%E0%A4%A']) {
        const headers = { 'x-mindkeep-name': name }
        await isRefused(await ask(world, `download/${ticket}`, { method: 'POST', headers }), 400, 'REQUEST_REFUSED')
      }
      await isRefused(await ask(world, `download/${ticket}`, { method: 'POST' }), 400, 'REQUEST_REFUSED')
      assert.deepEqual(world.record.saveDialogs, [])
      const answer = ask(world, `download/${ticket}`, saving)
      const { id } = await next(world, 'take')
      const error = { code: 'NO_SUCH_FILE', message: 'gone', details: {} }
      tell(world, { kind: 'reply', id, reply: { ok: false, error } })
      await isRefused(await answer, 404, 'NO_SUCH_FILE')
      assert.equal(existsSync(saveAs), false)
    },
  },
  {
    says: 'leaves no half of a file behind, and says that it was not saved',
    async holds({ start, folder }) {
      const saveAs = join(folder, `half-${Math.random()}.html`)
      const world = await start({ saveAs })
      const { id, answer } = await take(world, saving)
      await give(world, id, { pieces: ['<b>'], whole: false })
      await isRefused(await answer, 500, 'FILE_NOT_SAVED')
      assert.equal(existsSync(saveAs), false)
    },
  },
  {
    says: 'removes nothing where it could not write',
    async holds({ start, folder }) {
      const saveAs = join(folder, `folder-${Math.random()}`)
      mkdirSync(saveAs)
      const world = await start({ saveAs })
      const { id, answer } = await take(world, saving)
      await isRefused(await answer, 500, 'FILE_NOT_SAVED')
      assert.equal(existsSync(saveAs), true)
      assert.deepEqual(await next(world, 'stop'), { kind: 'stop', id })
    },
  },
]

export const transfersClaims: readonly Claim[] = [...uploads, ...downloads]
