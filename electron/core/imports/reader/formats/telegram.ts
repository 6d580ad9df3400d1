// What Telegram Desktop exports as `result.json`: one chat, or all of them. Each message is an item of its chat.
import { z } from 'zod'
import { type Beside, filesBeside } from '../items/beside.ts'
import { moment, parseWhen } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { elements, isObject, startOfJson, type Step } from '../text/json.ts'
import type { When } from '../../../library/library.ts'
import { createCounts, hashed, inParts } from '../items/same.ts'
import { asCollections } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'

const name = z.string().nullish()
const part = z.union([
  z.string(),
  z.object({ type: z.string().optional(), text: z.string(), href: z.string().optional() }),
])
type Part = z.infer<typeof part>

const message = z.object({
  id: z.union([z.int(), z.string()]).optional(),
  type: z.string().optional(),
  date: z.string().optional(),
  date_unixtime: z.union([z.string(), z.number()]).optional(),
  from: name,
  from_id: z.union([z.string(), z.number()]).nullish(),
  forwarded_from: name,
  reply_to_message_id: z.union([z.int(), z.string()]).optional(),
  text: z.union([z.string(), z.array(part)]).default(''),
  photo: z.string().optional(),
  file: z.string().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  sticker_emoji: z.string().optional(),
  location_information: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  place_name: z.string().optional(),
  poll: z.object({ question: z.string(), answers: z.array(z.object({ text: z.string() })).default([]) }).optional(),
})
type Message = z.infer<typeof message>

interface Chat {
  readonly at: string
  name: string | undefined
  id: string
}

const chats = ['$', '$.chats.list.*', '$.left_chats.list.*']
const paths = chats.flatMap((chat) => [`${chat}.name`, `${chat}.id`, `${chat}.messages.*`])

export const telegram: Importer = {
  format: 'telegram',
  counts: 'records',
  recognises({ text }) {
    const start = startOfJson(text)
    if (!isObject(start)) return certainty.no
    if (hasMessages(start)) return certainty.certain
    if (isEmptyChat(start)) return certainty.likely
    const lists = [start['chats'], start['left_chats']].flatMap((all) =>
      isObject(all) && Array.isArray(all['list']) ? [all['list']] : [],
    )
    if (lists.some((list) => list.some(hasMessages))) return certainty.certain
    // All of an account begins with what Telegram has to say about it, at length.
    return 'about' in start && ('personal_information' in start || 'contacts' in start || lists.length > 0)
      ? certainty.likely
      : certainty.no
  },
  async *read(entry, reading) {
    let chat: Chat = { at: '', name: undefined, id: '' }
    const counted = createCounts()
    for await (const found of elements(entry, reading, ...paths)) {
      if ('problem' in found) {
        yield { problem: { ...found.problem, at: found.record } }
        continue
      }
      const at = chatAt(found.path)
      if (at !== chat.at) chat = { at, name: undefined, id: '' }
      const step = found.path.at(-1)
      if (step === 'name') chat.name = typeof found.value === 'string' ? found.value : undefined
      else if (step === 'id') chat.id = String(found.value)
      else yield* messageOf(found.value, chat, found.record, counted, entry, reading)
    }
  },
}

function hasMessages(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value['messages'])) return false
  const all: unknown[] = value['messages']
  return all
    .slice(0, 20)
    .some(
      (one) =>
        isObject(one) &&
        (one['type'] === 'message' || one['type'] === 'service') &&
        ('date_unixtime' in one || 'date' in one),
    )
}

/** Of nobody who ever wrote. */
const isEmptyChat = ({ type, messages }: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(messages) && messages.length === 0 && typeof type === 'string' && chatTypes.test(type)
const chatTypes = /^(?:saved_messages|(?:personal|bot)_chat|(?:private|public)_(?:group|supergroup|channel))$/

/** Without the last steps, which lead to its name or to one of its messages. */
const chatAt = (path: readonly Step[]) => path.slice(0, typeof path.at(-1) === 'number' ? -2 : -1).join('.')

async function* messageOf(
  value: unknown,
  chat: Chat,
  record: number,
  counted: ReturnType<typeof createCounts>,
  entry: Entry,
  reading: Reading,
): AsyncIterable<Found> {
  const parsed = message.safeParse(value)
  if (!parsed.success) {
    yield { problem: { why: 'damaged', at: record } }
    return
  }
  const one = parsed.data
  if (one.type !== undefined && one.type !== 'message') {
    yield { skipped: true }
    return
  }
  const when = timeOf(one, reading)
  if (when === undefined || !('at' in when)) {
    yield { problem: { why: 'not-a-date', at: record } }
    return
  }
  const files = [one.photo, one.file].filter((path) => path !== undefined && !path.startsWith('('))
  const beside: Beside = await filesBeside(
    entry,
    reading,
    files.map((path = '') => ({ path, ...(path === one.file && { name: one.file_name, media: one.mime_type }) })),
  )
  const body = bodyOf(one)
  const from = oneLine(one.from ?? '', 200)
  const time = String(when.at)
  const same =
    one.id === undefined
      ? counted(time, `telegram:${hashed(chat.name ?? '', time, from, body)}`)
      : `telegram:${chat.id}:${one.id}`
  yield* inParts({
    same,
    type: 'message',
    title: oneLine(body.split('\n', 1)[0] ?? '', 80) || (beside.attachments[0]?.name ?? ''),
    body,
    when,
    source: 'telegram',
    people: from === '' ? [] : [{ name: from, role: 'from' }],
    collections: asCollections(chat.name),
    links:
      one.reply_to_message_id === undefined
        ? []
        : [{ kind: 'answers', same: `telegram:${chat.id}:${one.reply_to_message_id}` }],
    attachments: beside.attachments,
    facts: {
      ...(one.forwarded_from && { forwardedFrom: one.forwarded_from.slice(0, 200) }),
      ...one.location_information,
      ...(one.place_name !== undefined && { place: one.place_name.slice(0, 500) }),
    },
    position: record,
  })
  for (const why of beside.problems) yield { problem: { why, at: record } }
}

function timeOf({ date, date_unixtime: seconds }: Message, { zone, now }: Reading): When | undefined {
  return seconds === undefined ? parseWhen(date ?? '', { zone, now }) : moment(Number(seconds) * 1000)
}

function bodyOf({ text, sticker_emoji: sticker, poll }: Message): string {
  const said = typeof text === 'string' ? text : text.reduce<string>(joined, '')
  const asked =
    poll === undefined ? '' : [poll.question, ...poll.answers.map((answer) => `- ${answer.text}`)].join('\n')
  return [said, asked].filter((words) => words !== '').join('\n') || (sticker ?? '')
}

/** Parts follow each other as they are; only an address would become part of the word before it. */
function joined(before: string, next: Part): string {
  if (typeof next === 'string') return before + next
  const apart = next.type === 'link' && /\S$/.test(before) && !/[([{<"'“„«/]$/.test(before) ? ' ' : ''
  const address = next.href !== undefined && next.href !== next.text ? ` (${next.href})` : ''
  return `${before}${apart}${next.text}${address}`
}
