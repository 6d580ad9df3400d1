import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pdf } from '../../../../../electron/core/imports/reader/formats/pdf.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { makePdf, words } from '../samples/pdfs.ts'
import { readAll, sampleOf } from '../support.ts'

const letter = makePdf({
  pages: [
    words([270, 'Dear Ann,'], [256, 'thank you'], [242, 'for the caf\\351.'], [200, 'Yours']),
    words([270, 'Page two']),
  ],
  info: "/Title(A letter)/Author(Bo Berg)/CreationDate(D:20240102030405+01'00')",
})

describe('a PDF', () => {
  it('is a document with the words of its pages', async () => {
    const { items, problems } = await readAll(pdf, { 'letter.pdf': letter })
    expect(problems).toEqual([])
    expect(items).toMatchObject([
      {
        type: 'document',
        title: 'A letter',
        body: 'Dear Ann,\nthank you\nfor the café.\n\nYours\n\nPage two',
        when: { at: Date.UTC(2024, 0, 2, 2, 4, 5), offset: 60 },
        people: [{ name: 'Bo Berg', role: 'from' }],
        facts: { pages: 2 },
      },
    ])
  })

  it('reads the scripts of no language without what they are written in', async () => {
    const japanese = makePdf({
      pages: ['BT /F2 12 Tf 20 200 Td <93fa967b8cea> Tj ET'],
      extra: [
        '<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H/DescendantFonts[8 0 R]>>',
        '<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 9 0 R>>',
        '<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>',
      ],
    })
    const named = Buffer.from(Buffer.from(japanese).toString('latin1').replace('/F1 3 0 R', '/F2 7 0 R'), 'latin1')
    expect((await readAll(pdf, { 'a.pdf': named })).items[0]?.body).toBe('日本語')
  })

  it('runs nothing, whatever it asks for', async () => {
    const armed = makePdf({
      pages: [words([270, 'Harmless'])],
      catalog:
        '/OpenAction<</S/JavaScript/JS(globalThis.ran=true;process.exit\\(1\\))>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>' +
        '/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(globalThis.ran=true)>>]>>>>',
    })
    const { items } = await readAll(pdf, { 'a.pdf': armed })
    expect(items[0]?.body).toBe('Harmless')
    expect(JSON.stringify(items)).not.toContain('ran')
    expect(globalThis).not.toHaveProperty('ran')
  })

  it('of pictures alone says so', async () => {
    expect((await readAll(pdf, { 'scan.pdf': makePdf({ pages: ['0 0 100 100 re f'] }) })).problems).toEqual([
      { why: 'only-pictures' },
    ])
  })

  it('that is locked asks for its password', async () => {
    // Every entry is there and none fits: whatever is tried, it stays locked.
    const locked = makePdf({
      pages: [words([270, 'Secret'])],
      trailer: `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>/P -4>>`,
    })
    expect((await readAll(pdf, { 'a.pdf': locked })).problems).toMatchObject([{ why: 'needs-password' }])
    expect((await readAll(pdf, { 'a.pdf': locked }, { password: 'no' })).problems).toMatchObject([
      { why: 'wrong-password' },
    ])
  })

  it('that is cut gives what is still there, or says that it is cut', async () => {
    const { items, problems } = await readAll(pdf, { 'a.pdf': letter.subarray(0, letter.length - 400) })
    expect(items.length + problems.length).toBeGreaterThan(0)
    expect((await readAll(pdf, { 'a.pdf': letter.subarray(0, 60) })).problems).toMatchObject([{ why: 'cut-short' }])
  })

  it('may not unpack into more than any page says, however often it is packed', async () => {
    const packed = (bytes: Buffer) => deflateSync(bytes).toString('latin1')
    const filter = '/Filter[/FlateDecode/FlateDecode]'
    const page = (words: Buffer) => packed(deflateSync(words))
    const large = Buffer.alloc(100 * 1024 * 1024, 0x20)
    const bomb = makePdf({ pages: [page(Buffer.from(words([270, 'Still here']))), page(large)], filter })
    expect(bomb.length).toBeLessThan(5000)
    const { items, problems } = await readAll(pdf, { 'a.pdf': bomb })
    expect(items.map(({ body }) => body)).toEqual(['Still here'])
    expect(problems).toEqual([{ why: 'bomb' }])
  })

  it('may show a picture of any size', async () => {
    const picture = deflateSync(Buffer.alloc(40 * 1024 * 1024)).toString('latin1')
    const shown = makePdf({
      pages: [words([270, 'Under a picture'])],
      extra: [
        `<</Type/XObject/Subtype/Image/Filter/FlateDecode/Length ${picture.length}>>stream\n${picture}\nendstream`,
      ],
    })
    const { items, problems } = await readAll(pdf, { 'a.pdf': shown })
    expect([items[0]?.body, problems]).toEqual(['Under a picture', []])
  })

  it('may claim a billion pages', async () => {
    const { items, problems } = await readAll(pdf, {
      'a.pdf': makePdf({ pages: [words([270, 'The only one'])], claimedPages: 1_000_000_000 }),
    })
    expect(items.map(({ body }) => body)).toEqual(['The only one'])
    expect(problems.length).toBeLessThan(60)
  })

  it('is called after its file where its title says nothing, and has no impossible time', async () => {
    const bare = makePdf({ pages: [words([270, 'x'])], info: '/Title(untitled)/CreationDate(D:99991231)' })
    expect((await readAll(pdf, { 'in/My \u202efile.pdf': bare })).items[0]).toMatchObject({
      title: 'My file',
      when: undefined,
    })
  })

  it('is the same under another name', async () => {
    const [one, other] = [await readAll(pdf, { 'a.pdf': letter }), await readAll(pdf, { 'b.pdf': letter })]
    expect(one.items[0]?.same).toBe(other.items[0]?.same)
  })

  it('is told by its first bytes', () => {
    expect(pdf.recognises(sampleOf('x', letter))).toBe(certainty.certain)
    expect(pdf.recognises(sampleOf('x.pdf', 'no pdf'))).toBe(certainty.no)
  })

  it('gives items and problems, whatever happened to the file', async () => {
    // As in its worker, where nobody else listens: what pdf.js leaves unhandled would end it.
    const listeners = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    try {
      for (const bytes of mutated(letter, 150)) {
        const { items, problems } = await readAll(pdf, { 'a.pdf': bytes })
        expect(items.length + problems.length).toBeGreaterThan(0)
      }
      expect(process.listeners('unhandledRejection')).toEqual([])
    } finally {
      for (const listener of listeners) process.on('unhandledRejection', listener)
    }
  })
})
