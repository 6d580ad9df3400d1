// One mail (RFC 5322, MIME) as an item. postal-mime takes it apart; nothing in it is run or fetched.
import PostalMime, { type Address, type Attachment, decodeWords, type Email } from 'postal-mime'
import { parseWhen } from '../dates/dates.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { knownLabel } from '../text/encodings.ts'
import { readHtml } from '../markup/html.ts'
import type { Found, Problem, Reading } from '../importer.ts'
import type { NewAttachment, NewItem, NewPerson, When } from '../../../library/library.ts'
import { hashed, inParts } from '../items/same.ts'
import { asTags } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'

/** Servers take 25 to 50 MB; taking one apart needs several times its size. */
export const largestMail = 48 * 1024 * 1024

export interface MailPlace {
  /** The importer it came by. */
  readonly source: string
  /** Where it begins, in bytes. */
  readonly position: number
  /** What the mailbox says of when it came; for a mail that does not say when it was sent. */
  readonly came?: string | undefined
  readonly named: (same: string, content: string) => string
}

const mostPeople = 500
const mostAttachments = 1000
const limits = { maxNestingDepth: 64, maxRfc822NestingDepth: 5, attachmentEncoding: 'arraybuffer' } as const

export async function* mailIn(bytes: Uint8Array, place: MailPlace, reading: Reading): AsyncIterable<Found> {
  const { position } = place
  const mail = await parsed(bytes)
  if (typeof mail === 'string') {
    yield { problem: { why: mail, at: position } }
    return
  }
  const item = itemOf(mail, place, reading)
  if (item === undefined) {
    yield { problem: { why: 'no-content', at: position } }
    return
  }
  yield* inParts(item)
  const date = headerOf(mail, 'date') ?? ''
  if (isLost(date, item.when)) yield lostDate(date, position)
  // What a mail calls its encoding is sometimes not what it is in.
  if (
    item.body.includes('\ufffd') &&
    !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('\ufffd')
  ) {
    yield { problem: { why: 'wrong-encoding', at: position } }
  }
}

/** Parts of a mail begin with such lines; a mail of many thousands was made to fill the memory of whoever reads it. */
const mostBoundaries = 20_000

function hasTooManyParts(bytes: Uint8Array): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let count = 0
  for (let at = all.indexOf('\n--'); at !== -1 && count <= mostBoundaries; at = all.indexOf('\n--', at + 3)) count += 1
  return count > mostBoundaries
}

async function parsed(bytes: Uint8Array): Promise<Email | Problem['why']> {
  try {
    const head = headOf(bytes)
    const mail = await PostalMime.parse(head, limits)
    const label = plainIn(mail)
    if (label === undefined) return hasTooManyParts(bytes) ? 'too-many' : await PostalMime.parse(bytes, limits)
    return { ...mail, text: new TextDecoder(label).decode(bytes.subarray(head.length)) }
  } catch (error) {
    return error instanceof Error && /nesting/i.test(error.message) ? 'too-deep' : 'damaged'
  }
}

/** Up to the first blank line. */
function headOf(bytes: Uint8Array): Uint8Array {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ends = [all.indexOf('\r\n\r\n'), all.indexOf('\n\n')].filter((end) => end !== -1)
  return bytes.subarray(0, ends.length === 0 ? bytes.length : Math.min(...ends) + 1)
}

/**
 * The encoding of a mail that is nothing but text as it stands. Most mails of a mailbox are, and decoding that at once is
 * several times as fast as taking it apart line by line; undefined for any other.
 */
function plainIn({ headers }: Email): string | undefined {
  const value = (name: string) => headers.find(({ key }) => key === name)?.value.toLowerCase() ?? ''
  const [type, transfer] = [value('content-type'), value('content-transfer-encoding')]
  if (!/^(?:$|7bit$|8bit$|binary$)/.test(transfer.trim()) || !/^(?:$|text\/plain\s*(?:;|$))/.test(type.trim()))
    return undefined
  if (value('content-disposition') !== '' || type.includes('flowed')) return undefined
  const [, charset] = /;\s*charset\s*=\s*"?([\w.:+-]+)"?\s*(?:;|$)/.exec(type) ?? []
  return charset === undefined ? (type.includes('charset') ? undefined : 'utf-8') : knownLabel(charset)
}

