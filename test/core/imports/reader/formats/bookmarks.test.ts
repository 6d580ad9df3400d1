// Bookmarks as browsers exchange them: badly closed HTML.
import { describe, expect, it } from 'vitest'
import { bookmarks } from '../../../../../electron/core/imports/reader/formats/bookmarks.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { readAll, sampleOf } from '../support.ts'

const file = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1700000000">Cooking &amp; more</H3>
    <DL><p>
        <DT><A HREF="https://example.org/bread" ADD_DATE="1710000000" TAGS="baking,slow">Sourdough</A>
        <DD>Takes two days,
and is worth it
        <DT><H3>Inner</H3>
        <DL><p>
            <DT><A HREF="https://example.org/rye" ADD_DATE="1710000001000000">Rye</A>
        </DL><p>
    </DL><p>
    <DT><A HREF="javascript:alert(1)">Bookmarklet</A>
    <DT><A HREF="https://example.org/last" ADD_DATE="never"></A>
</DL><p>`

describe('a bookmark file', () => {
  it('is known by its first line, and without it by its lists', () => {
    expect(bookmarks.recognises(sampleOf('x', file))).toBe(certainty.certain)
    expect(bookmarks.recognises(sampleOf('x', '<DL><p>\n<DT><A HREF="https://example.org">x</A></DL>'))).toBe(
      certainty.likely,
    )
    expect(bookmarks.recognises(sampleOf('x', '<html><body><p>page</p></body></html>'))).toBe(certainty.no)
  })

  it('gives every bookmark with its folders, tags, description and day', async () => {
    const { items, problems } = await readAll(bookmarks, { 'bookmarks.html': file })
    expect(problems).toEqual([])
    expect(items.map(({ title, facts, tags, when }) => ({ title, facts, tags, when }))).toEqual([
      {
        title: 'Sourdough',
        facts: { url: 'https://example.org/bread', folder: 'Cooking & more' },
        tags: ['baking', 'slow'],
        when: { at: 1_710_000_000_000 },
      },
      {
        title: 'Rye',
        facts: { url: 'https://example.org/rye', folder: 'Cooking & more / Inner' },
        tags: [],
        when: { at: 1_710_000_001_000 },
      },
      { title: 'Bookmarklet', facts: {}, tags: [], when: undefined },
      {
        title: 'https://example.org/last',
        facts: { url: 'https://example.org/last' },
        tags: [],
        when: undefined,
      },
    ])
    expect(items[0]?.body).toBe('Takes two days,\nand is worth it\n\nhttps://example.org/bread')
  })

  it('says the same of a bookmark under another file name', async () => {
    const one = await readAll(bookmarks, { 'a.html': file })
    const other = await readAll(bookmarks, { 'b.html': file })
    expect(other.items.map(({ same }) => same)).toEqual(one.items.map(({ same }) => same))
    expect(new Set(one.items.map(({ same }) => same)).size).toBe(4)
  })

  it('with lists in lists without end stops with its reason, and keeps what came before', async () => {
    const deep = `<DL><DT><A HREF="https://example.org">x</A>${'<DL>'.repeat(100_000)}`
    const { items, problems } = await readAll(bookmarks, { 'deep.html': deep })
    expect(items).toHaveLength(1)
    expect(problems.map(({ why }) => why)).toEqual(['too-deep'])
  })

  it('with a byte that is no text loses the one bookmark it stands in', async () => {
    const bytes = Buffer.from(file)
    bytes[bytes.indexOf('Rye')] = 0xff
    const { items, problems } = await readAll(bookmarks, {
      'bookmarks.html': Buffer.concat([Buffer.from('<!-- \u00e9 -->'), bytes]),
    })
    expect(items.map(({ title }) => title)).toEqual(['Sourdough', 'Bookmarklet', 'https://example.org/last'])
    expect(problems).toEqual([{ why: 'wrong-encoding', at: 1 }])
  })

  it('cut anywhere gives what is whole', async () => {
    for (let end = 0; end < file.length; end += 3) {
      const { items } = await readAll(bookmarks, { 'cut.html': file.slice(0, end) })
      expect(items.length).toBeLessThanOrEqual(4)
    }
  })
})
