// ChatGPT's export: `conversations.json`, or several of them. A conversation is a tree, since answers can be asked for again;
// what is kept is the branch it was left at.
import { z } from 'zod'
import { type Beside, filesBeside } from '../items/beside.ts'
import { moment } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { elements, isObject, startOfJson } from '../text/json.ts'
import { nameOf } from '../items/labels.ts'
import { hashed, inParts } from '../items/same.ts'
import { conversationItem, type Turn } from './turns.ts'

const seconds = z.number().nullish()
const part = z.union([z.string(), z.looseObject({ text: z.string().optional(), asset_pointer: z.string().optional() })])
const message = z.object({
  author: z.object({ role: z.string() }),
  create_time: seconds,
  recipient: z.string().nullish(),
  content: z
    .looseObject({ content_type: z.string().optional(), parts: z.array(part).optional(), text: z.string().optional() })
    .nullish(),
  metadata: z.looseObject({ is_visually_hidden_from_conversation: z.boolean().nullish() }).nullish(),
})
type Message = z.infer<typeof message>
const node = z.object({ parent: z.string().nullish(), message: z.unknown() })
const conversation = z.object({
  title: z.string().nullish(),
  create_time: seconds,
  update_time: seconds,
  mapping: z.record(z.string(), z.unknown()),
  current_node: z.string().nullish(),
  conversation_id: z.string().nullish(),
  id: z.string().nullish(),
  default_model_slug: z.string().nullish(),
})
type Conversation = z.infer<typeof conversation>

export const chatgpt: Importer = {
  format: 'chatgpt',
  counts: 'records',
  recognises({ text }) {
    const start = startOfJson(text)
    const first: unknown = Array.isArray(start) ? start[0] : undefined
    return isObject(first) && isObject(first['mapping']) ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    const assets = assetsIn(reading.paths)
    for await (const found of elements(entry, reading, '$.*')) {
      if ('problem' in found) yield { problem: { ...found.problem, at: found.record } }
      else yield* conversationOf(found.value, found.record, assets, entry, reading)
    }
  },
}

async function* conversationOf(
  value: unknown,
  at: number,
  assets: ReadonlyMap<string, string>,
  entry: Entry,
  reading: Reading,
): AsyncIterable<Found> {
  const parsed = conversation.safeParse(value)
  if (!parsed.success) {
    yield { problem: { why: 'damaged', at } }
    return
  }
  const one = parsed.data
  const { messages, isWhole } = branchOf(one)
  const pictures = messages.flatMap(picturesOf).flatMap((id) => assets.get(id) ?? [])
  const beside: Beside = await filesBeside(
    entry,
    reading,
    [...new Set(pictures)].map((path) => ({ path })),
  )
  const turns = messages.flatMap(turnOf)
  const began = one.create_time ?? messages[0]?.create_time
  const when = moment((began ?? Number.NaN) * 1000)
  const ends = moment((one.update_time ?? Number.NaN) * 1000)?.at
  const id = one.conversation_id ?? one.id ?? hashed(String(began), one.title ?? '', turns[0]?.text ?? '')
  const item = conversationItem({
    same: `chatgpt:${id}`,
    source: 'chatgpt',
    name: one.title ?? '',
    turns,
    when,
    ends: when !== undefined && ends !== undefined && ends > when.at ? ends : undefined,
    attachments: beside.attachments,
    facts: one.default_model_slug ? { model: one.default_model_slug.slice(0, 100) } : {},
    position: at,
  })
  if (item === undefined) yield { skipped: true }
  else yield* inParts(item)
  if (!isWhole) yield { problem: { why: 'damaged', at } }
  for (const why of beside.problems) yield { problem: { why, at } }
}

/**
 * From the node it was left at back to the first, then the other way round. A node met twice ends the walk, and so does one
 * that cannot be read: what stands before it is not known any more.
 */
function branchOf({ mapping, current_node: left }: Conversation) {
  const branch: Message[] = []
  let isWhole = true
  const walked = new Set<string>()
  let at = left ?? Object.keys(mapping).at(-1)
  while (at !== undefined && !walked.has(at)) {
    walked.add(at)
    const { data } = node.safeParse(mapping[at])
    // The first one of all says nothing.
    const said = message.nullish().safeParse(data?.message)
    if (said.data) branch.push(said.data)
    if (!said.success || (data === undefined && mapping[at] !== undefined)) isWhole = false
    at = data?.parent ?? undefined
  }
  return { messages: branch.toReversed(), isWhole }
}

/** What was shown: not what tools were told, what they answered, or what the assistant thought. */
function turnOf({ author, recipient, content, metadata }: Message): Turn[] {
  const by = author.role === 'user' ? 'person' : author.role === 'assistant' ? 'assistant' : undefined
  if (by === undefined || metadata?.is_visually_hidden_from_conversation === true || (recipient ?? 'all') !== 'all')
    return []
  if (!/^(?:text|multimodal_text|code)$/.test(content?.content_type ?? 'text')) return []
  const parts = (content?.parts ?? []).map((one) => (typeof one === 'string' ? one : (one.text ?? '')))
  return [{ by, text: [...parts, content?.text ?? ''].filter((text) => text !== '').join('\n\n') }]
}

/** `file-service://file-AbC123`, `sediment://file_0123`. */
const picturesOf = ({ content }: Message): string[] =>
  (content?.parts ?? []).flatMap((one) =>
    typeof one === 'string' ? [] : (/:\/\/(file[-_][A-Za-z0-9]+)/.exec(one.asset_pointer ?? '')?.[1] ?? []),
  )

/** Files of an export are named after their id, with the name they were given behind it. */
function assetsIn(paths: readonly string[]): ReadonlyMap<string, string> {
  const assets = new Map<string, string>()
  for (const path of paths) {
    const id = /^file[-_][A-Za-z0-9]+/.exec(nameOf(path))?.[0]
    if (id !== undefined) assets.set(id, path)
  }
  return assets
}
