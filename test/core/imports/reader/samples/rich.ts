// Files with more in them than the smallest ones: several records, nesting, encodings, packed and locked parts. What is hurt
// in them lies deeper than the first line.
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3-multiple-ciphers'
import { lockedByAes, lockedByPkware } from '../archives/locked-zips.ts'
import { zipOf } from '../archives/zips.ts'
import { makePdf, words } from './pdfs.ts'
import { exifBlock, heic, jpeg, png, tag, webp } from './pictures.ts'
import { tarOf } from './tars.ts'
import { makeZip } from './zips.ts'

type Sample = readonly [format: string, file: string | Uint8Array]

const lines = (...all: string[]) => all.join('\r\n')
const json = (value: unknown) => JSON.stringify(value, null, 1)
const base64 = Buffer.from('a picture, or so it says').toString('base64')
const person = ['Ann Ahl', 'Bo Ek', 'Łucja Żak', '山田 花子', 'دانا']

const ics = lines(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VTIMEZONE',
  'TZID:Custom',
  'BEGIN:STANDARD',
  'DTSTART:20241027T030000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:a@example.org',
  'DTSTART;TZID=Europe/Berlin:20240310T100000',
  'DURATION:PT1H30M',
  'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20;WKST=SU',
  'EXDATE;TZID=Europe/Berlin:20240318T100000',
  'SUMMARY;LANGUAGE=de:Tee\\, Kuchen\\nund mehr',
  'ATTENDEE;CN="Ek, Bo";PARTSTAT=ACCEPTED:mailto:bo@example.org',
  'DESCRIPTION:a line that is long and',
  '  goes on in the next one',
  'BEGIN:VALARM',
  'TRIGGER:-PT15M',
  'ACTION:DISPLAY',
  'END:VALARM',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:a@example.org',
  'RECURRENCE-ID;TZID=Europe/Berlin:20240320T100000',
  'DTSTART;TZID=Custom:20240321T100000',
  'SUMMARY:moved',
  'END:VEVENT',
  'BEGIN:VTODO',
  'UID:t@example.org',
  'DUE;VALUE=DATE:20240401',
  'SUMMARY:to do',
  'END:VTODO',
  'END:VCALENDAR',
  '',
)

const vcard = person
  .map((name, at) =>
    lines(
      'BEGIN:VCARD',
      `VERSION:${at % 2 === 0 ? '3.0' : '4.0'}`,
      `FN;CHARSET=UTF-8:${name}`,
      `N:${name.split(' ').toReversed().join(';')};;;`,
      'item1.EMAIL;TYPE=INTERNET,WORK:x@example.org',
      'item1.X-ABLabel:_$!<Work>!$_',
      'TEL;TYPE=cell:+49 30 1234',
      'BDAY:--0412',
      'ADR;TYPE=home:;;1 High St;Town;;12345;DE',
      `PHOTO;ENCODING=b;TYPE=JPEG:${base64}`,
      'NOTE;ENCODING=QUOTED-PRINTABLE:gr=C3=BC=C3=9Fe=',
      '=0Anext',
      'END:VCARD',
      '',
    ),
  )
  .join('')

const mail = lines(
  'Received: from a by b; Tue, 3 Feb 2026 10:11:12 +0100',
  'From: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= <a@example.org>',
  'To: "Ek, Bo" <bo@example.org>, undisclosed-recipients:;',
  'Subject: =?iso-8859-1?B?R3L832U=?=',
  'Date: Tue, 3 Feb 2026 10:11:12 +0100',
  'Message-ID: <1@example.org>',
  'In-Reply-To: <0@example.org>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="x y"',
  '',
  '--x y',
  'Content-Type: multipart/alternative; boundary=z',
  '',
  '--z',
  'Content-Type: text/plain; charset=windows-1252',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe =80',
  '--z',
  'Content-Type: text/html',
  '',
  '<p>Gr&uuml;&szlig;e<script>x</script>',
  '--z--',
  '--x y',
  "Content-Type: image/png; name*=utf-8''%C3%BC.png",
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment',
  '',
  base64,
  '--x y',
  'Content-Type: message/rfc822',
  '',
  'From: c@example.org',
  'Subject: inner',
  '',
  'inside',
  '--x y--',
  '',
)

const turns = person.map((name, at) => ({
  id: at,
  type: at === 3 ? 'service' : 'message',
  date: `2026-01-05T10:0${at}:00`,
  date_unixtime: String(1_767_603_600 + at),
  from: name,
  text: ['see ', { type: 'link', text: 'https://example.org' }],
  reply_to_message_id: at - 1,
}))

const mapping = Object.fromEntries(
  person.map((name, at) => [
    `n${at}`,
    {
      parent: at === 0 ? null : `n${at - 1}`,
      children: [`n${at + 1}`],
      message: {
        author: { role: at % 2 === 0 ? 'user' : 'assistant' },
        create_time: 1_767_603_600 + at,
        content: { content_type: 'text', parts: [name, { asset_pointer: 'file-service://file-x' }] },
      },
    },
  ]),
)

