import { describe, expect, it } from 'vitest'
import { plainText } from '../../../../electron/core/imports/formats/plain-text.ts'
import { certainty } from '../../../../electron/core/imports/importer.ts'
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

  it('is nothing where there are no words, and not read where it is too long to be a note', async () => {
    expect((await readAll(plainText, { 'a.txt': ' \n\t' })).problems).toEqual([{ why: 'no-content' }])
    const huge = new Uint8Array(64 * 1024 * 1024 + 1).fill(0x78)
    expect((await readAll(plainText, { 'a.txt': huge })).problems).toMatchObject([{ why: 'too-large' }])
  })

  it('comes last, and never for data', () => {
    expect(plainText.recognises(sampleOf('a', 'hello'))).toBe(certainty.general)
    expect(plainText.recognises(sampleOf('a.txt', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)))).toBe(certainty.no)
  })
})
