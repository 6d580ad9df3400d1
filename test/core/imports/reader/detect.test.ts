// Which importer a file is for is told by its content. Takeout puts mail into folders named after labels, and people name
// files as they like: neither may lead astray.
import { describe, expect, it } from 'vitest'
import { certainty, type Certainty, type Importer } from '../../../../electron/core/imports/reader/importer.ts'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { starts } from './samples/starts.ts'
import { talks } from './samples/talks.ts'
import { importerFor, sampleOf } from './support.ts'

const { no, general, likely, certain } = certainty
const samples = [...starts, ...talks]

/** What takes whatever nobody else wants, and says so of itself: their draws are settled by the order of the list. */
const plain = ['docx', 'pdf', 'html', 'markdown', 'json', 'csv', 'text']

const claiming = (format: string, sure: Certainty): Importer => ({
  format,
  counts: 'bytes',
  recognises: () => sure,
  async *read() {
    yield { skipped: true }
  },
})

const surest = (path: string, file: string | Uint8Array) => {
  const claims = importers.map((importer) => ({
    format: importer.format,
    sure: importer.recognises(sampleOf(path, file)),
  }))
  const most = Math.max(...claims.map(({ sure }) => sure))
  return most === no ? [] : claims.filter(({ sure }) => sure === most).map(({ format }) => format)
}

describe('the importer of a file', () => {
  const chosen = (...list: Importer[]) => importerFor(list, 'x', 'x')?.format

  it('is the one that is surest, and of those the first', () => {
    expect(chosen(claiming('a', general), claiming('b', certain), claiming('c', certain), claiming('d', likely))).toBe(
      'b',
    )
  })

  it('is none where nobody wants it', () => {
    expect(chosen(claiming('a', no), claiming('b', no))).toBeUndefined()
    expect(chosen()).toBeUndefined()
    expect(importerFor(importers, 'x', new Uint8Array([0, 1, 2, 3]))).toBeUndefined()
  })
})

describe('a sample of each format', () => {
  it('is there', () => {
    const known = new Set([...samples.map(([format]) => format), ...plain])
    expect(importers.map(({ format }) => format).filter((format) => !known.has(format))).toEqual([])
    expect(new Set(importers.map(({ format }) => format)).size).toBe(importers.length)
  })

  it.each([
    'x',
    'a.ics',
    'notes/Kept.md',
    'export/data.csv',
    'Inbox.mbox',
    'Calendar/a.ics.html',
    'Takeout/Mail/Keep.json',
    'Takeout/Keep/page.html',
    'Takeout/Location History/Inbox.mbox',
    'My Activity/bank.csv',
    'WhatsApp Chat/result.json',
  ])('is claimed by its own importer alone, though it is called %s', (path) => {
    for (const [format, file] of samples) expect(surest(path, file), `${format} as ${path}`).toEqual([format])
  })
})

describe('a file', () => {
  it('that only speaks of a format is no file of that format', () => {
    const whoTakesAnything = new Set(['html', 'markdown', 'json', 'csv', 'text'])
    for (const [format, file] of samples) {
      // Banks write whatever they like above their tables.
      if (typeof file !== 'string' || format === 'bank-csv') continue
      for (const before of ['# This is how such a file begins:\n', "import xml\n\nsample = '''\n", '1. ', '> ']) {
        const said = `${before}${file}\n'''\n`
        expect(whoTakesAnything, `${format} after ${before}`).toContain(importerFor(importers, 'a.py', said)?.format)
      }
    }
    const page = '<!DOCTYPE html><html><body><h1>Terms</h1><dl><dt><a href="/x">x</a><dd>is a letter</dl></body></html>'
    expect(importerFor(importers, 'a', page)?.format).toBe('html')
    const prose =
      'Dear diary,\nFrom: the window I see\nSubject: snow\n\nBEGIN:VCALENDAR is what calendars begin with.\n31.12.25 was cold.\n'
    expect(importerFor(importers, 'diary.txt', prose)?.format).toBe('text')
    expect(importerFor(importers, 'a.json', '{"messages":[{"text":"hi"}]}')?.format).toBe('json')
    for (const text of ['[Verse 1]\nla la', '{{template}} and more', 'what %PDF-1.7 means', '[todo'])
      expect(importerFor(importers, 'a', text)?.format, text).toBe('text')
  })

  it('made to be looked at for ever is looked at and left', () => {
    const blank = ' '.repeat(65_000)
    const begun = ['<DL>', '<div class="note', '<?xml', '{"a":', 'BEGIN:', '<feed ', '!Type', '']
    const repeated = ['<', '"', '\n', '"\n', ';', '<DL> ', '<div class="note"', '<rdf:RDF ', '[{"a":', '<div ', 'a,']
    const files = [...begun.map((start) => start + blank), ...repeated.map((part) => part.repeat(65_000 / part.length))]
    for (const file of files) {
      const sure = importers.filter((importer) => importer.recognises(sampleOf('x', file)) === certain)
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
