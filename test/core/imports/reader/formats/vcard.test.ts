import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vcard } from '../../../../../electron/core/imports/reader/formats/vcard.ts'
import { readAll } from '../support.ts'

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')
const read = (text: string | Uint8Array) => readAll(vcard, { 'contacts.vcf': text })

async function only(text: string) {
  const { items, problems } = await read(text)
  expect(problems).toEqual([])
  expect(items).toHaveLength(1)
  return items[0]
}

describe('a contact', () => {
  it('of version 3 gives its name, and how to reach them', async () => {
    const item = await only(
      card(
        'VERSION:3.0',
        'UID:42',
        'N:Lee;Ann;;Dr.;',
        'FN:Dr. Ann Lee',
        'EMAIL;TYPE=INTERNET,WORK:ann@example.org',
        'item1.TEL:+49 30 123',
        'item1.X-ABLabel:_$!<HomeFax>!$_',
        'ADR;TYPE=HOME:;;Long Street 1;Berlin;;10115;Germany',
        'ORG:Tea\\, Ltd.;Taste',
        'TITLE:Taster',
        'BDAY:1980-04-15',
        'URL:https://example.org',
        'CATEGORIES:friends,tea',
        'NOTE:Likes\\nmilk',
        'X-SOMETHING:else',
      ),
    )
    expect(item).toEqual({
      same: 'vcard:42',
      type: 'contact',
      title: 'Dr. Ann Lee',
      body: 'Likes\nmilk',
      source: 'vcard',
      people: [
        { name: 'Dr. Ann Lee', address: 'ann@example.org', role: 'about' },
        { name: 'Dr. Ann Lee', address: '+49 30 123', role: 'about' },
      ],
      tags: ['friends', 'tea'],
      attachments: [],
      facts: {
        emails: [{ value: 'ann@example.org', label: 'work' }],
        phones: [{ value: '+49 30 123', label: 'HomeFax' }],
        addresses: [{ value: 'Long Street 1, Berlin, 10115, Germany', label: 'home' }],
        urls: ['https://example.org'],
        organisation: 'Tea, Ltd., Taste',
        role: 'Taster',
        birthday: '1980-04-15',
        card: ['vcard', expect.arrayContaining([['x-something', {}, 'unknown', 'else']])],
      },
      position: 1,
    })
  })

  it('of version 2.1 gives its words out of quoted-printable, over several lines and in old encodings', async () => {
    const item = await only(
      card(
        'VERSION:2.1',
        'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen',
        'TEL;HOME;VOICE:030 1',
        'EMAIL;PREF;INTERNET:j@example.org',
        'NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo =',
        'three; and=20four',
        'ORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:K=E4se',
      ),
    )
    expect(item).toMatchObject({
      title: 'Jürgen Müller',
      body: 'one\ntwo three; and four',
      facts: {
        phones: [{ value: '030 1', label: 'home' }],
        emails: [{ value: 'j@example.org' }],
        organisation: 'Käse',
      },
    })
  })

  it('of version 4 gives numbers written as addresses, and days without a year', async () => {
    const item = await only(
      card('VERSION:4.0', 'FN:Bo', 'TEL;VALUE=uri;TYPE="voice,cell":tel:+1-555', 'BDAY:--0415', 'ANNIVERSARY:20090808'),
    )
    expect(item?.facts).toEqual({
      phones: [{ value: '+1-555', label: 'cell' }],
      birthday: '--04-15',
      anniversary: '2009-08-08',
      card: expect.anything(),
    })
  })

  it.each([
    ['PHOTO;ENCODING=b;TYPE=JPEG:/9j/', 'photo.jpg', 'image/jpeg'],
    ['PHOTO;JPEG;BASE64:/9j/', 'photo.jpg', 'image/jpeg'],
    ['PHOTO:data:image/png;base64,/9j/', 'photo.png', 'image/png'],
  ])('brings its picture along: %s', async (line, name, media) => {
    expect((await only(card('FN:Bo', line)))?.attachments).toEqual([
      { name, media, content: Buffer.from([0xff, 0xd8, 0xff]) },
    ])
  })

  it('brings a picture that is folded over many lines', async () => {
    const picture = Buffer.alloc(100_000, 7)
    const folded = picture.toString('base64').replace(/.{74}/g, '$&\r\n ')
    const item = await only(card('FN:Bo', `PHOTO;ENCODING=b;TYPE=PNG:${folded}`))
    expect(picture.equals(item?.attachments?.[0]?.content ?? Buffer.alloc(0))).toBe(true)
  })

  it('fetches no picture from elsewhere', async () => {
    expect((await only(card('FN:Bo', 'PHOTO;VALUE=uri:https://example.org/a.jpg')))?.attachments).toEqual([])
  })

  it('keeps back a year that Apple says is none', async () => {
    const item = await only(card('FN:Bo', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15'))
    expect(item?.facts).toEqual({ birthday: '--04-15', card: expect.anything() })
  })

  it('is named by what there is', async () => {
    const titles = await read(
      [
        card('N:Lee;Ann'),
        card('ORG:Tea Ltd.'),
        card('EMAIL:a@example.org'),
        card('TEL:1'),
        card('FN:', 'NICKNAME:Bobby'),
      ].join(''),
    )
    expect(titles.items.map(({ title }) => title)).toEqual(['Ann Lee', 'Tea Ltd.', 'a@example.org', '1', 'Bobby'])
  })

  it('that says nothing is told of, and the next one read', async () => {
    const { items, problems } = await read(`${card('VERSION:3.0')}${card('FN:Bo')}`)
    expect(problems).toEqual([{ why: 'no-content', at: 1 }])
    expect(items.map(({ title }) => title)).toEqual(['Bo'])
  })

  it('has the same name in the same file under another name, and when the same card comes twice', async () => {
    const { items } = await read(`${card('FN:Bo')}${card('FN:Bo')}${card('FN:Bob')}`)
    expect(new Set(items.map(({ same }) => same)).size).toBe(2)
  })

  it('that is too large is told of, and held by nobody', async () => {
    const line = `NOTE:${'x'.repeat(60)}\r\n ${`${'y'.repeat(70)}\r\n `.repeat(250_000)}`
    const { items, problems } = await read(`${card('FN:Bo', line)}${card('FN:Ann')}`)
    expect(problems).toEqual([{ why: 'too-large', at: 3 }])
    expect(items.map(({ title }) => title)).toEqual(['Bo', 'Ann'])
  })

  it('of a line that never comes to its value is read without it', async () => {
    const { items } = await read(
      card('FN:Bo', `NOTE${';A=B'.repeat(500_000)}:x`, '"'.repeat(100_000), `N;${'X;'.repeat(100_000)}:Lee`),
    )
    expect(items).toMatchObject([{ title: 'Bo', body: '' }])
  })

  it('gives items and problems and nothing else, whatever is cut or flipped', async () => {
    const text = card(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC;J',
      'TEL;HOME:1',
      'PHOTO;JPEG;BASE64:/9j/',
    )
    const bytes = new TextEncoder().encode(text)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, length)
        if (at < broken.length) broken[at] = value
        const { items, problems } = await read(broken)
        for (const { title } of items) expect(title).not.toBe('')
        expect(items.length + problems.length).toBeLessThan(5)
      }),
      { numRuns: 500 },
    )
  })
})
