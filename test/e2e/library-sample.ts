// A few hundred invented items in the formats they would come in: notes, a calendar, messages, mail, contacts, payments and
// a picture. Two years of nobody's life.
import { deflateSync } from 'node:zlib'
import { crc32 } from 'node:zlib'

const people = ['Ada Quill', 'Ben Marlow', 'Chiara Lindt', 'Dov Äkerman', 'نور الهدى', '林 小雨'] as const
const places = ['Harbour café', 'Library', 'North park', 'Town hall', 'Swimming pool'] as const
const matters = ['Tax return', 'Boat repair', 'Choir', 'Summer plans', 'Garden'] as const
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T
const two = (value: number) => String(value).padStart(2, '0')
const dayAfter = (at: number) => new Date(Date.UTC(2024, 0, 3 + at * 5))
const iso = (date: Date) => date.toISOString().slice(0, 10)
const compact = (date: Date) => iso(date).replaceAll('-', '')
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

const notes = Object.fromEntries(
  times(24, (at) => [
    `Notes/${pick(matters, at)} ${at + 1}.md`,
    `---\ndate: ${iso(dayAfter(at * 4))}\ntags: [${pick(['home', 'work', 'boat'], at)}]\n---\n# ${pick(matters, at)} ${at + 1}\n\nWhat was said about **${pick(matters, at).toLowerCase()}** at the ${pick(places, at)}.\n\n- first thing\n- [ ] second thing\n\nSee [[${pick(matters, at + 1)} ${at + 2}]] and <https://example.org/${at}>.\n`,
  ]),
)

const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//nobody//EN',
  ...times(60, (at) => [
    'BEGIN:VEVENT',
    `UID:event-${at}@example.org`,
    `DTSTART:${compact(dayAfter(at * 2))}T${two(8 + (at % 10))}0000Z`,
    `DTEND:${compact(dayAfter(at * 2))}T${two(9 + (at % 10))}0000Z`,
    `SUMMARY:${pick(matters, at)} with ${pick(people, at)}`,
    `LOCATION:${pick(places, at)}`,
    ...(at % 12 === 0 ? ['RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=10'] : []),
    'END:VEVENT',
  ]).flat(),
  'END:VCALENDAR',
  '',
].join('\r\n')

const cards = people
  .map((name, at) =>
    [
      'BEGIN:VCARD',
      'VERSION:4.0',
      `FN:${name}`,
      `EMAIL;TYPE=home:friend${at}@example.org`,
      `TEL;TYPE=cell:+49 30 555 01${two(at)}`,
      `BDAY:19${70 + at}-0${1 + at}-1${at}`,
      'END:VCARD',
      '',
    ].join('\r\n'),
  )
  .join('')

const mailbox = times(
  40,
  (at) =>
    `From friend@example.org Mon Jan 01 00:00:00 2024\nFrom: ${at % 4 === 1 ? 'Ben Marlow' : 'Ada Quill'} <friend${at % 2}@example.org>\nTo: me@example.org\nSubject: ${pick(matters, at)}, letter ${at + 1}\nMessage-ID: <letter-${at}@example.org>\nDate: ${dayAfter(at * 3).toUTCString()}\nContent-Type: text/plain; charset=utf-8\n\nDear all,\n\nabout the ${pick(matters, at).toLowerCase()}: we meet at the ${pick(places, at)}.\n${at === 7 ? 'The card is 4111 1111 1111 1111.\n' : ''}\nYours\n\n`,
).join('')

const chat = JSON.stringify({
  name: 'Ben Marlow',
  type: 'personal_chat',
  id: 4242,
  messages: times(150, (at) => ({
    id: at + 1,
    type: 'message',
    date: new Date(Date.UTC(2025, 0, 2, 8 + (at % 12)) + at * 2 * 86_400_000).toISOString().slice(0, 19),
    date_unixtime: String(Math.floor(Date.UTC(2025, 0, 2, 8 + (at % 12)) / 1000) + at * 2 * 86_400),
    from: at % 2 === 0 ? 'Ben Marlow' : 'Me',
    from_id: at % 2 === 0 ? 'user1' : 'user2',
    ...(at > 0 && at % 9 === 0 ? { reply_to_message_id: at } : {}),
    text:
      at === 30
        ? 'مرحبا يا صديقي'
        : `${pick(places, at)} at ${8 + (at % 12)}? Bring the ${pick(matters, at).toLowerCase()} papers.`,
  })),
})

const payments = [
  'Date,Amount,Currency,Counterparty,Description',
  ...times(50, (at) => `${iso(dayAfter(at * 2))},-${10 + at}.${two(at)},EUR,${pick(places, at)},Payment ${at + 1}`),
  '',
].join('\n')

/** A square of one colour. */
export function picture(side = 120): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([9, 104, 104]))])
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(times(side, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const sample: Readonly<Record<string, string | Uint8Array>> = {
  ...notes,
  'calendar.ics': calendar,
  'contacts.vcf': cards,
  'letters.mbox': mailbox,
  'chat/result.json': chat,
  'statement.csv': payments,
  'Pictures/IMG_20250714_101500.png': picture(),
}
