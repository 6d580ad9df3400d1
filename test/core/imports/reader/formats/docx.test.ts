import { describe, expect, it } from 'vitest'
import { docx } from '../../../../../electron/core/imports/reader/formats/docx.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { makeZip } from '../samples/zips.ts'
import { readAll, sampleOf } from '../support.ts'

const open =
  '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
const close = '</w:body></w:document>'
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (inside: string, properties = '') => `<w:p><w:pPr>${properties}</w:pPr>${inside}</w:p>`
const listed = (text: string, level: number) =>
  paragraph(run(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`)
const cell = (...texts: string[]) => `<w:tc>${texts.map((text) => paragraph(run(text))).join('')}</w:tc>`

const about = `<?xml version="1.0"?><cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>Minutes</dc:title>
<dc:creator>Ann Ahl</dc:creator><dcterms:created>2024-03-01T10:00:00Z</dcterms:created></cp:coreProperties>`

const docxOf = (document: string, more: Record<string, string> = {}) =>
  makeZip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'word/document.xml', content: document },
    ...Object.entries(more).map(([name, content]) => ({ name, content })),
  ])

const minutes = docxOf(
  open +
    paragraph(run('Minutes of May'), '<w:pStyle w:val="Heading1"/><w:tabs><w:tab w:val="left"/></w:tabs>') +
    paragraph(`${run('Present: Ann &amp; ')}${run('Bo')}<w:r><w:footnoteReference w:id="2"/></w:r>`) +
    listed('bread', 0) +
    listed('rye', 1) +
    `<w:tbl><w:tr>${cell('Who', '?')}${cell('What')}</w:tr><w:tr>${cell('Ann')}${cell('bakes')}</w:tr></w:tbl>` +
    paragraph(
      `<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>${run('one')}<w:r><w:tab/><w:br/></w:r>${run('two')}`,
    ) +
    paragraph(
      '<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice>' +
        '<mc:Fallback><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r>',
    ) +
    close,
  {
    'word/footnotes.xml': `<w:footnotes><w:footnote w:id="2">${paragraph(run('later'))}</w:footnote></w:footnotes>`,
    'docProps/core.xml': about,
  },
)

describe('a Word document', () => {
  it('is a document with its words, in paragraphs, lists, tables and notes', async () => {
    const { items, problems } = await readAll(docx, { 'a.docx': minutes })
    expect(problems).toEqual([])
    expect(items).toMatchObject([
      {
        type: 'document',
        title: 'Minutes',
        when: { at: Date.UTC(2024, 2, 1, 10) },
        people: [{ name: 'Ann Ahl', role: 'from' }],
        body: [
          'Minutes of May\n',
          'Present: Ann & Bo[2]\n',
          '- bread',
          '  - rye\n',
          'Who ?\tWhat',
          'Ann\tbakes',
          '\none\t\ntwo\n',
          'boxed\n',
          '[2] later',
        ].join('\n'),
      },
    ])
  })

  it('is called after its first heading, else after its file, and is the same under another name', async () => {
    const plain = docxOf(open + paragraph(run('Words')) + close)
    expect((await readAll(docx, { 'x/To Bo.docx': plain })).items[0]?.title).toBe('To Bo')
    const headed = await readAll(docx, {
      'a.docx': docxOf(
        open + paragraph(run('Words')) + paragraph(run('The plan'), '<w:pStyle w:val="Title"/>') + close,
      ),
    })
    expect(headed.items[0]?.title).toBe('The plan')
    expect((await readAll(docx, { 'b.docx': plain })).items[0]?.same).toBe(
      (await readAll(docx, { 'a.docx': plain })).items[0]?.same,
    )
  })

  it('may not unpack into more than any document has', async () => {
    const bomb = docxOf(`${open}<!--${'x'.repeat(10 * 1024 * 1024)}-->${close}`)
    expect((await readAll(docx, { 'a.docx': bomb })).problems).toMatchObject([{ why: 'too-large' }])
    const wordy = docxOf(open + paragraph(run('word '.repeat(100))).repeat(60_000) + close)
    expect((await readAll(docx, { 'a.docx': wordy })).problems).toMatchObject([{ why: 'too-large' }])
    const hollow = docxOf(open + '<w:p/>'.repeat(11_500_000) + close)
    expect((await readAll(docx, { 'a.docx': hollow })).problems).toMatchObject([{ why: 'bomb' }])
  })

  it('may not lie about its size, declare what it is filled with, or be bottomless', async () => {
    const lying = makeZip([
      { name: 'word/document.xml', content: open + run('x').repeat(100) + close, claimedBytes: 10 },
    ])
    expect((await readAll(docx, { 'a.docx': lying })).problems).toMatchObject([{ why: 'damaged' }])
    const entities = `<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]>${open}${paragraph(run('&b;'))}${close}`
    expect((await readAll(docx, { 'a.docx': docxOf(entities) })).problems).toMatchObject([{ why: 'forbidden-markup' }])
    const deep = `${open}${'<w:p>'.repeat(200_000)}`
    expect((await readAll(docx, { 'a.docx': docxOf(deep) })).problems).toMatchObject([{ why: 'too-deep' }])
  })

  it('that Word has locked says so, and is known by its name alone: within, all old Office files look alike', async () => {
    const locked = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000)])
    expect(docx.recognises(sampleOf('minutes.docx', locked))).toBe(certainty.likely)
    expect(docx.recognises(sampleOf('minutes.doc', locked))).toBe(certainty.no)
    expect((await readAll(docx, { 'minutes.docx': locked })).problems).toMatchObject([{ why: 'locked-inside' }])
  })

  it('that is cut, empty or without its text says so', async () => {
    expect((await readAll(docx, { 'a.docx': minutes.subarray(0, 900) })).problems).toMatchObject([{ why: 'cut-short' }])
    expect(await readAll(docx, { 'a.docx': docxOf(open + close) })).toMatchObject({ items: [], problems: [] })
    const scanned = docxOf(open + close, { 'word/media/image1.png': 'x' })
    expect((await readAll(docx, { 'a.docx': scanned })).problems).toEqual([{ why: 'only-pictures' }])
    expect((await readAll(docx, { 'a.docx': makeZip([{ name: 'word/x', content: '' }]) })).problems).toMatchObject([
      { why: 'damaged' },
    ])
    expect((await readAll(docx, { 'a.docx': docxOf(open + paragraph(run('x'))) })).problems).toMatchObject([
      { why: 'cut-short' },
    ])
  })

  it('is told from other zips', () => {
    expect(docx.recognises(sampleOf('x', minutes))).toBe(certainty.certain)
    expect(docx.recognises(sampleOf('x.docx', makeZip([{ name: 'word/a.txt', content: 'word/' }])))).toBe(certainty.no)
    const sheet = makeZip([
      { name: '[Content_Types].xml', content: '' },
      { name: 'xl/workbook.xml', content: '' },
    ])
    expect(docx.recognises(sampleOf('x.xlsx', sheet))).toBe(certainty.no)
  })

  it('gives items and problems, whatever happened to the file', async () => {
    for (const bytes of mutated(minutes, 400)) {
      const { items, problems } = await readAll(docx, { 'a.docx': bytes })
      expect(items.length + problems.length).toBe(1)
    }
  })
})
