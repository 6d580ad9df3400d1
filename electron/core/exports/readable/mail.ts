// Mails as one mbox file: what each said as text, and the files it had. Lines that begin as a new mail would are marked, so
// that no letter can forge another one (RFC 4155; "mboxrd").
import { z } from 'zod'
import type { ReadFile, ReadableItem } from './items.ts'

/** As the importer of mails keeps it: what it was called, and what it answered. */
const kept = z.object({ id: z.string(), answers: z.string().optional() })

/** Bytes that make one line of 76 characters (RFC 2045 §6.8). */
const bytesInLine = 57

export async function* mailEntry(item: ReadableItem, read: ReadFile): AsyncGenerator<string> {
  const { id, at, east, title, body, tags, attachments, facts } = item
  const found = kept.safeParse(facts['mail'])
  const boundary = `mindkeep-${id}`
  const headers = [
    ...people(item, 'from', 'From'),
    ...people(item, 'to', 'To'),
    `Subject: ${word(title)}`,
    `Date: ${sent(at, east)}`,
    `Message-ID: <${found.success ? name(found.data.id) : `${id}@mindkeep`}>`,
    ...(found.data?.answers === undefined ? [] : [`In-Reply-To: <${name(found.data.answers)}>`]),
    // As Gmail writes its labels; there is no other name for them that many programs know.
    ...(tags.length === 0 ? [] : [`X-Gmail-Labels: ${word(tags.join(','))}`]),
    'MIME-Version: 1.0',
  ]
  const text = body
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => (/^>*From /.test(line) ? `>${line}` : line))
    .join('\n')
  const plain = 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit'
  yield `From - ${asctime(at)}\n${headers.join('\n')}\n`
  if (attachments.length === 0) {
    yield `${plain}\n\n${text}\n\n`
    return
  }
  yield `Content-Type: multipart/mixed; boundary="${boundary}"\n\n--${boundary}\n${plain}\n\n${text}\n`
  for (const file of attachments) {
    await using pieces = await read(file.content)
    if (pieces === undefined) continue
    yield `--${boundary}\n${ofFile(file)}\n\n`
    yield* inBase64(pieces)
  }
  yield `--${boundary}--\n\n`
}

/** A name has no blanks and no brackets of its own. */
const name = (id: string): string => id.replaceAll(/[\s<>\p{Cc}]/gu, '').slice(0, 900)

function ofFile({ name: called, media }: ReadableItem['attachments'][number]): string {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(media) ? media : 'application/octet-stream'
  // RFC 2231 §4.
  const encoded = encodeURIComponent(called.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return [
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment;\n filename*=utf-8''${encoded}`,
  ].join('\n')
}

async function* inBase64(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Uint8Array = new Uint8Array()
  for await (const piece of pieces) {
    const all = Buffer.concat([rest, piece])
    const whole = all.length - (all.length % bytesInLine)
    if (whole > 0) yield linesOf(all.subarray(0, whole))
    rest = all.subarray(whole)
  }
  if (rest.length > 0) yield linesOf(rest)
}

const linesOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('base64')
    .replaceAll(/.{1,76}/g, '$&\n')

function people({ people: named }: ReadableItem, role: string, header: string): string[] {
  const found = named
    .filter((person) => person.role === role)
    .map(({ name: called, same }) => {
      const address = same.startsWith('mail:') ? same.slice('mail:'.length).replaceAll(/[\s<>,\p{Cc}]/gu, '') : ''
      return address === '' ? phrase(called) : called === address ? address : `${phrase(called)} <${address}>`
    })
  return found.length === 0 ? [] : [`${header}: ${found.join(',\n ')}`]
}

/** A time as it was lived (RFC 5322 §3.3). */
function sent(at: number, east: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const zone = `${east < 0 ? '-' : '+'}${two(Math.abs(east) / 60)}${two(Math.abs(east) % 60)}`
  return new Date(at + east * 60_000).toUTCString().replace('GMT', zone)
}

const asctime = (at: number): string => {
  const [weekday = '', date = '', month = '', year = '', time = ''] = new Date(at).toUTCString().split(/,? /)
  return `${weekday} ${month} ${date} ${time} ${year}`
}

/** What is not plain ASCII goes in encoded words of at most 75 characters (RFC 2047 §2). */
const word = (text: string): string => encoded(text, /^[\w .,!?/+-]*$/)
/** Beside an address, a comma would begin another one. */
const phrase = (text: string): string => encoded(text, /^[\w +-]*$/)

function encoded(text: string, plain: RegExp): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  if (plain.test(line)) return line
  const words: string[] = []
  let part = ''
  for (const character of line) {
    if (Buffer.byteLength(part + character) > 45) {
      words.push(part)
      part = ''
    }
    part += character
  }
  return [...words, part].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\n ')
}
