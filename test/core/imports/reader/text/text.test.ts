import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decoded,
  lines,
  longestLine,
  oneLine,
  startAsText,
  wholeText,
} from '../../../../../electron/core/imports/reader/text/text.ts'
import { detectEncoding } from '../../../../../electron/core/imports/reader/text/encodings.ts'
import { Unreadable } from '../../../../../electron/core/imports/reader/importer.ts'
import { entryOf, readingOf } from '../support.ts'

const reading = readingOf({})
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16be = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le').swap16())

async function textOf(bytes: Uint8Array, { piece = 7, encoding }: { piece?: number; encoding?: string } = {}) {
  let text = ''
  const options = encoding === undefined ? {} : { encoding }
  for await (const part of decoded(entryOf('a', bytes, piece), readingOf({}, options))) text += part
  return text
}

async function linesOf(bytes: Uint8Array, piece = 5) {
  const all = []
  for await (const line of lines(entryOf('a', bytes, piece), reading)) all.push(line)
  return all
}

/** Bytes of single-byte encodings, by what each sign is there. */
const french1252 = Buffer.from(
  'Les \xe9l\xe8ves ont re\xe7u la le\xe7on \xe0 No\xebl, o\xf9 \xe7a co\xfbte 5 \x80.',
  'latin1',
)
const russian1251 = Buffer.from(
  'cff0e8e2e5f22c20ecfb20e8e4b8ec20e4eeeceee920e820efe8f8e5ec20efe8f1fceceee2e020e2f1e5ec20e4f0f3e7fcffec',
  'hex',
)
const germanMac = Buffer.from(
  'Stra\xa7en f\x9fr gr\x9a\xa7ere M\x8adchen und sch\x9ane H\x8auser \x9fber K\x9aln',
  'latin1',
)
const japaneseSjis = Buffer.from(
  '8da18cbb8dc68bdf82cd8e4a82cc93fa967b8cea82c582b781428ea9935c82c993fa967b8cea82f0',
  'hex',
)

/** Few words in every encoding, as its own programs write them. */
const short: readonly (readonly [encoding: string, text: string, bytes: string])[] = [
  ['windows-1250', 'Žluťoučký kůň úpěl ďábelské ódy', '8e6c759d6f75e86bfd206bf9f220fa70ec6c20efe162656c736be920f36479'],
  [
    'windows-1250',
    'Zażółć gęślą jaźń, dziękuję bardzo za wczorajszą kolację',
    '5a61bff3b3e62067ea9c6cb9206a619ff12c20647a69ea6b756aea20626172647a6f207a612077637a6f72616a737ab9206b6f6c61636aea',
  ],
  ['windows-1252', 'price: 5 € – “quoted”', '70726963653a203520802096209371756f74656494'],
  ['windows-1252', 'café', '636166e9'],
  [
    'macintosh',
    'Größe;Farbe;Stück\nM;grün;1\nL;weiß;2\n',
    '47729aa7653b46617262653b53749f636b0a4d3b67729f6e3b310a4c3b776569a73b320a',
  ],
  [
    'koi8-r',
    'Привет, как дела? Сегодня хорошая погода',
    'f0d2c9d7c5d42c20cbc1cb20c4c5ccc13f20f3c5c7cfc4ced120c8cfd2cfdbc1d120d0cfc7cfc4c1',
  ],
  [
    'shift_jis',
    '日付,金額,内容\n2024-01-02,500,昼ごはん\n',
    '93fa95742c8be08a7a2c93e097650a323032342d30312d30322c3530302c928b82b282cd82f10a',
  ],
  [
    'euc-jp',
    '今日は会議がありました。明日は休みです。',
    'baa3c6fca4cfb2f1b5c4a4aca4a2a4eaa4dea4b7a4bfa1a3ccc0c6fca4cfb5d9a4dfa4c7a4b9a1a3',
  ],
  [
    'gb18030',
    '日期,金额,说明\n2024-01-02,50,午饭\n',
    'c8d5c6da2cbdf0b6ee2ccbb5c3f70a323032342d30312d30322c35302ccee7b7b90a',
  ],
  ['big5', '今天天氣很好,我們去公園散步。', 'a4b5a4d1a4d1aef0abdca66e2ca7daadcca568a4bdb6e9b4b2a842a143'],
  [
    'euc-kr',
    '날짜,금액,내용\n2024-01-02,5000,점심\n',
    'b3afc2a52cb1ddbed72cb3bbbfeb0a323032342d30312d30322c353030302cc1a1bdc90a',
  ],
  ['windows-1253', 'Καλημέρα, τι κάνεις σήμερα;', 'cae1ebe7ecddf1e12c20f4e920eadcede5e9f220f3deece5f1e13b'],
  [
    'windows-1256',
    'مرحبا، كيف حالك اليوم؟ أنا بخير والحمد لله',
    'e3d1cdc8c7a120dfeddd20cdc7e1df20c7e1ede6e3bf20c3e4c720c8ceedd120e6c7e1cde3cf20e1e1e5',
  ],
]

