// Which importer a file is for is told by its content. Takeout puts mail into folders named after labels, and people name
// files as they like: neither may lead astray.
import { describe, expect, it } from 'vitest'
import { importerFor } from '../../../../electron/core/imports/reader/detect.ts'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { certainty } from '../../../../electron/core/imports/reader/importer.ts'
import { sampleOf } from './support.ts'
import { starts } from './samples/starts.ts'
import { talks } from './samples/talks.ts'

const surest = (path: string, file: string | Uint8Array) => {
  const claims = importers.map((importer) => ({
    format: importer.format,
    sure: importer.recognises(sampleOf(path, file)),
  }))
  const most = Math.max(...claims.map(({ sure }) => sure))
  return most === 0 ? [] : claims.filter(({ sure }) => sure === most).map(({ format }) => format)
}

/** In folders and under names that promise something else. */
const paths = [
  'x',
  'Takeout/Mail/Keep.json',
  'Takeout/Location History/Inbox.mbox',
  'My Activity/bank.csv',
  'Calendar/a.ics.html',
]

describe('a file', () => {
  it('is claimed by its own importer alone, wherever it lies and whatever it is called', () => {
    for (const [format, file] of starts) {
      for (const path of paths) expect(surest(path, file), `${format} as ${path}`).toEqual([format])
    }
  })

  it('that only speaks of a format is no file of that format', () => {
    const general = new Set(['html', 'markdown', 'json', 'csv', 'text'])
    for (const [format, file] of [...starts, ...talks]) {
      // Banks write whatever they like above their tables.
      if (typeof file !== 'string' || format === 'bank-csv') continue
      for (const before of ['# This is how such a file begins:\n', "import xml\n\nsample = '''\n", '1. ', '> ']) {
        const said = `${before}${file}\n'''\n`
        expect(general, `${format} after ${before}`).toContain(importerFor(importers, sampleOf('a.py', said))?.format)
      }
    }
    const page = '<!DOCTYPE html><html><body><h1>Terms</h1><dl><dt><a href="/x">x</a><dd>is a letter</dl></body></html>'
    expect(importerFor(importers, sampleOf('a', page))?.format).toBe('html')
    for (const text of ['[Verse 1]\nla la', '{{template}} and more', 'what %PDF-1.7 means', '[todo'])
      expect(importerFor(importers, sampleOf('a', text))?.format, text).toBe('text')
  })

  it('made to be looked at for ever is looked at and left', () => {
    const blank = ' '.repeat(65_000)
    const starts = ['<DL>', '<div class="note', '<?xml', '{"a":', 'BEGIN:', '<feed ', '!Type', '']
    const repeated = ['<', '"', '\n', '"\n', ';', '<DL> ', '<div class="note"', '<rdf:RDF ', '[{"a":', '<div ', 'a,']
    const files = [
      ...starts.map((start) => start + blank),
      ...repeated.map((part) => part.repeat(65_000 / part.length)),
    ]
    for (const file of files) {
      const sure = importers.filter((importer) => importer.recognises(sampleOf('x', file)) === certainty.certain)
      expect(
        sure.map(({ format }) => format),
        file.slice(0, 20),
      ).toEqual([])
    }
  })

  it('of mail, dates or people is never taken for anything else of Takeout', () => {
    const others: [string, string][] = [
      [
        'mbox',
        'From 1@xxx Fri Mar 15 10:00:00 +0000 2024\nX-Gmail-Labels: Keep,My Activity\nSubject: Timeline\n\n{"isTrashed":false}\n',
      ],
      ['ics', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n'],
      ['vcard', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n'],
    ]
    const labels = [
      'Takeout/Mail/Keep/My Activity.mbox',
      'Takeout/Calendar/Records.json.ics',
      'Takeout/Contacts/Semantic Location History/All.vcf',
    ]
    for (const [format, file] of others) {
      for (const path of labels) expect(surest(path, file), path).toEqual([format])
    }
  })
})
