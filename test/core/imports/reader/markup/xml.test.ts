// XML: what is asked for comes out as it streams by, and what is meant to harm ends with its reason.
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../../../../../electron/core/imports/reader/importer.ts'
import {
  elementsOf,
  textOf,
  type Wanted,
  type XmlElement,
} from '../../../../../electron/core/imports/reader/markup/xml.ts'
import { entryOf, readingOf } from '../support.ts'

async function read(xml: string | Uint8Array, wanted: Wanted, pieceBytes = 7) {
  const elements: XmlElement[] = []
  let failed: Unreadable | undefined
  try {
    for await (const element of elementsOf(entryOf('a.xml', xml, pieceBytes), readingOf({}), wanted)) {
      elements.push(element)
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    failed = error
  }
  return { elements, failed }
}

const whole = (...names: string[]): Wanted => ({ whole: names })

describe('elements', () => {
  it('come with their attributes, text, children and what is around them', async () => {
    const { elements, failed } = await read(
      '<?xml version="1.0"?>\n<a k="1"><b>\n <c x="&lt;é&gt;">one &amp; <![CDATA[<two>]]></c></b><c/></a>',
      whole('c'),
    )
    expect(failed).toBeUndefined()
    expect(
      elements.map(({ text, attributes, within }) => [text, attributes['x'], within.map(({ name }) => name)]),
    ).toEqual([
      ['one & <two>', '<é>', ['a', 'b']],
      ['', undefined, ['a']],
    ])
    expect(elements[0]?.line).toBe(3)
    expect(elements[0]?.within[0]?.attributes['k']).toBe('1')
  })

  it('that hold others of the same name are one', async () => {
    const { elements } = await read('<r><c><c>in</c></c></r>', whole('c'))
    expect(elements).toHaveLength(1)
    expect(elements[0] && textOf(elements[0], 'c')).toBe('in')
  })

  it('come at their end without what they hold, where that is asked for', async () => {
    const { elements } = await read('<trk><p>1</p><p>2</p></trk><!-- end -->', { whole: ['p'], ends: ['trk'] })
    expect(elements.map(({ name, text, children }) => [name, text, children.length])).toEqual([
      ['p', '1', 0],
      ['p', '2', 0],
      ['trk', '', 0],
    ])
  })

  it('lose the prefix that the document uses for its own', async () => {
    const { elements } = await read('<g:gpx xmlns:g="x"><g:wpt><o:name/></g:wpt></g:gpx>', whole('wpt'))
    expect(elements[0]?.children[0]?.name).toBe('o:name')
  })

  it('are read in the encoding the file declares', async () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Größe</a>', 'latin1')
    const { elements } = await read(latin, whole('a'), 1000)
    expect(elements[0]?.text).toBe('Größe')
  })
})

describe('what is not as it should be', () => {
  it('a document type that declares entities is refused before anything is expanded', async () => {
    const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>`
    expect((await read(laughs, whole('l'))).failed?.why).toBe('forbidden-markup')
    const outside = `<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>`
    expect((await read(outside, whole('l'))).failed?.why).toBe('forbidden-markup')
    const parameter = `<!DOCTYPE l [%remote;]><l/>`
    expect((await read(parameter, whole('l'))).failed?.why).toBe('forbidden-markup')
  })

  it('a document type that only describes elements is read past', async () => {
    const { elements, failed } = await read(
      '<!DOCTYPE l SYSTEM "http://example.org/l.dtd" [<!ELEMENT l (#PCDATA)>]><l>x</l>',
      whole('l'),
    )
    expect(failed).toBeUndefined()
    expect(elements[0]?.text).toBe('x')
  })

  it('depth ends the reading, and what came before stays', async () => {
    const deep = `<r><p/>${'<d>'.repeat(200_000)}`
    const { elements, failed } = await read(deep, whole('p'), 10_000)
    expect(elements).toHaveLength(1)
    expect(failed?.why).toBe('too-deep')
  })

  it('a text, a comment or a tag without end is not held', async () => {
    const endless = 'x'.repeat(9 * 1024 * 1024)
    for (const start of ['<r>', '<r><!--', '<r><p>', '<r><p a="', '<r><![CDATA['])
      expect((await read(start + endless, whole('p'), 1_000_000)).failed?.why, start).toBe('cut-short')
    const attributes = Array.from({ length: 1_000_000 }, (_, at) => ` a${at}=""`).join('')
    expect((await read(`<r${attributes}>`, whole('p'), 1_000_000)).failed?.why).toBe('too-large')
  })

  it.each([
    ['a text', (long: string) => `<q>${long}</q>`, true],
    ['a text in a section', (long: string) => `<![CDATA[${long}]]>`, true],
    ['an attribute', (long: string) => `<q a="${long}" b='1'/>`, true],
    ['a comment', (long: string) => `<!-- ${long} -->`, false],
    ['an instruction', (long: string) => `<?x ${long}?>`, false],
  ])('%s that is too long costs what it stands in, and no line is lost count of', async (_, around, cut) => {
    const inside = around(`'&amp;\n🌍`.repeat(500_000))
    for (const piece of [4999, 1_000_000]) {
      const { elements, failed } = await read(`<r><p>one</p>\n<p>${inside}</p>\n<p>after</p></r>`, whole('p'), piece)
      expect(failed).toBeUndefined()
      expect(elements.map((element) => element.cut)).toEqual([false, cut, false])
      expect([elements[2]?.text, elements[2]?.line]).toEqual(['after', 500_003])
    }
  })

  it('an element with more in it than is held says so, and the next ones come', async () => {
    const { elements, failed } = await read(
      `<r><p><q>${`${'x'.repeat(5 * 1024 * 1024)}<!-- -->`.repeat(2)}</q></p><p>${'<q/>'.repeat(100_001)}</p><p>ok</p></r>`,
      whole('p'),
      1_000_000,
    )
    expect(failed).toBeUndefined()
    expect(elements.map(({ cut }) => cut)).toEqual([true, true, false])
    expect(elements[2]?.text).toBe('ok')
  })

  it('tags within each other may not hold more than one of them', async () => {
    const tag = `<p a="${'x'.repeat(3 * 1024 * 1024)}">`
    expect((await read(`<r>${tag.repeat(4)}`, whole('q'), 1_000_000)).failed?.why).toBe('too-large')
    const { elements, failed } = await read(`<r><q>${`${tag}</p>`.repeat(4)}</q><q/></r>`, whole('q'), 1_000_000)
    expect([elements.map(({ cut }) => cut), failed]).toEqual([[true, false], undefined])
  })

  it('a file that ends early, and one that is no XML, are told apart', async () => {
    expect((await read('<r><p>1</p><p>2', whole('p'))).failed?.why).toBe('cut-short')
    expect((await read('<r><p>1</p></q></r>', whole('p'))).failed?.why).toBe('damaged')
    expect((await read('', whole('p'))).failed?.why).toBe('cut-short')
  })

  it('entities that only HTML knows stay as text', async () => {
    expect((await read('<p>a&nbsp;b</p>', whole('p'))).elements[0]?.text).toBe('a&nbsp;b')
  })

  it('attributes named like what objects inherit are attributes', async () => {
    const { elements } = await read('<p __proto__="x" constructor="y">1</p>', whole('p'))
    expect(elements[0]?.attributes['constructor']).toBe('y')
    expect(Object.keys(elements[0]?.attributes ?? {})).toEqual(['__proto__', 'constructor'])
  })
})