const chat = person.map((name, at) => `31.12.25, 23:5${at} - ${name}: hi\nand more\n`).join('')
const points = person.map(
  (_, at) => `<trkpt lat="48.${at}" lon="11.${at}"><time>2026-01-05T10:0${at}:00Z</time></trkpt>`,
)
const gpx = `<?xml version="1.0"?>\n<!-- a -->\n<gpx version="1.1"><metadata/><wpt lat="1" lon="2"><name>x &amp; y</name><ele>3</ele></wpt><trk><name><![CDATA[way]]></name><trkseg>${points.join('\n')}</trkseg></trk></gpx>`

function database(schema: string): Buffer {
  const made = new Database(':memory:')
  made.exec(`PRAGMA page_size = 1024; ${schema}`)
  const file = made.serialize()
  made.close()
  return file
}
const rows = (count: number, row: (at: number) => string) => Array.from({ length: count }, (_, at) => row(at)).join(',')

const table = (delimiter: string) =>
  person
    .map((name, at) => [`2026-01-0${at + 1}`, `"${name} ""x""\nmore"`, `${at},50`, 'EUR'].join(delimiter))
    .toSpliced(0, 0, ['Date', 'Who', 'Amount', 'Currency'].join(delimiter))
    .join('\r\n')

const exif = exifBlock({ [tag.orientation]: 6 }, {}, {})
const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${person
  .map((name) => `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>${name}</w:t><w:tab/></w:r></w:p>`)
  .join('')}<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>`
const page = `<!DOCTYPE html><html><head><title>A &amp; B</title><meta name="author" content="Ann"><base href="x"></head><body><h1>T</h1><p>one<pre>a\n b</pre><ul><li>x<li>y</ul><a href="https://example.org">z</a><table><tr><td>1<td>2</table><script>x</script></body></html>`
const noted =
  '---\ntitle: "A: b"\ntags: [x, y]\ncreated: 2026-01-05\n---\n# A\n\n- [[b|c]] ![d](e.png) #tag\n\n```\ncode\n```\n'

export const rich: readonly Sample[] = [
  ['ics', ics],
  ['vcard', vcard],
  ['eml', mail],
  ['mbox', `From a@x Tue Feb 03 10:11:12 2026\r\n${mail}\r\nFrom b@x Tue Feb 03 10:11:13 2026\r\n${mail}`],
  ['telegram', json({ chats: { list: [{ name: 'Tea', type: 'private_group', id: 1, messages: turns }] } })],
  ['chatgpt', json([{ title: 'x', create_time: 1, current_node: 'n4', mapping }])],
  ['whatsapp', chat],
  ['gpx', gpx],
  ['html', page],
  ['markdown', noted],
  ['text', `A letter\r\n\r\n${person.join('\r\n')}\r\n`],
  ['text', Buffer.from(`A letter\n${person.join('\n')}`, 'utf16le')],
  ['csv', table(';')],
  ['csv', table('\t')],
  ['json', json({ items: person.map((name, at) => ({ name, at, deep: { list: [at, null, true] } })) })],
  ['json', person.map((name) => JSON.stringify({ name, text: '\\u00fc' })).join('\n')],
  ['photo', jpeg(exif)],
  ['photo', png(exif)],
  ['photo', webp(exif)],
  ['photo', heic(exif)],
  [
    'firefox',
    database(`CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT, title TEXT);
      CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, place_id INTEGER, visit_date INTEGER, visit_type INTEGER);
      INSERT INTO moz_places VALUES ${rows(60, (at) => `(${at}, 'https://example.org/${at}', 'page ${at}')`)};
      INSERT INTO moz_historyvisits VALUES ${rows(60, (at) => `(${at}, ${at}, ${1_767_603_600_000_000 + at}, 1)`)};`),
  ],
  [
    'chrome-history',
    database(`CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT, title TEXT, last_visit_time INTEGER);
      CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, transition INTEGER);
      INSERT INTO urls VALUES ${rows(60, (at) => `(${at}, 'https://example.org/${at}', 'page ${at}', 1)`)};
      INSERT INTO visits VALUES ${rows(60, (at) => `(${at}, ${at}, ${13_412_077_200_000_000 + at}, 805306368)`)};`),
  ],
  [
    'docx',
    makeZip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: document },
    ]),
  ],
  ['pdf', makePdf({ pages: [words([700, 'one']), words([700, 'two'], [600, 'three'])], info: '/Title(A title)' })],
]

const inside = [
  { name: 'a/one.md', content: noted },
  { name: 'two.ics', content: ics },
  { name: 'big.txt', content: 'x'.repeat(20_000) },
]

/** What only holds other files. */
export const archives: readonly Sample[] = [
  ['zip', zipOf(inside)],
  [
    'zip',
    zipOf([
      ...inside,
      { name: 'in.zip', content: zipOf(inside) },
      { name: 'in.tgz', content: gzipSync(tarOf({ a: 'b' })) },
    ]),
  ],
  ['zip', lockedByPkware],
  ['zip', lockedByAes],
  ['tar', tarOf({ 'a/one.md': noted, 'two.ics': ics, empty: '' })],
  ['gzip', gzipSync(ics)],
  ['gzip', gzipSync(tarOf({ 'a/one.md': noted, 'b.txt': 'x'.repeat(5000) }))],
]
