import { describe, expect, it } from 'vitest'
import { htmlPage } from '../../../../../electron/core/imports/reader/formats/html-page.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const article = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>On walking</title>
<link rel="canonical" href="https://example.org/walking"><meta name="author" content="Bo Berg">
<meta property="article:published_time" content="2023-11-05T08:00:00Z"><meta property="og:site_name" content="Example">
<script>steal()</script></head><body onload="steal()"><h1>On walking</h1><p>Slowly, and <a href="https://example.org/far">far</a>.</p>
</body></html>`

describe('a saved page', () => {
  it('is a document with its words, its address, its author and its time', async () => {
    const { items, problems } = await readAll(htmlPage, { 'page.html': article })
    expect(problems).toEqual([])
    expect(items).toMatchObject([
      {
        same: 'html:https://example.org/walking',
        type: 'document',
        title: 'On walking',
        body: 'On walking\n\nSlowly, and far.',
        when: { at: Date.UTC(2023, 10, 5, 8) },
        people: [{ name: 'Bo Berg', role: 'from' }],
        facts: { url: 'https://example.org/walking', site: 'Example', links: 1 },
      },
    ])
    expect(JSON.stringify(items)).not.toContain('steal')
  })

  it('knows where its browser says it was saved from', async () => {
    const { items } = await readAll(htmlPage, {
      'a.htm': '<!DOCTYPE html>\n<!-- saved from url=(0022)https://example.org/a?b -->\n<html><body>text</body></html>',
    })
    expect(items[0]).toMatchObject({ title: 'a', facts: { url: 'https://example.org/a?b' } })
  })

  it('without an address is the same where its words are', async () => {
    const sameOf = async (name: string, html: string) => (await readAll(htmlPage, { [name]: html })).items[0]?.same
    expect(await sameOf('a.html', '<html><p>one two')).toBe(await sameOf('b.html', '<html>\n<p class=x>one  two</p>'))
  })

  it('is read in the encoding it declares', async () => {
    const page = Buffer.from('<html><meta charset="iso-8859-5"><body>\xbf\xe0\xd8\xd2\xd5\xe2</body></html>', 'latin1')
    expect((await readAll(htmlPage, { 'a.html': page })).items[0]?.body).toBe('Привет')
  })

  it('without words is nothing to keep', async () => {
    const page = '<html><script>document.write("x")</script></html>'
    expect(await readAll(htmlPage, { 'a.html': page })).toEqual({ items: [], problems: [], skipped: 0 })
  })

  it('is told from other markup', () => {
    expect(htmlPage.recognises(sampleOf('a', article))).toBe(certainty.likely)
    expect(htmlPage.recognises(sampleOf('a.html', '<p>x</p><div>y</div>'))).toBe(certainty.general)
    expect(htmlPage.recognises(sampleOf('a.html', '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL>'))).toBe(certainty.no)
    expect(htmlPage.recognises(sampleOf('a.html', '<?xml version="1.0"?><rss></rss>'))).toBe(certainty.no)
  })

  it('gives items and problems, whatever happened to the file', async () => {
    let pages = 0
    for (const bytes of mutated(new TextEncoder().encode(article), 300)) {
      const { items, problems } = await readAll(htmlPage, { 'a.html': bytes })
      const others = problems.filter(({ why }) => why !== 'wrong-encoding' && why !== 'no-such-date')
      expect(others).toEqual([])
      // One that is cut before its first words has none.
      expect(items.length).toBeLessThanOrEqual(1)
      pages += items.length
    }
    expect(pages).toBeGreaterThan(200)
  })
})