describe('telling the encoding', () => {
  it('believes a byte order mark before anything else', () => {
    expect(detectEncoding(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41), 'windows-1252')).toBe('utf-8')
    expect(detectEncoding(Uint8Array.of(0xff, 0xfe, 0x41, 0))).toBe('utf-16le')
    expect(detectEncoding(Uint8Array.of(0xfe, 0xff, 0, 0x41))).toBe('utf-16be')
  })

  it('is not led astray by a stray byte in UTF-8', () => {
    const sound = utf8('Grüße aus Köln, café élan naïve. '.repeat(3))
    expect(detectEncoding(Buffer.concat([sound, Uint8Array.of(0xff), sound]))).toBe('utf-8')
  })

  it.each([
    ['two encodings in one file', 'It\xe2\x80\x99s a Gr\xc3\xbc\xc3\x9fe\nand Gr\xfc\xdfe\n'],
    ['few letters, and bytes that are none', 'G\xc3\xbcltig \xff\xfe\xe4 kaputt'],
    ['a line of bytes among lines of words', '{"a":"one"}\n{"a":"bro\xff\xc0ken"}\n{"a":"three"}\n'],
    ['signs inside a word', 'all of it is bro\xb7\xbfken'],
    ['what DOS wrote', 'Gr\x94\xe1e und M\x81ller aus K\x94ln, M\x84dchen'],
  ])('takes %s for UTF-8 with faults, so that the faults are told', (_, text) => {
    expect(detectEncoding(Buffer.from(text, 'latin1'))).toBe('utf-8')
  })

  it.each([
    ['20 \xb0C', '20 °C'],
    ['M\xe4dchen', 'Mädchen'],
    ['\xa7 1 Abs. 2, na\xefve \xa9 2020', '§ 1 Abs. 2, naïve © 2020'],
    ['GR\xd6SSE UND \xdcBERHANG', 'GRÖSSE UND ÜBERHANG'],
  ])('takes a letter or sign of the West for what it is: %s', (text, read) => {
    expect(startAsText(Buffer.from(text, 'latin1'))).toBe(read)
  })

  it('remembers what the file said of itself before the first byte that needs it', async () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-7"?><a>${' '.repeat(5000)}`
    const text = await textOf(Buffer.concat([Buffer.from(xml), Uint8Array.of(0xe1, 0xe2)]), { piece: 1000 })
    expect(text.slice(-2)).toBe('αβ')
  })

  it('knows UTF-16 without a mark by where its zeros stand', () => {
    expect(detectEncoding(Buffer.from('Datum;Betrag\r\n', 'utf16le'))).toBe('utf-16le')
    expect(detectEncoding(utf16be('Datum;Betrag\r\n'))).toBe('utf-16be')
  })

  it.each([
    ['after a word', 'name\0 and number\0, list\0 '.repeat(20)],
    ['at odd places alone', 'a\0bcd\0efghijklmno'.repeat(20)],
  ])('takes stray zeros in a text of one byte a letter for what they are: %s', (_, text) => {
    expect(detectEncoding(Buffer.from(text, 'latin1'))).toBe('utf-8')
  })

  it('takes what is valid UTF-8 for UTF-8, though it be cut inside a character', () => {
    expect(detectEncoding(utf8('Grüße an 日本').subarray(0, -1))).toBe('utf-8')
  })

  it.each([
    ['windows-1252', french1252],
    ['windows-1251', russian1251],
    ['macintosh', germanMac],
    ['shift_jis', japaneseSjis],
    ['iso-2022-jp', Buffer.from('\x1b$BF|K\\8l\x1b(B', 'latin1')],
    ['iso-8859-5', Buffer.from('<?xml version="1.0" encoding="ISO-8859-5"?><a>\xbf\xe0</a>', 'latin1')],
  ])('tells %s', (encoding, bytes) => {
    expect(detectEncoding(bytes)).toBe(encoding)
  })

  it.each(short)('tells %s of few words: %s', async (encoding, text, bytes) => {
    expect(detectEncoding(Buffer.from(bytes, 'hex'))).toBe(encoding)
    expect(await textOf(Buffer.from(bytes, 'hex'))).toBe(text)
  })

  it('believes the person where the file does not mark itself', () => {
    expect(detectEncoding(french1252, 'latin2')).toBe('iso-8859-2')
  })
})

