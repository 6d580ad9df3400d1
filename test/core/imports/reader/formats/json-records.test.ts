import { describe, expect, it } from 'vitest'
import { jsonRecords } from '../../../../../electron/core/imports/reader/formats/json-records.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { longestLine } from '../../../../../electron/core/imports/reader/text/text.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const runs = [
  { name: 'Morning run', created_at: '2024-05-01T07:30:00+02:00', distance: 5.2, tags: ['slow'], notes: 'Fog.' },
  { name: 'Evening run', created_at: 1714593600, distance: 8, gear: { shoes: 'blue' } },
]
const asLines = `${runs.map((run) => JSON.stringify(run)).join('\n')}\n`

describe('JSON records', () => {
  it('become an item each, with name, time and text from the usual names', async () => {
    const { items, problems } = await readAll(jsonRecords, { 'runs.json': JSON.stringify(runs) })
    expect(problems).toEqual([])
    expect(items).toMatchObject([
      {
        type: 'record',
        title: 'Morning run',
        body: 'Fog.',
        when: { at: Date.UTC(2024, 4, 1, 5, 30), offset: 120 },
        facts: { name: 'Morning run', distance: 5.2, 'tags.0': 'slow' },
        position: 1,
      },
      {
        title: 'Evening run',
        body: 'name: Evening run\ncreated_at: 1714593600\ndistance: 8\ngear.shoes: blue',
        when: { at: 1_714_593_600_000 },
        position: 2,
      },
    ])
  })

  it('keep a number beyond all that can be counted as a word', async () => {
    const { items, problems } = await readAll(jsonRecords, { 'a.json': '[{"name":"x","much":1e999,"little":-1e400}]' })
    expect(problems).toEqual([])
    expect(items).toMatchObject([{ title: 'x', facts: { much: 'Infinity', little: '-Infinity' } }])
  })

  it('are the same from lines, from a list, and from the one list of an object', async () => {
    const sames = async (text: string) => (await readAll(jsonRecords, { 'a.json': text })).items.map(({ same }) => same)
    const fromLines = await sames(asLines)
    expect(fromLines).toHaveLength(2)
    expect(await sames(JSON.stringify(runs, null, 2))).toEqual(fromLines)
    expect(await sames(JSON.stringify({ version: 1, runs }))).toEqual(fromLines)
    expect(await sames(`\ufeff${asLines.replaceAll('\n', '\r\n')}`)).toEqual(fromLines)
  })

  it('keep a name of their own only where it cannot be another record’s', async () => {
    const { items } = await readAll(jsonRecords, {
      'a.json': JSON.stringify([
        { id: 1, title: 'a' },
        { id: 1, title: 'b' },
        { id: '7f9c24e5-2f0b-4c3e-9a51-3d1b1f0f6f11', title: 'c' },
        { id: '7f9c24e5-2f0b-4c3e-9a51-3d1b1f0f6f11', title: 'c, changed' },
      ]),
    })
    expect(new Set(items.map(({ same }) => same)).size).toBe(3)
    expect(items[3]?.same).toBe(items[2]?.same)
  })

  it('come although lines between them are broken, endless or in no encoding', async () => {
    const text = Buffer.concat([
      Buffer.from(`{"title":"ä"}\n{"title":\n\n"${'x'.repeat(longestLine + 5)}"\n`),
      Buffer.from('{"title":"'),
      Uint8Array.of(0xff),
      Buffer.from('"}\n{"title":"b"}'),
    ])
    const { items, problems } = await readAll(jsonRecords, { 'a.ndjson': text }, { encoding: 'utf-8' })
    expect(items.map(({ title }) => title)).toEqual(['ä', 'b'])
    expect(problems).toEqual([
      { why: 'damaged', at: 2 },
      { why: 'too-large', at: 3 },
      { why: 'wrong-encoding', at: 4 },
    ])
  })

  it('may not be bottomless', async () => {
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`
    const { items, problems } = await readAll(jsonRecords, { 'a.json': `[{"title":"a"},${deep},{"title":"b"}]` })
    expect(items.map(({ title }) => title)).toEqual(['a', 'b'])
    expect(problems).toEqual([{ why: 'too-deep', at: 2 }])
    const inLines = await readAll(jsonRecords, {
      'a.json': `{"title":"a"}\n${deep.slice(0, 800_000)}\n{"title":"b"}\n`,
    })
    expect(inLines.problems).toHaveLength(1)
    const deepLine = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const deepInLines = await readAll(jsonRecords, { 'a.json': `{"title":"a"}\n${deepLine}\n{"title":"b"}\n` })
    expect(deepInLines.items).toHaveLength(2)
    expect(deepInLines.problems).toEqual([{ why: 'too-deep', at: 2 }])
  })

  it('without anything in them are passed over, and what has a year 0 has no time', async () => {
    const { items, skipped } = await readAll(jsonRecords, {
      'a.json':
        '[{}, {"a": null, "b": ""}, {"title": "x", "date": "0000-01-01"}, {"title": "y", "date": "9999-12-31"}]',
    })
    expect(skipped).toBe(2)
    expect(items.map(({ when }) => when)).toEqual([undefined, undefined])
  })

  it('cannot change what objects are', async () => {
    const { items } = await readAll(jsonRecords, { 'a.json': '[{"__proto__": {"polluted": 1}, "title": "x"}]' })
    expect(items[0]?.facts).toEqual({ '__proto__.polluted': 1, title: 'x' })
    expect({}).not.toHaveProperty('polluted')
  })

  it('are told from what only begins like them', () => {
    expect(jsonRecords.recognises(sampleOf('a.txt', asLines))).toBe(certainty.general)
    expect(jsonRecords.recognises(sampleOf('a.json', JSON.stringify(runs).slice(0, 60)))).toBe(certainty.general)
    expect(jsonRecords.recognises(sampleOf('a.json', '[Verse 1]\nHello'))).toBe(certainty.no)
  })

  it('give items and problems, whatever happened to the file', async () => {
    for (const bytes of mutated(new TextEncoder().encode(asLines + JSON.stringify(runs)), 400)) {
      const { items, problems, skipped } = await readAll(jsonRecords, { 'a.json': bytes })
      expect(items.length + problems.length + skipped).toBeLessThan(20)
    }
  })
})
