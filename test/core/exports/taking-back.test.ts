// An export that came back and is taken back: what stays with the person, and what becomes of it in the middle.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bring, calendar, uploaded } from '../imports/support.ts'
import { type TestApp, failure, passphrase, vaultTemplate } from '../support.ts'
import { bringBack, fill, recordsIn, takeOut } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const dayMs = 86_400_000

/** A vault into which another one's notes have come back. */
async function withNotes(titles: readonly string[], host: 'cli' | 'web' = 'cli') {
  const [from, to] = [await template.open(), await template.open({ host })]
  const ids: string[] = []
  for (const title of titles) ids.push((await from.call('library.writeNote', { title, body: 'As it came' })).id)
  await bringBack(to, (await takeOut(from)).path)
  return { to, ids, id: (await to.call('imports.list'))[0]?.id ?? '' }
}

const undone = async (app: TestApp, id: string, changedToo = false) =>
  (await app.finished(await app.call('imports.undo', { id, changedToo }))).result

const titlesIn = async (app: TestApp) => (await app.call('library.list')).rows.map(({ title }) => title).toSorted()

async function reopen(app: TestApp, then = () => {}) {
  await app.call('vault.lock')
  then()
  await app.call('vault.unlock', { passphrase })
}

describe('taking back an export that came back', () => {
  it('spares what the person has changed, in whatever way, also when that can no longer be taken back', async () => {
    const { to, ids, id } = await withNotes(['Edited', 'Tagged', 'Judged', 'Collected', 'Untouched'])
    const [edited = '', tagged = '', judged = '', collected = ''] = ids
    const { change } = await to.call('library.writeNote', { id: edited, title: 'Edited', body: 'By the person' })
    await to.call('library.tag', { which: { ids: [tagged] }, add: ['mine'] })
    await to.call('library.setLevel', { which: { ids: [judged] }, level: 'secret' })
    await to.call('library.collect', { which: { ids: [collected] }, add: [{ name: 'Kept' }] })
    await reopen(to, () => to.clock.set(new Date(to.clock.now().getTime() + 31 * dayMs)))
    await to.clock.advance(61_000)
    expect((await failure(to.call('library.undo', { change: change ?? 0 }))).code).toBe('NO_SUCH_CHANGE')

    expect(await undone(to, id)).toEqual({ removed: 1, restored: 0, kept: 4, handedOver: 0 })
    expect(await titlesIn(to)).toEqual(['Collected', 'Edited', 'Judged', 'Tagged'])
  })

  it('does not take for the doing of the person what a later import brought, and leaves that to the import', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await bring(from, await uploaded(from, { 'cal.ics': calendar(3) }))
    await bringBack(to, (await takeOut(from)).path)
    const id = (await to.call('imports.list')).find(({ of }) => of === 'export')?.id ?? ''
    const newer = calendar(3).replace('Tea 1', 'Coffee 1')
    const later = await bring(to, await uploaded(to, { 'cal.ics': newer }))

    expect(await undone(to, id)).toEqual({ removed: 2, restored: 0, kept: 0, handedOver: 1 })
    expect(await titlesIn(to)).toEqual(['Coffee 1'])
    // What it said before came with the export.
    const [left] = (await to.call('library.list')).rows
    expect((await to.call('library.versions', { id: left?.id ?? '' })).map(({ title }) => title)).toEqual(['Coffee 1'])
    expect(await undone(to, later.import)).toEqual({ removed: 1, restored: 0, kept: 0, handedOver: 0 })
    expect(await titlesIn(to)).toEqual([])
  })

  describe('where another one has brought the same in a newer form', () => {
    async function withTwo() {
      const [from, to] = [await template.open(), await template.open()]
      const { id } = await from.call('library.writeNote', { title: 'Note', body: 'First' })
      await bringBack(to, (await takeOut(from)).path)
      await from.clock.advance(60_000)
      await from.call('library.writeNote', { id, title: 'Note', body: 'Second' })
      await bringBack(to, (await takeOut(from)).path)
      const restores = await to.call('imports.list')
      const idOf = (added: number) => restores.find((one) => one.added === added)?.id ?? ''
      return { to, note: id, first: idOf(1), second: idOf(0) }
    }
    const bodies = async (app: TestApp, id: string) =>
      (await app.call('library.versions', { id })).map(({ body }) => body)

    it('leaves it to that one, which takes it along when it is taken back', async () => {
      const { to, note, first, second } = await withTwo()
      expect(await bodies(to, note)).toEqual(['Second', 'First'])
      expect(await undone(to, first)).toEqual({ removed: 0, restored: 0, kept: 0, handedOver: 1 })
      expect(await bodies(to, note)).toEqual(['Second'])
      expect(await undone(to, second)).toEqual({ removed: 1, restored: 0, kept: 0, handedOver: 0 })
      expect(await titlesIn(to)).toEqual([])
    })

    it('takes it back itself where that one has gone before', async () => {
      const { to, note, first, second } = await withTwo()
      expect(await undone(to, second)).toEqual({ removed: 0, restored: 0, kept: 0, handedOver: 0 })
      expect(await bodies(to, note)).toEqual(['Second', 'First'])
      expect(await undone(to, first)).toEqual({ removed: 1, restored: 0, kept: 0, handedOver: 0 })
      expect(await titlesIn(to)).toEqual([])
    })
  })

  it('frees the disk of the files that came with it', async () => {
    const [from, to] = [await template.open(), await template.open()]
    await fill(from)
    await bringBack(to, (await takeOut(from)).path)
    const blobs = join(to.folder, 'blobs')
    expect(readdirSync(blobs)).toHaveLength(1)
    await undone(to, (await to.call('imports.list')).find(({ of }) => of === 'export')?.id ?? '')
    expect(readdirSync(blobs)).toEqual([])
  })

  it('goes on when the vault is opened again, as it was asked for, where a lock cut it short', async () => {
    const { to, ids, id } = await withNotes(['One', 'Two'], 'web')
    await to.call('library.tag', { which: { ids }, add: ['mine'] })
    const undoing = await to.call('imports.undo', { id, changedToo: true })
    await to.call('jobs.pause', { id: undoing.job })
    await reopen(to)
    await expect.poll(async () => (await to.call('imports.get', { id })).summary.state).toBe('undone')
    expect(await titlesIn(to)).toEqual([])
  })

  it('does not go on by itself where the person stopped it, and can be begun again', async () => {
    const { to, id } = await withNotes(['One', 'Two'], 'web')
    const undoing = await to.call('imports.undo', { id })
    await to.call('jobs.pause', { id: undoing.job })
    await to.call('jobs.cancel', { id: undoing.job })
    expect((await to.finished(undoing)).state).toBe('cancelled')
    const left = await titlesIn(to)
    await reopen(to)
    expect((await to.call('imports.get', { id })).summary).toMatchObject({ state: 'half-undone', job: null })
    expect(await titlesIn(to)).toEqual(left)
    expect(await undone(to, id)).toMatchObject({ removed: left.length, kept: 0 })
  })
})

it('an export that is made while an import is taken back takes none of it back where it comes to', async () => {
  const [from, to] = [await template.open(), await template.open({ host: 'web' })]
  const { import: id } = await bring(from, await uploaded(from, { 'cal.ics': calendar(600) }))
  const undoing = await from.call('imports.undo', { id })
  await from.call('jobs.pause', { id: undoing.job })
  const { path, result } = await takeOut(from)
  expect(result.items).toBeGreaterThan(0)
  expect((await recordsIn(path))['imports']?.join('')).not.toContain('undoing')
  await bringBack(to, path)
  await reopen(to)
  expect((await to.call('imports.get', { id })).summary).toMatchObject({ state: 'done', job: null })
  expect((await to.call('library.list')).total).toBe(result.items)
})
