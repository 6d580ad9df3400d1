// Feeds and the lists of who follows them.
import { describe, expect, it } from 'vitest'
import { feed } from '../../../../../electron/core/imports/reader/formats/feed.ts'
import { opml } from '../../../../../electron/core/imports/reader/formats/opml.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Kitchen News</title><link>https://example.org</link><image><title>Logo</title></image>
<item><title>Soup &amp; bread</title><link>https://example.org/soup</link><guid isPermaLink="false">n-1</guid>
<pubDate>Fri, 15 Mar 2024 08:30:00 +0100</pubDate><dc:creator>Ada</dc:creator><category>Food</category>
<description>short</description><content:encoded><![CDATA[<p>Warm <b>soup</b>.</p><script>steal()</script>]]></content:encoded></item>
<item><description>Only a &lt;i&gt;text&lt;/i&gt;</description><guid>https://example.org/2</guid><pubDate>whenever</pubDate></item>
<item></item>
</channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><author><name>Site</name></author>
<entry><id>urn:1</id><title type="html">A &amp;lt; B</title><link rel="edit" href="https://example.org/edit"/><link href="https://example.org/1"/>
<published>2024-03-15T08:30:00Z</published><author><name>Bo</name></author><category term="maths"/>
<content type="xhtml"><div><p>One</p><p>Two</p></div></content></entry></feed>`

const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://example.org"><title>Old</title></channel>
<item rdf:about="https://example.org/old"><title>Old news</title><link>https://example.org/old</link></item></rdf:RDF>`

describe('a feed', () => {
  it('is known in each of its kinds', () => {
    for (const text of [rss, atom, rdf]) expect(feed.recognises(sampleOf('x', text))).toBe(certainty.certain)
    expect(feed.recognises(sampleOf('x', '<opml version="2.0"/>'))).toBe(certainty.no)
  })

  it('of RSS gives each entry as text, without what it would run', async () => {
    const { items, problems } = await readAll(feed, { 'feed.xml': rss })
    expect(
      items.map(({ title, body, when, people, tags, collections, facts }) => ({
        title,
        body,
        when,
        people,
        tags,
        collections,
        facts,
      })),
    ).toEqual([
      {
        title: 'Soup & bread',
        body: 'Warm soup.',
        when: { at: Date.UTC(2024, 2, 15, 7, 30), offset: 60 },
        people: [{ name: 'Ada', role: 'from' }],
        tags: ['Food'],
        collections: ['Kitchen News'],
        facts: { url: 'https://example.org/soup', feed: 'Kitchen News' },
      },
      {
        title: 'Only a text',
        body: 'Only a text',
        when: undefined,
        people: [],
        tags: [],
        collections: ['Kitchen News'],
        facts: { url: 'https://example.org/2', feed: 'Kitchen News' },
      },
    ])
    expect(items[0]?.same).toBe('feed:n-1')
    expect(problems.map(({ why }) => why)).toEqual(['no-such-date', 'no-content'])
  })

  it('of Atom and RSS 1.0 gives the same', async () => {
    const [entry] = (await readAll(feed, { 'atom.xml': atom })).items
    expect([entry?.title, entry?.body, entry?.people, entry?.tags, entry?.facts?.['url']]).toEqual([
      'A < B',
      'One\nTwo',
      [{ name: 'Bo', role: 'from' }],
      ['maths'],
      'https://example.org/1',
    ])
    const [old] = (await readAll(feed, { 'old.rdf': rdf })).items
    expect([old?.title, old?.same, old?.collections]).toEqual(['Old news', 'feed:https://example.org/old', ['Old']])
  })

  it('that declares entities is refused, and one cut or bent anywhere ends with a reason', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "b">]>${rss.slice(rss.indexOf('<rss'))}`
    expect((await readAll(feed, { 'bomb.xml': bomb })).problems[0]?.why).toBe('forbidden-markup')
    for (const bad of mutated(Buffer.from(rss), 150)) {
      expect((await readAll(feed, { 'bad.xml': bad })).items.length).toBeLessThanOrEqual(4)
    }
  })
})

const list = `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Kitchen" type="rss" xmlUrl="https://example.org/feed" htmlUrl="https://example.org" category="food,daily"/></outline>
<outline title="Alone" xmlUrl="https://example.org/alone"/>
<outline text="Journey"><outline text="Pack" _note="warm&#10;things"><outline text="Socks"/></outline><outline text="Go"/></outline>
</body></opml>`

describe('OPML', () => {
  it('gives who is followed, with their folder', async () => {
    expect(opml.recognises(sampleOf('x', list))).toBe(certainty.certain)
    const { items } = await readAll(opml, { 'list.opml': list })
    expect(items.slice(0, 2).map(({ type, title, body, facts, tags }) => [type, title, body, facts, tags])).toEqual([
      [
        'bookmark',
        'Kitchen',
        'https://example.org\n\nhttps://example.org/feed',
        { url: 'https://example.org/feed', folder: 'News' },
        ['food', 'daily'],
      ],
      ['bookmark', 'Alone', 'https://example.org/alone', { url: 'https://example.org/alone' }, []],
    ])
  })

  it('gives an outline as one note', async () => {
    const { items } = await readAll(opml, { 'list.opml': list })
    expect(items).toHaveLength(3)
    expect([items[2]?.type, items[2]?.title, items[2]?.body]).toEqual([
      'note',
      'Journey',
      '- Pack\n  warm\n  things\n  - Socks\n- Go',
    ])
  })

  it('nested without end stops with its reason', async () => {
    const deep = `<opml><body><outline text="first"/>${'<outline text="x">'.repeat(10_000)}`
    const { items, problems } = await readAll(opml, { 'deep.opml': deep })
    expect([items.length, problems.map(({ why }) => why)]).toEqual([1, ['too-deep']])
  })
})
