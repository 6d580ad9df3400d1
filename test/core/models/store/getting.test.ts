// Models from the hub, which is played over real HTTPS: what is asked, what is believed, and what is left after each way in
// which it can go wrong.
import { mkdirSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readCatalogue } from '../../../../electron/core/models/models.ts'
import { dropAfter, putModel } from '../../../support/hub.ts'
import { failure, passphrase, vaultTemplate } from '../../support.ts'
import { contentOf, fixture, openShop, unrecorded, weights } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const writer = fixture('tiny-writer')
const { id } = unrecorded
const whole = contentOf(writer, weights)

describe('the catalogue', () => {
  it('says of every figure where it was read, and has nothing but whole revisions', () => {
    const models = readCatalogue()
    expect(models.length).toBeGreaterThanOrEqual(6)
    expect(new Set(models.map((one) => one.id)).size).toBe(models.length)
    for (const { origin, record, files } of models) {
      expect(origin.revision).toMatch(/^[0-9a-f]{40}$/)
      expect(record.join(' ').length).toBeGreaterThan(40)
      expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['config.json', 'tokenizer.json']))
      expect(files.some(({ path }) => path.startsWith('onnx/'))).toBe(true)
    }
  })
})

describe('getting a model', () => {
  it('fetches what the hub has of that revision, holds it against the hashes, and remembers them', async () => {
    const shop = await openShop(template)
    expect(await shop.model(id)).toMatchObject({ installed: null, bytes: null, arrived: 0, recorded: false })
    const job = await shop.get(id)
    expect(job).toMatchObject({
      state: 'done',
      kind: 'get-model',
      result: { model: id, name: 'SmolLM2-360M-Instruct' },
    })
    for (const path of shop.lying(id)) {
      expect(contentOf(shop.at(id, ''), path).equals(contentOf(writer, path)), path).toBe(true)
    }
    expect(shop.lying(id)).toEqual([
      'config.json',
      'generation_config.json',
      weights,
      'tokenizer.json',
      'tokenizer_config.json',
    ])
    const here = await shop.model(id)
    expect(here.installed?.files.map(({ path, sha256 }) => [path, sha256.length])).toHaveLength(5)
    expect(await shop.call('models.check', { id })).toEqual({ whole: true })
    const { departures, left } = await shop.call('network.list', { limit: 200 })
    expect(left).toBe(departures.length)
    expect(new Set(departures.map(({ host }) => host))).toEqual(new Set(['huggingface.co', 'cdn-lfs.hf.co']))
    expect(departures.every(({ ended, reason }) => ended === 'done' && reason === 'model-download')).toBe(true)
    const acts = (await shop.call('ledger.list', {})).entries.map(({ act }) => act)
    expect(acts).toContainEqual({ act: 'model.added', model: 'SmolLM2-360M-Instruct', from: 'hub' })
  })

  it('goes on where a broken line left it', async () => {
    const shop = await openShop(template)
    shop.hub.faults.push(dropAfter(100_000), dropAfter(50_000))
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
    const asked = shop.hub.seen.filter(({ host }) => host === 'cdn-lfs.hf.co')
    // What was still on its way when the line broke is asked for once more.
    const [first, second = 0, third = 0] = asked.map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]))
    expect(asked).toHaveLength(3)
    expect(first).toBeNaN()
    expect(0 < second && second <= 100_000 && second <= third && third <= second + 50_000).toBe(true)
    expect(asked[1]?.ifRange).toMatch(/^"[0-9a-f]+"$/)
    expect(contentOf(shop.at(id, ''), weights).equals(whole)).toBe(true)
  })

  it('is given up when the line breaks time and again without a byte, and goes on when it is asked for again', async () => {
    const shop = await openShop(template)
    shop.hub.faults.push(dropAfter(200_000), dropAfter(0), dropAfter(0))
    expect(await shop.get(id)).toMatchObject({ state: 'failed', error: { code: 'CONNECTION_LOST' } })
    const here = statSync(shop.at(id, `${weights}.part`)).size
    expect(here).toBeGreaterThan(0)
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
    expect(shop.hub.seen.at(-1)?.range).toBe(`bytes=${here}-`)
  })

  it('goes on after Mindkeep was started anew', async () => {
    const shop = await openShop(template)
    shop.hub.faults.push(dropAfter(123_456), dropAfter(0), dropAfter(0))
    await shop.get(id)
    await shop.call('vault.lock')
    await shop.call('vault.unlock', { passphrase })
    const here = statSync(shop.at(id, `${weights}.part`)).size
    expect((await shop.model(id)).arrived).toBeGreaterThanOrEqual(here)
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
    expect(shop.hub.seen.at(-1)?.range).toBe(`bytes=${here}-`)
  })

  it('begins anew where the host does not go on, has something else by now, or has no such range', async () => {
    const shop = await openShop(template)
    const ignoring = (request: { headers: Record<string, unknown> }) => delete request.headers['range']
    shop.hub.faults.push(dropAfter(100_000), (request, _response, serve) => {
      ignoring(request)
      serve()
    })
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
    expect(contentOf(shop.at(id, ''), weights).equals(whole)).toBe(true)

    await shop.call('models.remove', { id })
    shop.hub.faults.push(dropAfter(100_000), (_request, response) => response.writeHead(416).end())
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
    expect(shop.hub.seen.at(-1)?.range).toBeUndefined()

    await shop.call('models.remove', { id })
    shop.hub.faults.push(dropAfter(100_000), (_request, response) =>
      response
        .writeHead(206, { 'content-range': `bytes 7-${whole.length - 1}/${whole.length}` })
        .end(whole.subarray(7)),
    )
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
    expect(contentOf(shop.at(id, ''), weights).equals(whole)).toBe(true)
  })

  it('throws away what has another hash, and says so', async () => {
    const shop = await openShop(template)
    shop.hub.faults.push((_request, response) => {
      const other = Buffer.from(whole)
      other[5000] = (other[5000] ?? 0) ^ 1
      response.writeHead(200, { 'content-length': other.length }).end(other)
    })
    expect(await shop.get(id)).toMatchObject({
      state: 'failed',
      error: { code: 'MODEL_WRONG_HASH', details: { file: weights } },
    })
    expect(shop.lying(id)).not.toContain(weights)
    expect(shop.lying(id)).not.toContain(`${weights}.part`)
    expect((await shop.model(id)).installed).toBeNull()
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
  })

  it('believes the record, not the hub, where there is one', async () => {
    const shop = await openShop(template)
    putModel(shop.hub, 'Xenova/all-MiniLM-L6-v2', fixture('tiny-understanding'))
    const minilm = await shop.get('minilm-l6-v2')
    // Of these lengths and hashes everything is on record, so that the hub is not even asked what it has.
    expect(minilm).toMatchObject({ state: 'failed' })
    expect(['MODEL_WRONG_HASH', 'CONNECTION_LOST', 'ANSWER_TOO_LARGE']).toContain(minilm.error?.code)
    expect(shop.hub.seen.some(({ path }) => path.startsWith('/api/'))).toBe(false)
    expect(shop.lying('minilm-l6-v2').filter((name) => !name.includes('.part'))).toEqual([])

    putModel(shop.hub, 'onnx-community/Qwen3-0.6B-ONNX', writer)
    expect((await shop.get('qwen3-0.6b')).error).toMatchObject({
      code: 'MODEL_NOT_AS_RECORDED',
      details: { file: weights },
    })
  })

  it('says what an answer of the hub means that is not the model', async () => {
    const shop = await openShop(template)
    const meanings = [
      [404, 'MODEL_GONE'],
      [410, 'MODEL_GONE'],
      [401, 'MODEL_NOT_PUBLIC'],
      [403, 'MODEL_NOT_PUBLIC'],
      [500, 'HUB_FAILING'],
      [503, 'HUB_FAILING'],
      [304, 'HUB_FAILING'],
    ] as const
    for (const [status, code] of meanings) {
      shop.hub.fault = (_request, response) => response.writeHead(status).end()
      expect((await shop.get(id)).error?.code, `${status} of the hub`).toBe(code)
      shop.hub.fault = (_request, _response, serve) => serve()
      shop.hub.faults.push((_request, response) => response.writeHead(status).end())
      expect((await shop.get(id)).error?.code, `${status} of its store`).toBe(code)
    }
  })

  it('says for how long the hub asks to wait', async () => {
    const shop = await openShop(template)
    shop.hub.fault = (_request, response) => response.writeHead(429, { 'retry-after': '120' }).end()
    expect((await shop.get(id)).error).toMatchObject({ code: 'HUB_BUSY', details: { seconds: 120 } })
  })

  it.each([
    ['is no JSON', 'nonsense'],
    ['is of another revision', JSON.stringify({ sha: 'f'.repeat(40), siblings: [] })],
    ['is of another shape', JSON.stringify({ sha: 7 })],
  ])('understands nothing of an answer that %s', async (_what, text) => {
    const shop = await openShop(template)
    shop.hub.fault = (_request, response) => response.end(text)
    expect((await shop.get(id)).error?.code).toBe('HUB_NOT_UNDERSTOOD')
  })

  it('ends where it is sent round in circles, or elsewhere', async () => {
    const shop = await openShop(template)
    shop.hub.fault = (request, response) => response.writeHead(302, { location: request.url }).end()
    expect((await shop.get(id)).error?.code).toBe('REDIRECT_LOOP')
    shop.hub.fault = (_request, response) => response.writeHead(302, { location: 'https://evil.test/' }).end()
    expect((await shop.get(id)).error?.code).toBe('HOST_NOT_ALLOWED')
  })

  it('asks for room before it asks for a byte', async () => {
    const shop = await openShop(template)
    shop.hub.fault = (request, response, serve) => {
      if (request.url?.startsWith('/api/') !== true) return serve()
      const { bavail, bsize } = statfsSync(shop.folder)
      const siblings = [
        ...['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'].map((rfilename) => ({
          rfilename,
          size: 10,
          blobId: '0'.repeat(40),
        })),
        { rfilename: weights, lfs: { sha256: '0'.repeat(64), size: bavail * bsize } },
      ]
      const sha = /[0-9a-f]{40}/.exec(request.url)?.[0]
      response.end(JSON.stringify({ sha, siblings }))
      return undefined
    }
    expect((await shop.get(id)).error?.code).toBe('DISK_FULL')
    expect(shop.hub.seen).toHaveLength(1)
  })

  it('says that it stands still after five seconds, and can be stopped; what has come is kept', async () => {
    const shop = await openShop(template)
    shop.hub.faults.push((_request, response) => {
      response.writeHead(200, { 'content-length': whole.length })
      response.write(whole.subarray(0, 70_000))
    })
    const { job } = await shop.call('models.get', { id })
    const state = async () => (await shop.call('jobs.list')).find((one) => one.id === job)
    await expect.poll(async () => (await state())?.done ?? 0).toBeGreaterThan(70_000)
    expect(await state()).toMatchObject({ stalled: false, pausable: true, detail: weights })
    await shop.clock.advance(5_000)
    expect(await state()).toMatchObject({ stalled: true })
    expect(await failure(shop.call('models.get', { id }))).toMatchObject({ code: 'MODEL_AT_WORK' })
    expect(await failure(shop.call('models.remove', { id }))).toMatchObject({ code: 'MODEL_AT_WORK' })
    await shop.call('jobs.cancel', { id: job })
    expect(await shop.ended({ job })).toMatchObject({ state: 'cancelled' })
    expect((await shop.model(id)).arrived).toBeGreaterThan(70_000)
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
    expect(shop.hub.seen.at(-1)?.range).toBe('bytes=70000-')
  })

  it('waits while it is paused, and goes on', async () => {
    const shop = await openShop(template)
    const goOn = Promise.withResolvers<() => void>()
    shop.hub.faults.push((_request, response) => {
      response.writeHead(200, { 'content-length': whole.length })
      response.write(whole.subarray(0, 70_000))
      goOn.resolve(() => response.end(whole.subarray(70_000)))
    })
    const { job } = await shop.call('models.get', { id })
    const state = async () => (await shop.call('jobs.list')).find((one) => one.id === job)
    await expect.poll(async () => (await state())?.done ?? 0).toBeGreaterThan(70_000)
    await shop.call('jobs.pause', { id: job })
    const finish = await goOn.promise
    finish()
    await shop.clock.advance(600_000)
    expect(await state()).toMatchObject({ state: 'paused' })
    await shop.call('jobs.resume', { id: job })
    expect(await shop.ended({ job })).toMatchObject({ state: 'done' })
  })

  it('ends with a lock, and with the network turned off; what has come is kept', async () => {
    const shop = await openShop(template)
    const hang = () =>
      shop.hub.faults.push((_request, response) => {
        response.writeHead(200, { 'content-length': whole.length })
        response.write(whole.subarray(0, 70_000))
      })
    hang()
    const first = await shop.call('models.get', { id })
    await expect.poll(async () => (await shop.call('jobs.list'))[0]?.done ?? 0).toBeGreaterThan(70_000)
    await shop.call('settings.set', { network: false })
    expect((await shop.ended(first)).error?.code).toBe('NETWORK_OFF')
    expect((await shop.get(id)).error?.code).toBe('NETWORK_OFF')
    await shop.call('settings.set', { network: true })
    hang()
    await shop.call('models.get', { id })
    await vi.waitFor(() => expect(shop.hub.faults).toEqual([]))
    await shop.call('vault.lock')
    const count = shop.hub.seen.length
    await shop.call('vault.unlock', { passphrase })
    expect(shop.hub.seen).toHaveLength(count)
    expect((await shop.model(id)).arrived).toBeGreaterThanOrEqual(70_000)
    const ends = (await shop.call('network.list', {})).departures.map(({ ended }) => ended)
    expect(ends.every((one) => one !== null)).toBe(true)
  })

  it('holds what lies there already against its hash, and takes nothing on trust', async () => {
    const shop = await openShop(template)
    for (const path of ['config.json', `${weights}.part`]) {
      mkdirSync(dirname(shop.at(id, path)), { recursive: true })
      writeFileSync(shop.at(id, path), Buffer.alloc(path === 'config.json' ? contentOf(writer, path).length : 1000, 7))
    }
    // Of the part nobody knows where it is from: it is gone on with, found wrong in the end, and thrown away.
    expect((await shop.get(id)).error?.code).toBe('MODEL_WRONG_HASH')
    expect(await shop.get(id)).toMatchObject({ state: 'done' })
  })
})

