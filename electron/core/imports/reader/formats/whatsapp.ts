// A chat that WhatsApp exported: lines that begin with a time as the phone's language writes it, and go on until the next.
// WhatsApp gives its messages no names, so a message is what was said by whom in which minute, after whom.
import { type Beside, fileBeside, filesBeside } from '../items/beside.ts'
import { dateHabit, tellsOrder } from '../dates/date-order.ts'
import { type DateOrder, parseWhen } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import type { NewPerson, When } from '../../../library/library.ts'
import { createCounts, hashed, inParts } from '../items/same.ts'
import { asCollections } from '../items/tags.ts'
import { lines, oneLine } from '../text/text.ts'

interface Head {
  readonly time: string
  readonly rest: string
}

interface Message {
  readonly line: number
  readonly when: When | undefined
  readonly author: string
  readonly text: string[]
  length: number
  flaw: 'too-large' | 'wrong-encoding' | undefined
}

const marks = '[\\u200e\\u200f\\u202a-\\u202e\\ufeff]*'
/** On an iPhone `[31.12.24, 23:59:58] …`, else `31.12.24, 23:59 - …`. */
const bracketed = new RegExp(`^${marks}\\[([^\\]]{8,45})\\] (.*)$`, 's')
const dashed = new RegExp(`^${marks}([\\d\\u0660-\\u0669\\u06f0-\\u06f9][^-–]{0,3}[^–]{6,40}?) [-–] (.*)$`, 's')
/** No quotation marks: those are of lines like `Ann changed the subject to "Tea: now"`. */
const spoken = /^([^:"“”„«»]{1,100}?): ([^]*)$/
/** `<attached: photo.jpg>` in any language, or `photo.jpg (file attached)`. */
const attachedInBrackets = /\u200e?<[^<>:]{2,40}: ?([^<>/\\]{1,200}\.\w{1,5})>/
const attachedBefore = /^\u200e?([^<>/\\]{1,200}\.\w{1,5}) \([^()]{3,40}\)$/
const mostAuthors = 3
const mostDates = 20_000

const plausible = { zone: 'UTC', now: new Date(0) }

function headOf(line: string, { zone, now }: Pick<Reading, 'zone' | 'now'>): Head | undefined {
  const found = bracketed.exec(line) ?? dashed.exec(line)
  if (found === null) return undefined
  const [, time = '', rest = ''] = found
  const when = parseWhen(time, { zone, now })
  return when !== undefined && 'at' in when ? { time, rest } : impossible.test(time) ? { time, rest } : undefined
}

/** A time by its shape, though there is no such day: its message is told of, not taken for the end of another. */
const impossible = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}/

export const whatsapp: Importer = {
  format: 'whatsapp',
  counts: 'lines',
  recognises({ text, path }) {
    const heads = (text ?? '').split(/\r?\n/, 50).flatMap((line) => headOf(line, plausible) ?? [])
    if (!heads.some(({ rest }) => spoken.test(rest)) && !/whatsapp/i.test(path)) return certainty.no
    const starts = headOf((text ?? '').trimStart().split(/\r?\n/, 1)[0] ?? '', plausible) !== undefined
    return starts ? certainty.certain : certainty.no
  },
  asks,
  async *read(entry, reading) {
    const chat = await lookThrough(entry, reading)
    const naming = { counted: createCounts(), before: createBefore() }
    let message: Message | undefined
    for await (const { text, line, broken, cut } of lines(entry, reading)) {
      const flaw = cut ? 'too-large' : broken ? 'wrong-encoding' : undefined
      const head = headOf(text, reading)
      if (head === undefined) {
        if (message !== undefined) goOn(message, text, flaw)
        continue
      }
      if (message !== undefined) yield* found(message, chat, naming, entry, reading)
      const [, author, first] = spoken.exec(head.rest) ?? []
      message = undefined
      if (author === undefined || first === undefined || isNotice(first)) yield { skipped: true }
      else {
        const when = parseWhen(head.time, { zone: reading.zone, now: reading.now, order: chat.order })
        message = { line, when, author: oneLine(author, 200), text: [first], length: first.length, flaw }
      }
    }
    if (message !== undefined) yield* found(message, chat, naming, entry, reading)
  },
}

/** No message is as long as a book; what follows one is another file than a chat. */
const longestMessage = 4_000_000

function goOn(message: Message, text: string, flaw: Message['flaw']): void {
  message.length += text.length + 1
  if (message.length > longestMessage) message.flaw = 'too-large'
  else message.text.push(text)
  message.flaw ??= flaw
}

/** What an iPhone says by itself begins with a mark that nobody types. So does what was attached, or left out: two words. */
const isNotice = (text: string) =>
  text.startsWith('\u200e') &&
  ![attachedInBrackets, attachedBefore, /^\S+ \S+$/].some((pattern) => pattern.test(text.trimEnd()))

interface Chat {
  readonly order: DateOrder | undefined
  readonly authors: ReadonlySet<string>
  readonly name: string | undefined
}

/** What messages are named by, beside themselves. */
interface Naming {
  readonly counted: ReturnType<typeof createCounts>
  readonly before: ReturnType<typeof createBefore>
}

/**
 * Whom somebody speaks after: the same words in the same minute to Ann and to Cy are two messages. Only of what stands
 * before a message: a chat that has grown, also by one more who speaks, has its old messages still under their names.
 */
function createBefore(): (author: string) => string {
  let [last, other] = ['', '']
  return (author) => {
    if (author !== last) [last, other] = [author, last]
    return other
  }
}

const dateIn = ({ time }: Head): string => time.split(/[, ]/, 1)[0] ?? ''

/** Most chats tell within their first month: no more is read of them than that. */
async function asks(entry: Entry, reading: Reading) {
  const dates = new Set<string>()
  for await (const { text } of lines(entry, reading)) {
    const head = headOf(text, reading)
    if (head === undefined) continue
    const date = dateIn(head)
    if (tellsOrder(date)) return []
    if (dates.size < mostDates) dates.add(date)
  }
  return dateHabit(dates, reading).asks
}

async function lookThrough(entry: Entry, reading: Reading): Promise<Chat> {
  const dates = new Set<string>()
  const authors = new Set<string>()
  for await (const { text } of lines(entry, reading)) {
    const head = headOf(text, reading)
    if (head === undefined) continue
    if (dates.size < mostDates) dates.add(dateIn(head))
    const [, author, first] = spoken.exec(head.rest) ?? []
    if (author !== undefined && !isNotice(first ?? '') && authors.size < mostAuthors) authors.add(oneLine(author, 200))
  }
  return { order: dateHabit(dates, reading).order, authors, name: nameOf(entry.called) }
}

/** `WhatsApp Chat with Ann.txt`, `WhatsApp-Chat mit Ann/_chat.txt`: the last words of it. */
function nameOf(path: string): string | undefined {
  const label = path.split('/').findLast((part) => /whatsapp/i.test(part))
  const bare = label?.replace(/\.(?:txt|zip)$/i, '').replace(/ \(\d+\)$/, '')
  return /whatsapp.*?(?: - | (?:with|mit|con|com|avec|met|med|z|с|и) )(.+)$/i.exec(bare ?? '')?.[1]
}

async function* found(
  message: Message,
  chat: Chat,
  { counted, before }: Naming,
  entry: Entry,
  reading: Reading,
): AsyncIterable<Found> {
  const { when, author, line } = message
  const after = before(author)
  if (when === undefined || !('at' in when)) {
    yield { problem: { why: 'not-a-date', at: line } }
    return
  }
  const written = message.text.join('\n').trim()
  const { text, beside } = await withFiles(written, entry, reading)
  const name = beside.attachments[0]?.name
  const time = new Date(when.at).toISOString()
  yield* inParts({
    same: counted(time, `whatsapp:${hashed(after, time, author, written)}`),
    type: 'message',
    title: oneLine(text.split('\n', 1)[0] ?? '', 80) || (name ?? ''),
    body: text,
    when,
    source: 'whatsapp',
    people: peopleOf(author, chat),
    collections: asCollections(chat.name),
    attachments: beside.attachments,
    position: line,
  })
  for (const why of beside.problems) yield { problem: { why, at: line } }
  if (message.flaw !== undefined) yield { problem: { why: message.flaw, at: line } }
}

function peopleOf(author: string, { authors }: Chat): NewPerson[] {
  const others = authors.size < mostAuthors ? [...authors].filter((name) => name !== author) : []
  return [{ name: author, role: 'from' as const }, ...others.map((name) => ({ name, role: 'to' as const }))]
}

/** A file that lies beside the chat takes the place of the words about it; where it does not, the words stay. */
async function withFiles(text: string, entry: Entry, reading: Reading): Promise<{ text: string; beside: Beside }> {
  const [first = '', ...rest] = text.split('\n')
  const [said, name] = attachedInBrackets.exec(text) ?? attachedBefore.exec(first) ?? []
  if (said === undefined || name === undefined || fileBeside(entry, reading, name) === undefined) {
    return { text: text.replaceAll('\u200e', ''), beside: { attachments: [], problems: [] } }
  }
  const left = said === first ? rest.join('\n') : text.replace(said, '')
  return { text: left.replaceAll('\u200e', '').trim(), beside: await filesBeside(entry, reading, [{ path: name }]) }
}
