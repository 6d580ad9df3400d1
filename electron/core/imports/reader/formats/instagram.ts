// Messages from Instagram's export (JSON), and Facebook's, which is the same: `messages/inbox/…/message_1.json`. Meta writes
// every byte of its UTF-8 as a character of its own, so that text has to be read twice.
import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { filesBeside } from '../items/beside.ts'
import { moment } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { elements, isObject, startOfJson } from '../text/json.ts'
import { createCounts, hashed, inParts } from '../items/same.ts'
import { asCollections } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'

const media = z.array(z.looseObject({ uri: z.string() })).default([])
const message = z.looseObject({
  sender_name: z.string().default(''),
  timestamp_ms: z.number(),
  content: z.string().optional(),
  share: z.looseObject({ link: z.string().optional(), share_text: z.string().optional() }).nullish(),
  photos: media,
  videos: media,
  audio_files: media,
  files: media,
  is_unsent: z.boolean().optional(),
})

interface Chat {
  title: string
  /** Its name in every export. */
  thread: string
  readonly people: string[]
}

const mostPeople = 3

export const instagram: Importer = {
  format: 'instagram',
  counts: 'records',
  recognises({ text }) {
    const start = startOfJson(text)
    if (!isObject(start) || !Array.isArray(start['participants']) || !Array.isArray(start['messages']))
      return certainty.no
    const first: unknown = start['messages'][0]
    return first === undefined || (isObject(first) && 'timestamp_ms' in first) ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    const chat = await chatOf(entry, reading)
    const counted = createCounts()
    for await (const found of elements(entry, reading, '$.messages.*')) {
      if ('problem' in found) yield { problem: { ...found.problem, at: found.record } }
      else yield* messageOf(found.value, chat, found.record, counted, entry, reading)
    }
  },
}

/** Text as it was before each of its bytes became a character; text that never was that is left as it is. */
export function once(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : text
}

/** Its title stands behind its messages, so that it is looked for first. */
async function chatOf(entry: Entry, reading: Reading): Promise<Chat> {
  const chat: Chat = { title: '', thread: '', people: [] }
  for await (const found of elements(entry, reading, '$.title', '$.thread_path', '$.participants.*')) {
    if ('problem' in found) continue
    const { value } = found
    if (found.path[0] === 'title' && typeof value === 'string') chat.title = once(value)
    else if (found.path[0] === 'thread_path' && typeof value === 'string') chat.thread = value
    else if (isObject(value) && typeof value['name'] === 'string' && chat.people.length < mostPeople) {
      chat.people.push(oneLine(once(value['name']), 200))
    }
  }
  return chat
}

async function* messageOf(
  value: unknown,
  chat: Chat,
  at: number,
  counted: ReturnType<typeof createCounts>,
  entry: Entry,
  reading: Reading,
): AsyncIterable<Found> {
  const { data: one } = message.safeParse(value)
  const when = moment(one?.timestamp_ms ?? Number.NaN)
  if (one === undefined || when === undefined) {
    yield { problem: { why: one === undefined ? 'damaged' : 'not-a-date', at } }
    return
  }
  const paths = [one.photos, one.videos, one.audio_files, one.files].flat().map(({ uri }) => ({ path: once(uri) }))
  const beside = await filesBeside(entry, reading, paths)
  const body = [one.content, one.share?.share_text, one.share?.link]
    .filter((part) => part !== undefined)
    .map(once)
    .join('\n')
    .trim()
  if (one.is_unsent === true || (body === '' && paths.length === 0)) {
    yield { skipped: true }
    return
  }
  const from = oneLine(once(one.sender_name), 200)
  const to = chat.people.length < mostPeople ? chat.people.filter((name) => name !== from && name !== '') : []
  const time = String(one.timestamp_ms)
  const uris = paths.map(({ path }) => path).join('\n')
  yield* inParts({
    same: counted(time, `instagram:${hashed(chat.thread, time, from, body, uris)}`),
    type: 'message',
    title: oneLine(body.split('\n', 1)[0] ?? '', 80) || (beside.attachments[0]?.name ?? ''),
    body,
    when,
    source: /(?:^|\/)your_facebook_activity\//.test(entry.called) ? 'facebook' : 'instagram',
    people: [
      ...(from === '' ? [] : [{ name: from, role: 'from' as const }]),
      ...to.map((name) => ({ name, role: 'to' as const })),
    ],
    collections: asCollections(chat.title),
    attachments: beside.attachments,
    position: at,
  })
  for (const why of beside.problems) yield { problem: { why, at } }
}
