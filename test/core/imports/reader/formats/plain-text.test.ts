import { describe, expect, it } from 'vitest'
import { plainText } from '../../../../../electron/core/imports/reader/formats/plain-text.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { readAll, sampleOf } from '../support.ts'

describe('plain text', () => {
  it('is one note, called after a short first line or else after its file', async () => {
    const { items } = await readAll(plainText, { 'a.txt': 'Shopping\r\n\r\nbread\r\n' })
    expect(items).toMatchObject([{ type: 'note', title: 'Shopping', body: 'Shopping\n\nbread', source: 'text' }])
    const long = await readAll(plainText, { 'To Ann.txt': `${'word '.repeat(30)}\nend` })
    expect(long.items[0]?.title).toBe('To Ann')
  })

  it('is read in its encoding', async () => {
    const text = Buffer.from('Gr\xfc\xdfe aus K\xf6ln, sch\xf6nes Wetter, viele K\xfcsse', 'latin1')
    expect((await readAll(plainText, { 'a.txt': text })).items[0]?.body).toBe(
      'Grüße aus Köln, schönes Wetter, viele Küsse',
    )
  })

  it('is the same under another name and with other line ends', async () => {
    const sameOf = async (name: string, text: string) => (await readAll(plainText, { [name]: text })).items[0]?.same
    expect(await sameOf('b.txt', '\ufeffone\r\ntwo\r\n')).toBe(await sameOf('a.txt', 'one\ntwo'))
  })

  it('is nothing where there are no words', async () => {
    expect(await readAll(plainText, { 'a.txt': ' \n\t' })).toEqual({ items: [], problems: [], skipped: 0 })
  })

  it('goes on in further notes where it is long, and says what the file says', async () => {
    const text = Array.from({ length: 400_000 }, (_, line) => `line ${line} of it`).join('\r\n')
    const { items, problems } = await readAll(plainText, { 'a.txt': `\n${text}\n\n` })
    expect(problems).toEqual([])
    expect(items.length).toBeGreaterThan(3)
    expect(items.map(({ body }) => body).join('')).toBe(text.replaceAll('\r\n', '\n'))
    expect(items.map(({ title }) => title).slice(0, 3)).toEqual([
      'line 0 of it',
      'line 0 of it (2)',
      'line 0 of it (3)',
    ])
    expect(items[2]?.links).toEqual([{ kind: 'part', same: items[1]?.same }])
    expect((await readAll(plainText, { 'b.txt': text })).items.map(({ same }) => same)).toEqual(
      items.map(({ same }) => same),
    )
  })

  it.each([
    ['G\xc3\xbcltig \xff\xfe\xe4 kaputt', 'Gültig \ufffd\ufffd\ufffd kaputt', 8],
    [`${'plain line\n'.repeat(5000)}one \xff byte`, `${'plain line\n'.repeat(5000)}one \ufffd byte`, 55_004],
    [`${'Gr\xc3\xbc\xc3\x9fe\n'.repeat(5000)}\xc3`, `${'Grüße\n'.repeat(5000)}\ufffd`, 40_000],
  ])('keeps all that can be read of it, and says where a byte could not', async (bytes, body, at) => {
    const { items, problems } = await readAll(plainText, { 'a.txt': Buffer.from(bytes, 'latin1') })
    expect(items.map((item) => item.body)).toEqual([body])
    expect(problems).toEqual([{ why: 'wrong-encoding', at }])
  })

  it('comes last, and never for data', () => {
    expect(plainText.recognises(sampleOf('a', 'hello'))).toBe(certainty.general)
    expect(plainText.recognises(sampleOf('a.txt', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)))).toBe(certainty.no)
  })
})