function itemOf(mail: Email, place: MailPlace, reading: Reading): NewItem | undefined {
  const title = oneLine(mail.subject ?? '', 200)
  const people = peopleOf(mail)
  const body = bodyOf(mail)
  const attachments = attachmentsOf(mail.attachments)
  if (title === '' && body === '' && people.length === 0 && attachments.length === 0) return undefined
  const when = sentAt(mail, place.came, reading)
  const content = hashed(JSON.stringify([title, people[0]?.address, when]), body)
  const id = idsIn(mail.messageId)[0]
  const answers = idsIn(mail.inReplyTo)[0] ?? idsIn(mail.references).at(-1)
  const same = place.named(id === undefined ? `mail:${content}` : `mail:${id}`, content)
  return {
    same,
    type: 'mail',
    title,
    body,
    when,
    source: place.source,
    people,
    tags: asTags(labelsOf(mail)),
    links: answers === undefined || answers === id ? [] : [{ kind: 'answers', same: `mail:${answers}` }],
    attachments,
    // For an export, which is to call it by the name it had.
    facts: { mail: { id: same.slice('mail:'.length), ...(answers !== undefined && answers !== id && { answers }) } },
    position: place.position,
  }
}

/** As it was written for reading as text; a page is read as text. */
function bodyOf({ text = '', html = '' }: Email): string {
  const plain = text.trim() === '' && html !== '' ? readHtml(html).text : text
  return plain.replace(/\r\n?/g, '\n').trim()
}

const headerOf = ({ headers }: Email, name: string): string | undefined =>
  headers.find(({ key }) => key === name)?.value

function sentAt(mail: Email, came: string | undefined, { zone, now }: Reading): When | undefined {
  // A server puts its time behind the last semicolon (RFC 5321 §4.4); the topmost was written last.
  const received = headerOf(mail, 'received')?.split(';').at(-1)
  const written = [headerOf(mail, 'date'), received, came].filter((text) => text !== undefined)
  return written.map((text) => parseWhen(text.trim(), { zone, now })).find((when) => when !== undefined)
}

function peopleOf({ from, sender, to = [], cc = [], bcc = [] }: Email): NewPerson[] {
  const author = from ?? sender
  const found = [
    ...(author === undefined ? [] : personsOf(author, 'from')),
    ...[...to, ...cc, ...bcc].slice(0, mostPeople).flatMap((address) => personsOf(address, 'to')),
  ]
  return found.slice(0, mostPeople)
}

function personsOf(address: Address, role: NewPerson['role']): NewPerson[] {
  return (address.group ?? [address]).flatMap((mailbox) => {
    const known = oneLine(mailbox.address, 320)
    const name = oneLine(mailbox.name, 200) || known
    return name === '' ? [] : [{ name, role, ...(known.includes('@') && { address: known }) }]
  })
}

/** `<a@b> <c@d>` without the brackets. */
const idsIn = (text = '') => (text.slice(0, 10_000).match(/[^\s<>,]+/g) ?? []).map((id) => id.slice(0, 500))

/** What Gmail calls labels, as its exports write them. */
function labelsOf({ headers }: Email): string[] {
  const labels = headers.find(({ key }) => key === 'x-gmail-labels')?.value ?? ''
  return decodeWords(labels.slice(0, 10_000)).split(',')
}

/** A proof of who wrote it, of no use without the program that checks it. */
const signatures = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
])

function attachmentsOf(attachments: readonly Attachment[]): NewAttachment[] {
  const wanted = attachments.filter(({ mimeType }) => !signatures.has(mimeType)).slice(0, mostAttachments)
  return wanted.map(({ filename, mimeType, content }) => ({
    name:
      oneLine(filename ?? '', 200) ||
      (mimeType === 'message/rfc822' ? 'message.eml' : (mimeType.split('/')[0] ?? 'attachment')),
    media: /^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'application/octet-stream',
    content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
  }))
}

const known =
  /^(?:from|to|cc|date|subject|sender|reply-to|message-id|received|return-path|delivered-to|mime-version|content-type|x-[\w-]+)$/i

/** How a file begins: how many headers of mails it has before the first blank line, and whether servers left theirs. */
export function headersAtStart(text: string): { readonly mail: boolean; readonly sent: boolean } {
  const names: string[] = []
  for (const line of text.slice(0, 20_000).split(/\r?\n/)) {
    if (line === '') break
    const [, name] = /^([!-9;-~]+):/.exec(line) ?? []
    if (name !== undefined) names.push(name.toLowerCase())
    else if (!/^[ \t]/.test(line) || names.length === 0) return { mail: false, sent: false }
  }
  const has = (...wanted: string[]) => wanted.some((name) => names.includes(name))
  // A page that a browser saved looks like a mail, and is none.
  const mail =
    names.filter((name) => known.test(name)).length >= 2 &&
    has('from', 'received', 'return-path') &&
    !has('snapshot-content-location')
  return { mail, sent: mail && has('message-id', 'received', 'mime-version', 'date') }
}
