// Claude's export: `conversations.json`, a list of conversations with their messages in order.
import { z } from 'zod'
import { parseWhen } from '../dates/dates.ts'
import { isLost, lostDate } from '../dates/lost-dates.ts'
import { certainty, type Found, type Importer, type Reading } from '../importer.ts'
import { elements, isObject, startOfJson } from '../text/json.ts'
import type { NewAttachment } from '../../../library/library.ts'
import { hashed, inParts } from '../items/same.ts'
import { oneLine } from '../text/text.ts'
import { conversationItem } from './turns.ts'

const attached = z.looseObject({ file_name: z.string().nullish(), extracted_content: z.string().nullish() })
const message = z.looseObject({
  sender: z.string(),
  text: z.string().nullish(),
  content: z.array(z.looseObject({ type: z.string().optional(), text: z.string().nullish() })).nullish(),
  attachments: z.array(attached).nullish(),
})
type Message = z.infer<typeof message>
const conversation = z.object({
  uuid: z.string().nullish(),
  name: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  chat_messages: z.array(z.unknown()),
})

export const claude: Importer = {
  format: 'claude',
  counts: 'records',
  recognises({ text }) {
    const start = startOfJson(text)
    const first: unknown = Array.isArray(start) ? start[0] : undefined
    return isObject(first) && Array.isArray(first['chat_messages']) ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    for await (const found of elements(entry, reading, '$.*')) {
      if ('problem' in found) yield { problem: { ...found.problem, at: found.record } }
      else yield* conversationOf(found.value, found.record, reading)
    }
  },
}

function* conversationOf(value: unknown, at: number, reading: Reading): Generator<Found> {
  const parsed = conversation.safeParse(value)
  if (!parsed.success) {
    yield { problem: { why: 'damaged', at } }
    return
  }
  const { uuid, name, created_at: began, updated_at: changed, chat_messages: all } = parsed.data
  const messages = all.map((one) => message.safeParse(one)).flatMap(({ data }) => data ?? [])
  const turns = messages.map((one) => ({
    by: one.sender === 'human' ? ('person' as const) : ('assistant' as const),
    text: textOf(one),
  }))
  const [when, ends] = [began, changed].map((time) => parseWhen(time ?? '', reading))
  const item = conversationItem({
    same: `claude:${uuid ?? hashed(began ?? '', name ?? '', turns[0]?.text ?? '')}`,
    source: 'claude',
    name: name ?? '',
    turns,
    when,
    ends:
      when !== undefined && 'at' in when && ends !== undefined && 'at' in ends && ends.at > when.at
        ? ends.at
        : undefined,
    attachments: messages.flatMap(attachmentsOf),
    facts: {},
    position: at,
  })
  if (item === undefined) yield { skipped: true }
  else {
    yield* inParts(item)
    if (isLost(began ?? '', when)) yield lostDate(began ?? '', at)
  }
  if (messages.length < all.length) yield { problem: { why: 'damaged', at } }
}

/** What was said; what tools did stands between it and is left out. */
function textOf({ content, text }: Message): string {
  const said = (content ?? []).flatMap((one) => (one.type === 'text' && one.text ? [one.text] : []))
  return said.length > 0 ? said.join('\n\n') : (text ?? '')
}

/** Of a document the export holds only its text. */
const attachmentsOf = ({ attachments }: Message): NewAttachment[] =>
  (attachments ?? []).flatMap(({ file_name: name, extracted_content: text }) =>
    text
      ? [
          {
            name: oneLine(name ?? '', 200) || 'attachment.txt',
            media: 'text/plain',
            content: new TextEncoder().encode(text),
          },
        ]
      : [],
  )
