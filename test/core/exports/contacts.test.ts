// Contacts that were brought in and taken out are the same people, whatever version their cards were of.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { contactEntry } from '../../../electron/core/exports/readable/contacts.ts'
import { vcard } from '../../../electron/core/imports/reader/formats/vcard.ts'
import { readAll } from '../imports/reader/support.ts'
import { readable, readFrom, said, textOf } from './readable-items.ts'

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')
const read = (text: string) => readAll(vcard, { 'contacts.vcf': text })
const picture = Buffer.alloc(5000, 'picture').toString('base64')

async function expectTheSame(text: string): Promise<string> {
  const before = await read(text)
  const written = before.items.map((item) => textOf(contactEntry(readable(item), readFrom(before.items))))
  const out = (await Promise.all(written)).join('')
  const after = await read(out)
  expect(after.problems).toEqual([])
  expect(before.items).not.toEqual([])
  expect(after.items.map(said)).toEqual(before.items.map(said))
  for (const line of out.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  // Another program reads them as well, each as one.
  expect(ICAL.parse(out)).toHaveLength(before.items.length === 1 ? 3 : before.items.length)
  return out
}

describe('a contact taken out again', () => {
  it('of version 4 is who it was', async () => {
    const out = await expectTheSame(
      card(
        'VERSION:4.0',
        'UID:urn:uuid:42',
        'KIND:individual',
        'FN:Dr. Ann Lee',
        'N:Lee;Ann,Maria;;Dr.;',
        'NICKNAME:Annie,Nan',
        'GENDER:F',
        'EMAIL;TYPE=work;PREF=1:ann@example.org',
        'EMAIL;TYPE=home:nan@example.org',
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+1-555',
        'ADR;TYPE=home:;;Long Street 1\\, back;Berlin;;10115;Germany',
        'ORG:Tea\\, Ltd.;Taste',
        'TITLE:Taster',
        'ROLE:Buyer',
        'BDAY:--0415',
        'ANNIVERSARY:20090808',
        'IMPP:xmpp:ann@example.org',
        'RELATED;TYPE=friend:urn:uuid:7',
        'GEO:geo:52.5,13.4',
        'URL:https://example.org/a?b=c,d;e',
        'CATEGORIES:friends,tea',
        'NOTE:Likes\\nmilk\\; not sugar',
        'NOTE:Another note',
        `PHOTO:data:image/png;base64,${picture}`,
      ),
    )
    expect(out).toContain('N:Lee;Ann,Maria;;Dr.;\r\n')
    expect(out).toContain('ADR;TYPE=home:;;Long Street 1\\, back;Berlin;;10115;Germany\r\n')
    expect(out).toContain('RELATED;TYPE=friend:urn:uuid:7\r\n')
    expect(out).toContain('PHOTO:data:image/png;base64,')
  })

  it('of versions 3 and 2.1 too', async () => {
    const out = await expectTheSame(
      [
        card(
          'VERSION:3.0',
          'N:Lee;Bo;;;',
          'FN:Bo Lee',
          'EMAIL;TYPE=INTERNET,WORK:bo@example.org',
          'item1.TEL:+49 30 123',
          'item1.X-ABLabel:_$!<HomeFax>!$_',
          'TEL;TYPE=CELL,pref:+49 170 1',
          'ADR;TYPE=HOME:;;Long Street 1;Berlin;;10115;Germany',
          'GEO:52.5;13.4',
          'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15',
          'X-SOCIALPROFILE;type=mastodon:https://example.social/@bo',
          `PHOTO;ENCODING=b;TYPE=JPEG:${picture}`,
        ),
        card(
          'VERSION:2.1',
          'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen',
          'TEL;HOME;VOICE:030 1',
          'TEL;WORK;ENCODING=QUOTED-PRINTABLE:030=202',
          'EMAIL;PREF;INTERNET:j@example.org',
          'ORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:K=E4se',
        ),
        card('VERSION:4.0', 'KIND:group', 'FN:Everybody', 'MEMBER:mailto:bo@example.org', 'MEMBER:urn:uuid:42'),
        card('VERSION:4.0', 'FN:Nameless one'),
      ].join(''),
    )
    expect(out.match(/^VERSION:4\.0/gm)).toHaveLength(4)
    expect(out).not.toMatch(/ENCODING=|CHARSET=|PHONE-NUMBER/)
    expect(out).toContain('KIND:group\r\n')
    expect(out).toContain('ITEM1.X-ABLABEL:_$!<HomeFax>!$_\r\n')
  })

  it('from elsewhere is said with what is known of it', async () => {
    const facts = {
      emails: [{ value: 'a@example.org', label: 'work' }],
      urls: ['https://example.org'],
      birthday: '--04-15',
    }
    const item = readable({ same: 'x', type: 'contact', title: 'Ann, Lee', body: '', source: 'other', facts })
    const out = await textOf(contactEntry(item, readFrom([])))
    const { items } = await read(out)
    expect(items[0]).toMatchObject({ title: 'Ann, Lee', facts })
  })

  it('is one card, whatever an export that came back says of it', async () => {
    const bad = 'x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:forged'
    const facts = {
      card: [
        'vcard',
        [
          ['begin', {}, 'text', 'VCARD'],
          ['tel', { type: bad, [bad]: 'x' }, 'unknown', bad],
        ],
      ],
    }
    const item = readable({ same: 'x', type: 'contact', title: bad, body: bad, source: 'other', facts })
    const out = await textOf(contactEntry(item, readFrom([])))
    expect(out.split('\r\n').filter((line) => /^(?:BEGIN|END)/.test(line))).toEqual(['BEGIN:VCARD', 'END:VCARD'])
    expect((await read(out)).items).toHaveLength(1)
  })

  it('of the sample year is the same', async () => {
    await expectTheSame(readFileSync(resolve(import.meta.dirname, '../../../resources/sample/contacts.vcf'), 'utf8'))
  })
})