describe('a model that is here', () => {
  it('is not fetched again, is missed when a file of it was changed, and frees its room when it is removed', async () => {
    const shop = await openShop(template)
    await shop.get(id)
    expect(await failure(shop.call('models.get', { id }))).toMatchObject({ code: 'NO_SUCH_MODEL' })
    const changed = Buffer.from(whole)
    changed[9] = (changed[9] ?? 0) ^ 255
    writeFileSync(shop.at(id, weights), changed)
    expect(await shop.call('models.check', { id })).toEqual({ whole: false })
    rmSync(shop.at(id, weights))
    expect(await shop.call('models.check', { id })).toEqual({ whole: false })
    const { freed } = await shop.call('models.remove', { id })
    expect(freed).toBeGreaterThan(10_000)
    expect(shop.lying(id)).toEqual([])
    expect(await shop.model(id)).toMatchObject({ installed: null, arrived: 0 })
    expect(await failure(shop.call('models.remove', { id }))).toMatchObject({ code: 'NO_SUCH_MODEL' })
    const acts = (await shop.call('ledger.list', {})).entries.map(({ act }) => act)
    expect(acts).toContainEqual({ act: 'model.removed', model: 'SmolLM2-360M-Instruct', from: 'hub' })
  })

  it('goes with the vault', async () => {
    const shop = await openShop(template)
    await shop.get(id)
    await shop.call('vault.delete', { name: 'Ada' })
    expect(shop.lying(id)).toEqual([])
  })

  it('is not asked of the hub by a name of nobody', async () => {
    const shop = await openShop(template)
    expect(await failure(shop.call('models.get', { id: 'nobody' }))).toMatchObject({ code: 'NO_SUCH_MODEL' })
    expect(await failure(shop.call('models.get', { id: '../x' }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(shop.hub.seen).toEqual([])
  })
})
