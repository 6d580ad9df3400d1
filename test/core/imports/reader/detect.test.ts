import { describe, expect, it } from 'vitest'
import { importerFor } from '../../../../electron/core/imports/reader/detect.ts'
import { certainty, type Certainty, type Importer } from '../../../../electron/core/imports/reader/importer.ts'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { starts } from './samples/starts.ts'
import { talks } from './samples/talks.ts'
import { sampleOf } from './support.ts'

const claiming = (format: string, sure: Certainty): Importer => ({
  format,
  counts: 'bytes',
  recognises: () => sure,
  async *read() {
    yield { skipped: true }
  },
})
const { no, general, likely, certain } = certainty

/** What takes whatever nobody else wants, and says so of itself: their draws are settled by the order of the list. */
const plain = ['docx', 'pdf', 'html', 'markdown', 'json', 'csv', 'text']

describe('the importer of a file', () => {
  const chosen = (...list: Importer[]) => importerFor(list, sampleOf('x', 'x'))?.format

  it('is the one that is surest, and of those the first', () => {
    expect(chosen(claiming('a', general), claiming('b', certain), claiming('c', certain), claiming('d', likely))).toBe(
      'b',
    )
  })

  it('is none where nobody wants it', () => {
    expect(chosen(claiming('a', no), claiming('b', no))).toBeUndefined()
    expect(chosen()).toBeUndefined()
    expect(importerFor(importers, sampleOf('x', new Uint8Array([0, 1, 2, 3])))).toBeUndefined()
  })
})

describe('a sample of each format', () => {
  const samples = [...starts, ...talks]

  it('is there', () => {
    const known = new Set([...samples.map(([format]) => format), ...plain])
    expect(importers.map(({ format }) => format).filter((format) => !known.has(format))).toEqual([])
    expect(new Set(importers.map(({ format }) => format)).size).toBe(importers.length)
  })

  it.each([
    'x',
    'notes/Kept.md',
    'export/data.csv',
    'Takeout/Keep/page.html',
    'WhatsApp Chat/result.json',
    'Inbox.mbox',
    'a.ics',
  ])('is claimed by its own importer alone, though it is called %s', (path) => {
    for (const [format, file] of samples) {
      const claims = importers.map((importer) => ({
        format: importer.format,
        sure: importer.recognises(sampleOf(path, file)),
      }))
      const most = Math.max(...claims.map(({ sure }) => sure))
      const surest = claims.filter(({ sure }) => sure === most && sure > no)
      expect(
        surest.map((claim) => claim.format),
        file.slice(0, 60).toString(),
      ).toEqual([format])
    }
  })

  it('is claimed by nobody when it is only spoken of', () => {
    const prose =
      'Dear diary,\nFrom: the window I see\nSubject: snow\n\nBEGIN:VCALENDAR is what calendars begin with.\n31.12.25 was cold.\n'
    expect(importerFor(importers, sampleOf('diary.txt', prose))?.format).toBe('text')
    expect(importerFor(importers, sampleOf('a.json', '{"messages":[{"text":"hi"}]}'))?.format).toBe('json')
  })
})
