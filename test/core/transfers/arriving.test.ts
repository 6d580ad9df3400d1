// Uploads on their way in: they may be slow and they may be large, but not silent, not more than there is room for, and what
// does not come whole leaves nothing behind.
import { readdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, vaultTemplate } from '../support.ts'

const vault = vaultTemplate()
beforeAll(vault.make)
afterAll(vault.remove)

/** Bytes that come when the test says so. */
function createSource() {
  const waiting: PromiseWithResolvers<IteratorResult<Uint8Array, undefined>>[] = []
  const given: IteratorResult<Uint8Array, undefined>[] = []
  let closed = 0
  const give = (result: IteratorResult<Uint8Array, undefined>) => {
    const one = waiting.shift()
    if (one === undefined) given.push(result)
    else one.resolve(result)
  }
  const chunks: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next() {
        const result = given.shift()
        const one = Promise.withResolvers<IteratorResult<Uint8Array, undefined>>()
        if (result === undefined) waiting.push(one)
        else one.resolve(result)
        return one.promise
      },
      async return() {
        closed += 1
        return { done: true, value: undefined }
      },
    }),
  }
  return {
    chunks,
    give: (bytes: number) => give({ done: false, value: new Uint8Array(bytes).fill(7) }),
    end: () => give({ done: true, value: undefined }),
    fail: (error: Error) => {
      for (const one of waiting.splice(0)) one.reject(error)
    },
    closed: () => closed,
  }
}

const incoming = ({ folder }: TestApp) => readdirSync(join(folder, 'incoming'))

/** Looking at how much room there is takes a moment. */
const begun = (app: TestApp, uploads: number) => expect.poll(() => incoming(app).length).toBe(uploads)

function begin({ app }: TestApp, bytes: number) {
  const source = createSource()
  const handle = app.files.receive({ name: 'a.md', bytes }, source.chunks)
  handle.catch(() => undefined)
  return { ...source, handle }
}

describe('an upload', () => {
  it('may take as long as it needs, as long as more of it keeps coming', async () => {
    const app = await vault.open()
    const { give, end, handle, closed } = begin(app, 12 * 100_000)
    await begun(app, 1)
    for (let piece = 0; piece < 12; piece += 1) {
      await app.clock.advance(9_999)
      give(100_000)
      await setImmediate()
    }
    end()
    expect(await handle).toMatch(/^[0-9a-f]{32}$/)
    expect([incoming(app).length, closed()]).toEqual([1, 1])
  })

  it('that falls silent for ten seconds is given up, and nothing of it is kept', async () => {
    const app = await vault.open()
    const { give, handle, closed } = begin(app, 300_000)
    await begun(app, 1)
    give(200_000)
    await setImmediate()
    await app.clock.advance(10_000)
    await expect(handle).rejects.toMatchObject({ code: 'FILE_STALLED' })
    expect([incoming(app), closed()]).toEqual([[], 1])
  })

  it.each([
    ['more than was said', 99, 'FILE_NOT_AS_SAID'],
    ['less than was said', 101, 'FILE_NOT_AS_SAID'],
  ])('of %s is refused, and nothing of it is kept', async (_what, bytes, code) => {
    const app = await vault.open()
    const { give, end, handle } = begin(app, bytes)
    give(100)
    end()
    await expect(handle).rejects.toMatchObject({ code })
    expect(incoming(app)).toEqual([])
  })

  it('that is half here when the vault is locked goes no further, and nothing of it is kept', async () => {
    const app = await vault.open()
    const { give, handle } = begin(app, 300_000)
    await begun(app, 1)
    give(200_000)
    await app.call('vault.lock')
    give(100_000)
    await expect(handle).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(incoming(app)).toEqual([])
  })

  it('says so when the disk fills up in the middle, and nothing of it is kept', async () => {
    const app = await vault.open()
    const { give, fail, handle } = begin(app, 300_000)
    await begun(app, 1)
    give(200_000)
    await setImmediate()
    // No disk can be filled here; it is the same refusal, from beside the place where it would come from.
    fail(Object.assign(new Error('no space left on device, write /home/person'), { code: 'ENOSPC' }))
    await expect(handle).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(incoming(app)).toEqual([])
  })

  it('finds no room that was promised to another one', async () => {
    const app = await vault.open()
    const { bavail, bsize } = await statfs(app.folder)
    const most = Math.floor(bavail * bsize * 0.6)
    const first = begin(app, most)
    await begun(app, 1)
    await expect(begin(app, most).handle).rejects.toMatchObject({ code: 'DISK_FULL' })
    first.end()
    await expect(first.handle).rejects.toMatchObject({ code: 'FILE_NOT_AS_SAID' })
    const second = begin(app, most)
    await begun(app, 1)
    second.end()
    await expect(second.handle).rejects.toMatchObject({ code: 'FILE_NOT_AS_SAID' })
  })

  it('waits its turn behind eight others', async () => {
    const app = await vault.open()
    const others = Array.from({ length: 8 }, () => begin(app, 1))
    await begun(app, 8)
    await expect(begin(app, 1).handle).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    others[0]?.give(1)
    others[0]?.end()
    await others[0]?.handle
    const next = begin(app, 0)
    next.end()
    expect(await next.handle).toMatch(/^[0-9a-f]{32}$/)
    for (const { end } of others) end()
  })
})
