// Claims about files on their way out: who may fetch one, and that nothing is written but where the person chose.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settle } from '../double/target.ts'
import { type Claim, posted, theCore, theWindow } from './claim.ts'
import { everyAnswer } from './protocol.ts'

import { ticket, ask, tell, next, outgoing, take, give, isRefused } from './handing-files.ts'

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

export const downloadClaims: readonly Claim[] = [
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
      const beside = mkdtempSync(join(folder, 'half-'))
      const world = await start({ saveAs: join(beside, 'a.html') })
      const { id, answer } = await take(world, saving)
      await give(world, id, { pieces: ['<b>'], whole: false })
      await isRefused(await answer, 500, 'FILE_NOT_SAVED')
      assert.deepEqual(readdirSync(beside), [])
    },
  },
  {
    says: 'takes the place of an older file only when the new one is all there',
    async holds({ start, folder }) {
      const beside = mkdtempSync(join(folder, 'older-'))
      const saveAs = join(beside, 'a.html')
      writeFileSync(saveAs, 'last week', { mode: 0o644 })
      const broken = await start({ saveAs })
      const first = await take(broken, saving)
      await give(broken, first.id, { pieces: ['<b>'], whole: false })
      await isRefused(await first.answer, 500, 'FILE_NOT_SAVED')
      assert.equal(readFileSync(saveAs, 'utf8'), 'last week')

      const world = await start({ saveAs })
      const second = await take(world, saving)
      await give(world, second.id, { pieces: ['<b>', '1</'], whole: true })
      assert.equal((await second.answer).status, 200)
      assert.equal(readFileSync(saveAs, 'utf8'), '<b>1</')
      if (process.platform !== 'win32') assert.equal(statSync(saveAs).mode & 0o777, 0o600)
      assert.deepEqual(readdirSync(beside), ['a.html'])
    },
  },
  {
    says: 'saves under a name that is as long as a name can be',
    async holds({ start, folder }) {
      const saveAs = join(mkdtempSync(join(folder, 'long-')), 'n'.repeat(255))
      const world = await start({ saveAs })
      const { id, answer } = await take(world, saving)
      await give(world, id, { pieces: ['<b>'], whole: true })
      assert.equal((await answer).status, 200)
      assert.equal(readFileSync(saveAs, 'utf8'), '<b>')
    },
  },
  {
    says: 'reads nothing of a file that can be saved nowhere, and removes nothing where it could not write',
    async holds({ start, folder }) {
      const nowhere = await start({ saveAs: join(folder, 'no-such-folder', 'a.html') })
      const { id, answer } = await take(nowhere, saving)
      await isRefused(await answer, 500, 'FILE_NOT_SAVED')
      assert.deepEqual(await next(nowhere, 'stop'), { kind: 'stop', id })
      assert.deepEqual(posted(theCore(nowhere), 'more'), [])

      const beside = mkdtempSync(join(folder, 'taken-'))
      const saveAs = join(beside, 'a folder')
      mkdirSync(saveAs)
      const taken = await start({ saveAs })
      const whole = await take(taken, saving)
      await give(taken, whole.id, { pieces: ['<b>'], whole: true })
      await isRefused(await whole.answer, 500, 'FILE_NOT_SAVED')
      assert.deepEqual(readdirSync(beside), ['a folder'])
    },
  },
]
