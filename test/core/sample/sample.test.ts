// The made-up year: it comes in without a problem, says the same in every file, is removed in one step, and speaks of nobody
// who could be real.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ItemType } from '../../../shared/api/items.ts'
import type { Item } from '../../../shared/api/library.ts'
import { sampleFolder } from '../../../electron/core/sample.ts'
import { bringBack, recordsIn, takeOut } from '../exports/support.ts'
import { bring, note, uploaded } from '../imports/support.ts'
import { type TestApp, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

async function addSample(app: TestApp) {
  const started = await app.call('imports.addSample')
  const { state } = await app.finished(started)
  expect(state).toBe('done')
  return app.call('imports.get', { id: started.import, limit: 200 })
}

async function everyItem(app: TestApp): Promise<Item[]> {
  const items: Item[] = []
  for (let offset = 0; ; offset += 200) {
    const { rows } = await app.call('library.list', { offset, limit: 200 })
    for (const { id } of rows) items.push(await app.call('library.get', { id }))
    if (rows.length < 200) return items
  }
}

describe('the sample', () => {
  it('comes in as one import without a problem, adds nothing the second time, and is removed in one step', async () => {
    const app = await template.open()
    const records = async () => {
      const { imports: _, import_files: _files, ...rest } = await recordsIn((await takeOut(app)).path)
      return rest
    }
    const before = await records()
    const { summary, problems } = await addSample(app)
    expect(problems).toEqual([])
    expect(summary).toMatchObject({
      name: { first: 'Sample data', more: 0, isSample: true },
      state: 'done',
      skipped: 0,
      failed: 0,
      duplicate: 0,
    })
    const again = await addSample(app)
    expect(again.summary).toMatchObject({ added: 0, changed: 0, duplicate: summary.added })

    const undone = await app.finished(await app.call('imports.undo', { id: summary.id }))
    expect(undone).toMatchObject({
      state: 'done',
      result: { removed: summary.added, restored: 0, kept: 0, handedOver: 0 },
    })
    expect(await app.call('library.list', {})).toEqual({ rows: [], total: 0 })
    expect(await records()).toEqual(before)
  })

  it('is no folder of the person that is called the same, here and wherever it comes back', async () => {
    const app = await template.open()
    const { summary } = await addSample(app)
    const { import: own } = await bring(app, await uploaded(app, { 'Sample data/mine.md': note(1) }))
    const marks = async (of: TestApp) =>
      Object.fromEntries((await of.call('imports.list')).map(({ id, name }) => [id, [name.first, name.isSample]]))
    const marked = { [summary.id]: ['Sample data', true], [own]: ['Sample data', false] }
    expect(await marks(app)).toEqual(marked)
    const [mine] = (await app.call('library.list', { filter: { import: own } })).rows
    expect((await app.call('library.get', { id: mine?.id ?? '' })).origin?.importName.isSample).toBe(false)

    const other = await template.open()
    await bringBack(other, (await takeOut(app)).path)
    expect(await marks(other)).toMatchObject(marked)
  })

  it('tells one year of one life, in every kind of file the same', async () => {
    const app = await template.open()
    await addSample(app)
    const items = await everyItem(app)
    const of = (type: ItemType) => items.filter((item) => item.type === type)

    const counts = Map.groupBy(items, ({ type }) => type)
    const least = { note: 60, message: 400, mail: 40, event: 45, contact: 15, transaction: 300, record: 15 } as const
    for (const [type, count] of Object.entries(least)) {
      expect(counts.get(type as ItemType)?.length, type).toBeGreaterThanOrEqual(count)
    }
    const outside = items.filter(
      ({ timing, day, type }) => timing !== 'none' && type !== 'contact' && (day < '2025-03-01' || day > '2026-02-28'),
    )
    expect(outside.map(({ title, day }) => [title, day])).toEqual([])

    const said = (type: ItemType, day: string, words: RegExp) =>
      of(type).some((item) => item.day === day && words.test(`${item.title}\n${item.body}`))
    const happenings: readonly (readonly [string, readonly (readonly [ItemType, string, RegExp])[]])[] = [
      [
        'the concert',
        [
          ['transaction', '2025-05-02', /Low Lantern/],
          ['mail', '2025-05-02', /Low Lantern, Friday 23 May/],
          ['message', '2025-05-02', /Low Lantern .* 23rd/],
          ['event', '2025-05-23', /Low Lantern/],
          ['note', '2025-05-23', /Low Lantern/],
        ],
      ],
      [
        'the trip',
        [
          ['transaction', '2025-05-30', /WR-61277/],
          ['mail', '2025-05-30', /WR-61277/],
          ['event', '2025-08-22', /Ljubljana/],
          ['event', '2025-08-27', /Škocjan/],
          ['transaction', '2025-08-27', /Škocjan/],
          ['message', '2025-08-27', /Skocjan/],
          ['note', '2025-08-27', /Škocjan/],
        ],
      ],
      [
        'the race',
        [
          ['transaction', '2025-03-29', /Severnside Half/],
          ['mail', '2025-03-29', /Severnside Half/],
          ['event', '2025-10-05', /Severnside Half/],
          ['message', '2025-10-05', /1:58:41/],
          ['mail', '2025-10-05', /1:58:41/],
          ['note', '2025-10-05', /1:58:41/],
        ],
      ],
      [
        'the illness',
        [
          ['event', '2025-11-13', /Doctor/],
          ['transaction', '2025-11-13', /Prescription/],
          ['message', '2025-11-13', /two weeks/],
          ['mail', '2025-11-13', /Chest infection/],
          ['note', '2025-11-13', /Chest infection/],
        ],
      ],
      [
        'the move',
        [
          ['transaction', '2026-01-09', /Deposit/],
          ['mail', '2026-01-22', /£89\.00/],
          ['event', '2026-01-24', /MOVING/],
          ['transaction', '2026-01-24', /Van/],
          ['message', '2026-01-24', /Van is here/],
          ['note', '2026-01-24', /Van at eight/],
        ],
      ],
      [
        'the project',
        [
          ['mail', '2025-03-03', /Tideline/],
          ['note', '2026-01-15', /Anneke pressed play/],
          ['event', '2026-02-19', /listening evening/],
          ['note', '2026-02-19', /140 people/],
          ['message', '2026-02-20', /Three hundred|three hundred|hundred and forty/],
        ],
      ],
    ]
    for (const [what, places] of happenings) {
      for (const [type, day, words] of places) expect(said(type, day, words), `${what}: ${type}, ${day}`).toBe(true)
    }

    // Every link between notes leads to a note that is there.
    const written = of('note').reduce((sum, { body }) => sum + new Set(body.match(/\[\[[^\]]+\]\]/g)).size, 0)
    const led = of('note').reduce((sum, { links }) => sum + links.length, 0)
    expect(written).toBeGreaterThan(30)
    expect(led).toBe(written)
    expect(new Set(of('note').flatMap(({ tags }) => tags)).size).toBeGreaterThan(12)

    // The money adds up, booking by booking.
    const bookings = of('transaction').toSorted((a, b) => (a.origin?.position ?? 0) - (b.origin?.position ?? 0))
    const cents = (value: unknown) => Math.round(Number(value) * 100)
    for (const [at, { facts }] of bookings.entries()) {
      const before = bookings[at - 1]
      if (before !== undefined) {
        expect(cents(facts['balance'])).toBe(cents(before.facts['balance']) + cents(facts['amount']))
      }
    }

    // A figure for each day of each series, and what happened to the body is seen in them.
    const mean = (measure: string, from: string, to: string) => {
      const values = of('observation')
        .filter(({ facts, day }) => facts['measure'] === measure && day >= from && day <= to)
        .map(({ facts }) => Number(facts['value']))
      return values.reduce((sum, value) => sum + value, 0) / values.length
    }
    for (const measure of ['steps', 'sleep', 'resting-heart-rate']) {
      const observed = of('observation').filter(({ facts }) => facts['measure'] === measure)
      expect(new Set(observed.map(({ day }) => day)).size, measure).toBe(365)
    }
    const [well, ill] = [['2025-10-13', '2025-11-09'] as const, ['2025-11-10', '2025-11-23'] as const]
    expect(mean('steps', ...ill)).toBeLessThan(mean('steps', ...well) / 3)
    expect(mean('sleep', ...ill)).toBeGreaterThan(mean('sleep', ...well) + 60)
    expect(mean('resting-heart-rate', ...ill)).toBeGreaterThan(mean('resting-heart-rate', ...well) + 5)
    expect(mean('resting-heart-rate', '2025-09-01', '2025-10-04')).toBeLessThan(
      mean('resting-heart-rate', '2025-03-01', '2025-03-31') - 5,
    )
    expect(mean('steps', '2025-10-05', '2025-10-05')).toBeGreaterThan(25_000)
    expect(mean('steps', '2025-08-23', '2025-08-29')).toBeGreaterThan(15_000)
    expect(of('observation').every(({ level }) => level === 'health')).toBe(true)
  })

  it('uses addresses and numbers that are kept for examples, and leads nowhere in the world', () => {
    const text = filesIn(sampleFolder())
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n')
    const addresses = text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? []
    expect(addresses.length).toBeGreaterThan(100)
    // RFC 2606 §2.
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([])
    // Ofcom keeps these for films and plays.
    const numbers = text.match(/\+\d{8,}/g) ?? []
    expect(numbers.length).toBeGreaterThan(10)
    expect(numbers.filter((number) => !/^\+44(?:7700900|1174960|1632960)\d{3}$/.test(number))).toEqual([])
    expect(text).not.toMatch(/https?:/)
  })
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
