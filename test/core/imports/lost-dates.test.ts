// Dates that there are none of. What stands beside them still arrives, and the report says where each is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vaultTemplate } from '../support.ts'
import { makePdf, words } from './reader/samples/pdfs.ts'
import { bring, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const calendar = (name: string, ...lines: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `BEGIN:${name}`,
    `UID:${name}`,
    'SUMMARY:x',
    ...lines,
    `END:${name}`,
    'END:VCALENDAR',
    '',
  ].join('\r\n')

/** Each with how many items it gives, and where in it the dates are. */
const files: Readonly<
  Record<string, readonly [content: string | Uint8Array, items: number, at: readonly (number | null)[]]>
> = {
  'days.csv': [
    'Date,Title\n2024-02-28,a\n2024-02-31,b\n2024-13-01,c\n99:99,d\n2024-03-01 25:00,e\n,f\n',
    6,
    [3, 4, 5, 6],
  ],
  'days.tsv': ['When\tWhat\tWhere\n2024-02-31\tp\tx\n28.02.2024\tq\ty\n', 2, [2]],
  'runs.ndjson': ['{"title":"a","date":"2024-02-28"}\n{"title":"b","date":"2024-02-31"}\n', 2, [2]],
  'runs.json': ['[{"title":"c","date":"99:99"},{"title":"d","created_at":"2024-13-01T10:00:00Z"}]', 2, [1, 2]],
  'far.json': ['[{"title":"e","timestamp":9999999999999999}]', 1, [1]],
  'note.md': ['---\ndate: 2024-02-31\n---\n\nWords of the note.\n', 1, [0]],
  'page.html': [
    '<!DOCTYPE html><html><head><meta name="date" content="2024-02-31"></head><p>Words.</p></html>',
    1,
    [0],
  ],
  'todo.ics': [calendar('VTODO', 'DUE:20240231T100000Z'), 1, [3]],
  'tea.ics': [
    calendar('VEVENT', 'DTSTART:20240228T100000Z', 'DTEND:20240231T100000Z', 'EXDATE:20240231T100000Z'),
    1,
    [3, 3],
  ],
  'news.rss': [
    '<rss version="2.0"><channel>\n<item><title>x</title><pubDate>31 Feb 2024</pubDate></item></channel></rss>',
    1,
    [2],
  ],
  'way.gpx': [
    '<gpx>\n<wpt lat="1" lon="2"><time>2024-02-31T10:00:00Z</time></wpt>\n<trk><trkpt lat="1" lon="2"><time>2024-02-31T10:00:00Z</time></trkpt></trk></gpx>',
    2,
    [2, 3],
  ],
  'scan.pdf': [makePdf({ pages: [words([270, 'x'])], info: '/CreationDate(D:20240231100000Z)' }), 1, [1]],
  'mail.eml': ['From: a@example.org\r\nDate: Sat, 31 Feb 2024 10:00:00 +0000\r\nSubject: x\r\n\r\nhi', 1, [0]],
}

describe('a date that cannot be', () => {
  it('is told, and what it stands in arrives without it', async () => {
    const app = await template.open()
    const contents = Object.fromEntries(Object.entries(files).map(([name, [content]]) => [name, content]))
    const { import: id } = await bring(app, await uploaded(app, contents))
    const { files: read, problems } = await app.call('imports.get', { id, limit: 200 })
    expect(Object.fromEntries(read.map(({ path, added }) => [path, added]))).toEqual(
      Object.fromEntries(Object.entries(files).map(([name, [, items]]) => [name, items])),
    )
    expect(new Set(problems.map(({ why }) => why))).toEqual(new Set(['no-such-date']))
    const places = Object.groupBy(problems, ({ path }) => path)
    expect(
      Object.fromEntries(Object.entries(places).map(([path, all = []]) => [path, all.map(({ at }) => at)])),
    ).toEqual(Object.fromEntries(Object.entries(files).map(([name, [, , at]]) => [name, at])))
    const rows = (await app.call('library.list', { filter: {}, limit: 100 })).rows
    expect(rows.flatMap(({ title, day }) => (day?.startsWith('2024') ? title : [])).toSorted()).toEqual([
      ...['a', 'a', 'q', 'x'],
    ])
  })
})
