// One text that is longer than anybody reads, between two records as they should be: it costs what it stands in, that is
// told, and what comes behind it arrives.
import { describe, expect, it } from 'vitest'
import { importers } from '../../../../../electron/core/imports/reader/importers.ts'
import type { Importer } from '../../../../../electron/core/imports/reader/importer.ts'
import { importerFor, readAll } from '../support.ts'

const places = (name: string) =>
  ['one', name, 'after'].map((title, at) => `<wpt lat="1" lon="${at}"><name>${title}</name></wpt>`).join('\n')
const entries = (text: string) =>
  ['', text, ''].map((body, at) => `<item><title>${at}</title><description>${body}</description></item>`).join('\n')
const bookings = ['one', 'two', 'after']
const long = 'word '.repeat(1_200_000)

const files: readonly (readonly [format: string, file: string, lastTitle: string])[] = [
  ['gpx', `<gpx>${places(long)}</gpx>`, 'after'],
  ['gpx', `<gpx><trk><name>${long}</name><trkpt lat="1" lon="2"/></trk>${places('two')}</gpx>`, 'after'],
  ['feed', `<rss><channel>${entries(long)}</channel></rss>`, '2'],
  ['opml', `<opml><body><outline text="one"/><outline text="${long}"/><outline text="after"/></body></opml>`, 'after'],
  [
    'ofx',
    `OFXHEADER:100\n<OFX>${bookings
      .map((name, at) => `<STMTTRN><DTPOSTED>2024010${at + 1}<TRNAMT>-1<NAME>${at === 1 ? long : name}</STMTTRN>`)
      .join('\n')}</OFX>`,
    'after',
  ],
  [
    'qif',
    `!Type:Bank\n${bookings.map((name, at) => `D2024-01-0${at + 1}\nT-1.00\nP${at === 1 ? long : name}\n^\n`).join('')}`,
    'after',
  ],
]

describe('a text without end', () => {
  it.each(files)('in %s costs nothing but itself', async (format, file, lastTitle) => {
    const importer = importerFor(importers, 'a', file) as Importer
    expect(importer.format).toBe(format)
    const { items, problems } = await readAll(importer, { a: file })
    expect(items.at(-1)?.title).toContain(lastTitle)
    expect(problems.map(({ why }) => why)).toEqual(['too-large'])
    expect(items.every(({ title }) => title.length <= 200)).toBe(true)
  })
})
