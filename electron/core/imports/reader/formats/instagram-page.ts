// Messages from Instagram's export as pages (what it gives unless JSON is asked for), and Facebook's, which is the same:
// `messages/inbox/…/message_1.html`. Only the names of classes tell the parts of a message apart. Times are minutes, in the
// words of the person's language and in no zone.
import { filesBeside } from '../items/beside.ts'
import { createCounts, hashed, inParts } from '../items/same.ts'
import { asCollections } from '../items/tags.ts'
import { parseWhen } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { type Markup, markupOf } from '../markup/markup.ts'
import { soundOnly } from '../markup/tolerant.ts'
import { oneLine } from '../text/text.ts'

/** What begins at an element of such a class goes on to the next of them. */
const parts = { '_a6-g': 'box', '_a6-h': 'name', '_a6-p': 'said', '_a6-o': 'time', '_a6-q': 'reactions' } as const
type Part = (typeof parts)[keyof typeof parts] | 'title'

interface Box {
  readonly name: string
  /** Line by line. */
  readonly said: string
  readonly time: string
  /** Of pictures, films and sounds that came with it. */
  readonly files: readonly string[]
  readonly isCut: boolean
}

interface Chat {
  readonly title: string
  readonly thread: string
  readonly people: ReadonlySet<string>
}

const mostPeople = 3
const longestSaid = 4_000_000
const mostFiles = 100
const threads = /(?:^|\/)([a-z_]+\/[^/]+)\/message_\d+\.html?$/i

export const instagramPage: Importer = {
  format: 'instagram-page',
  counts: 'records',
  recognises({ text, path }) {
    if (text === null || !/^\s*</.test(text) || !['g', 'h', 'p', 'o'].every((end) => text.includes(`_a6-${end}`)))
      return certainty.no
    // Its pages of posts and comments have the same classes, and no names in headings.
    return /<h2[^>]{0,200}_a6-h/.test(text) || threads.test(path) ? certainty.certain : certainty.no
  },
  read: soundOnly(async function* (entry, reading, seen) {
    const chat = await chatOf(entry, reading)
    const counted = createCounts()
    let record = 0
    for await (const one of boxesIn(markupOf(entry, reading, seen))) {
      // Of the group, not in it: its link, who is in it.
      if ('title' in one || (one.time === '' && !one.isLast)) continue
      record += 1
      if (one.time === '') yield { problem: { why: 'cut-short', at: record } }
      else yield* messageOf(one, chat, record, counted, entry, reading)
    }
  }),
}

async function chatOf(entry: Entry, reading: Reading): Promise<Chat> {
  const people = new Set<string>()
  let title = ''
  for await (const one of boxesIn(markupOf(entry, reading, {}))) {
    if ('title' in one) title = one.title
    else if (one.time !== '' && one.name !== '' && people.size < mostPeople) people.add(one.name)
  }
  return { title, thread: threads.exec(entry.called)?.[1] ?? title, people }
}

async function* boxesIn(
  tokens: AsyncIterable<Markup>,
): AsyncIterable<{ readonly title: string } | (Box & { readonly isLast: boolean })> {
  let part: Part | undefined
  let title = ''
  let box: ReturnType<typeof createBox> | undefined
  for await (const token of tokens) {
    if ('text' in token) {
      if (part === 'title') title += token.text.slice(0, 1000)
      else box?.text(part, token.text)
      continue
    }
    if ('close' in token) {
      if (part === 'title') {
        yield { title: oneLine(title, 200) }
        part = undefined
      }
      continue
    }
    const named = (token.attributes['class'] ?? '')
      .split(/\s+/)
      .find((name): name is keyof typeof parts => name in parts)
    if (named !== undefined) part = parts[named]
    else if (token.open === 'title' && box === undefined) part = 'title'
    if (named === '_a6-g') {
      if (box !== undefined) yield { ...box.end(), isLast: false }
      box = createBox()
    } else box?.open(part, token)
  }
  if (box !== undefined) yield { ...box.end(), isLast: true }
}

function createBox() {
  const texts = { name: '', said: '', time: '' }
  const files = new Set<string>()
  let isCut = false
  const add = (part: Part | undefined, text: string) => {
    if (part !== 'name' && part !== 'said' && part !== 'time') return
    isCut ||= texts[part].length + text.length > longestSaid
    if (!isCut) texts[part] += text
  }
  return {
    text: (part: Part | undefined, text: string) => add(part, text.replaceAll(/\s+/g, ' ')),
    open(part: Part | undefined, { open, attributes }: Extract<Markup, { open: string }>) {
      if (open === 'div' || open === 'br' || open === 'p') add(part, '\n')
      const path = attributes['src'] ?? attributes['href'] ?? ''
      if (part === 'said' && path !== '' && !/^[a-z]+:|^[#/]/i.test(path) && files.size < mostFiles) files.add(path)
    },
    end: (): Box => ({
      name: oneLine(texts.name, 200),
      said: texts.said
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('\n'),
      time: oneLine(texts.time, 200),
      files: [...files],
      isCut,
    }),
  }
}

async function* messageOf(
  { name, said, time, files, isCut }: Box,
  chat: Chat,
  at: number,
  counted: ReturnType<typeof createCounts>,
  entry: Entry,
  reading: Reading,
): AsyncIterable<Found> {
  const when = parseWhen(time, { zone: reading.zone, now: reading.now, order: reading.options.dateOrder })
  if (when === undefined || !('at' in when)) {
    yield { problem: { why: 'not-a-date', at } }
    return
  }
  if (said === '' && files.length === 0) {
    yield { skipped: true }
    return
  }
  const beside = await filesBeside(
    entry,
    reading,
    files.map((path) => ({ path })),
  )
  // As it stands on the wall: read in another zone, it is the same message.
  const minute = new Date(when.at + (when.offset ?? 0) * 60_000).toISOString()
  const others = chat.people.size < mostPeople ? [...chat.people].filter((other) => other !== name) : []
  yield* inParts({
    same: counted(minute, `instagram-page:${hashed(chat.thread, minute, name, said, files.join('\n'))}`),
    type: 'message',
    title: oneLine(said.split('\n', 1)[0] ?? '', 80) || (beside.attachments[0]?.name ?? ''),
    body: said,
    when,
    source: /(?:^|\/)your_facebook_activity\//.test(entry.called) ? 'facebook' : 'instagram',
    people: [
      ...(name === '' ? [] : [{ name, role: 'from' as const }]),
      ...others.map((other) => ({ name: other, role: 'to' as const })),
    ],
    collections: asCollections(chat.title),
    attachments: beside.attachments,
    position: at,
  })
  for (const why of beside.problems) yield { problem: { why, at } }
  if (isCut) yield { problem: { why: 'too-large', at } }
}