describe('reading as text', () => {
  it('reads every encoding in pieces of any size as if it were whole', async () => {
    const text = 'Grüße, 日本語, 🌍 – \ufffd stays\n'
    for (const piece of [1, 2, 3, 5, 1000]) {
      expect(await textOf(utf8(text), { piece })).toBe(text)
      expect(await textOf(utf8(`\ufeff${text}`), { piece })).toBe(text)
      expect(await textOf(Buffer.from(`\ufeff${text}`, 'utf16le'), { piece })).toBe(text)
      expect(await textOf(utf16be('Datum;Betrag\r\n'), { piece })).toBe('Datum;Betrag\r\n')
    }
  })

  it('decides at the first byte that says something, however late it comes', async () => {
    const start = 'plain line\n'.repeat(10_000)
    const late = Buffer.concat([Buffer.from(start), french1252])
    expect((await textOf(late, { piece: 1000 })).slice(start.length)).toContain('élèves ont reçu')
  })

  it('refuses bytes that are no text in their encoding instead of guessing', async () => {
    const broken = Buffer.concat([utf8('ü'.repeat(40_000)), Uint8Array.of(0xff, 0xfe), utf8('ü')])
    const at = 80_000
    for (const piece of [7, 1000, 100_000])
      await expect(textOf(broken, { piece })).rejects.toMatchObject({ why: 'wrong-encoding', at })
    const wide = Buffer.concat([Buffer.from(`\ufeff${'ü'.repeat(400)}`, 'utf16le'), Uint8Array.of(0, 0xd8, 0x41, 0)])
    await expect(textOf(wide, { piece: 11 })).rejects.toMatchObject({ why: 'wrong-encoding', at: 802 })
    const greek = Buffer.from(`${'\xe1\xe2 '.repeat(100)}\xff\xd2`, 'latin1')
    await expect(textOf(greek, { piece: 11, encoding: 'windows-1253' })).rejects.toMatchObject({ at: 300 })
    await expect(textOf(utf8('a'), { encoding: 'no-such-thing' })).rejects.toBeInstanceOf(Unreadable)
  })

  it('holds no more than it may', async () => {
    await expect(wholeText(entryOf('a', 'x'.repeat(100)), reading, 99)).rejects.toMatchObject({ why: 'too-large' })
    const lying = { ...entryOf('a', 'x'.repeat(5000)), bytes: 10 }
    await expect(wholeText(lying, reading, 99)).rejects.toMatchObject({ why: 'too-large' })
    expect(await wholeText(entryOf('a', 'x'.repeat(99)), reading, 99)).toHaveLength(99)
  })

  it('gives the beginning of a file as text, and null for other data', () => {
    expect(startAsText(utf8('BEGIN:VCALENDAR'))).toBe('BEGIN:VCALENDAR')
    expect(startAsText(Buffer.from('a,b\r\n', 'utf16le'))).toBe('a,b\r\n')
    expect(startAsText(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBeNull()
    expect(startAsText(Uint8Array.from({ length: 4096 }, (_, at) => ((at * 7919) % 251) + 1))).toBeNull()
  })
})

describe('reading line by line', () => {
  it('knows every line end, also across pieces', async () => {
    for (const piece of [1, 2, 3, 1000]) {
      const all = await linesOf(utf8('one\ntwo\r\nthree\rfour\r\n\r\nsix'), piece)
      expect(all.map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four', '', 'six'])
      expect(all.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6])
    }
  })

  it('cuts a line without end, and goes on with the next', async () => {
    const all = await linesOf(utf8(`a\n${'x'.repeat(longestLine + 70_000)}\nb\n`), 10_000)
    expect(all.map(({ text, cut }) => [text.length, cut])).toEqual([
      [1, false],
      [longestLine, true],
      [1, false],
    ])
  })

  it('holds a gigabyte in one line no more than another', async () => {
    const piece = new Uint8Array(1024 * 1024).fill(0x78)
    const huge = {
      ...entryOf('a', ''),
      bytes: 1024 * piece.length,
      async *chunks() {
        for (let count = 0; count < 1024; count += 1) yield piece
        yield utf8('\nafter')
      },
    }
    let most = 0
    const found: string[] = []
    for await (const { text } of lines(huge, reading)) {
      found.push(text.slice(0, 5))
      most = Math.max(most, text.length)
    }
    expect(found).toEqual(['xxxxx', 'after'])
    expect(most).toBe(longestLine)
  })

  it('marks the line that cannot be decoded, and only that', async () => {
    const bytes = Buffer.concat([utf8(`ü\n`.repeat(40_000)), Uint8Array.of(0xff, 0x0a), utf8('ü\n')])
    const all = await linesOf(bytes, 1000)
    expect(all.filter(({ broken }) => broken).map(({ line }) => line)).toEqual([40_001])
    expect(all.at(-1)?.text).toBe('ü')
  })

  it('gives back what was joined, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n\ufeff\ud800-\udfff]/gu, ''))),
        fc.integer({ min: 1, max: 9 }),
        async (parts, piece) => {
          // A first line beyond ASCII settles that it is UTF-8.
          const all = await linesOf(utf8(['für 日本', ...parts, 'end'].join('\n')), piece)
          expect(all.map(({ text }) => text)).toEqual(['für 日本', ...parts, 'end'])
        },
      ),
      { examples: [[['\0'], 1]] },
    )
  })
})

describe('a title', () => {
  it('is one line without anything that turns the text around it', () => {
    expect(oneLine(' Invoice\u202egpj.exe \r\n\t 2024\0 ', 200)).toBe('Invoicegpj.exe 2024')
  })

  it('is cut between characters', () => {
    expect(oneLine('🌍🌍🌍', 4)).toBe('🌍…')
    expect(oneLine('abcdef', 4)).toBe('abc…')
  })
})
