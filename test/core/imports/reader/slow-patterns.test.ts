// Patterns over what others wrote are matched in time with its length. The first of these texts kept one of ours for ever; the
// others are made for patterns whose time would grow with the square of it, or worse.
import { describe, expect, it } from 'vitest'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { linksIn, withoutCode } from '../../../../electron/core/note-links.ts'
import { readAll, sampleOf } from './support.ts'

const of = (piece: string, bytes = 60_000) => piece.repeat(bytes / piece.length)
const texts: readonly (readonly [what: string, text: string])[] = [
  ['front matter of lists that could be names', `---\n${of('--a: b\n', 600)}x`],
  ['links that never close', of('[[')],
  ['addresses that never close', of('](')],
  ['headings between old line ends', `a\n${of('\r=')}`],
  ['fences between old line ends', of('~~~\r')],
  ['a fence without end', of('`')],
  ['a number that is none', `name,value\n${of('0')}x,1\n`],
  ['a column called by spaces', `Date,Amount${of('\t')}x,Text\n2026-01-05,1,a\n`],
  ['a mail that came at many times', `From a ${of('0:00')}\r\n\n`],
  ['a heading of spaces', `# ${of(' ')}x`],
  ['comments that never close', of('<!--')],
  ['declarations that never close', of('<?xml ')],
]

describe('a text that a careless pattern would not come to the end of', () => {
  it.each(texts)('is looked at and read all the same: %s', async (_, text) => {
    const sample = sampleOf('in/file', Buffer.from(text))
    const claiming = importers.filter(({ recognises }) => recognises(sample) > 0)
    expect(claiming).not.toEqual([])
    for (const importer of claiming) await readAll(importer, { 'in/file': text })
    expect(linksIn(withoutCode(text)).length).toBeLessThanOrEqual(2000)
  })
})
