// What the tool signal-export makes of Signal's desktop app: `<chat>/data.json`, a line for each message, its files beside it.
// It keeps no names of messages, so that one is what was said by whom at which moment.
import { z } from 'zod'
import { filesBeside } from '../items/beside.ts'
import { parseWhen } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { isObject, startOfJson } from '../text/json.ts'
import { createCounts, hashed, inParts } from '../items/same.ts'
import { asCollections } from '../items/tags.ts'
import { lines, oneLine } from '../text/text.ts'

const message = z.looseObject({
  date: z.string(),
  sender: z.string(),
  body: z.string(),
  sticker: z.looseObject({ emoji: z.string() }).nullish(),
  attachments: z.array(z.looseObject({ name: z.string().nullish(), path: z.string() })).default([]),
  deleted: z.boolean().optional(),
  call: z.boolean().optional(),
})

const keys = ['date', 'sender', 'body', 'quote', 'reactions', 'attachments']

export const signalExport: Importer = {
  format: 'signal-export',
  counts: 'lines',
  recognises({ text }) {
    const first = startOfJson((text ?? '').split('\n', 1)[0] ?? '')
    return isObject(first) && keys.every((key) => key in first) ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    const counted = createCounts()
    for await (const { text, line, cut, broken } of lines(entry, reading)) {
      if (text.trim() === '') continue
      if (cut || broken) yield { problem: { why: cut ? 'too-large' : 'wrong-encoding', at: line } }
      else yield* messageOf(text, line, counted, entry, reading)
    }
  },
}

function parsed(line: string): z.infer<typeof message> | undefined {
  try {
    return message.safeParse(JSON.parse(line)).data
  } catch {
    // A line that is no JSON is told of by whoever asked.
    return undefined
  }
}

async function* messageOf(
  text: string,
  at: number,
  counted: ReturnType<typeof createCounts>,
  entry: Entry,
  reading: Reading,
): AsyncIterable<Found> {
  const one = parsed(text)
  const when = parseWhen(one?.date.replace(/(\.\d{3})\d+/, '$1') ?? '', reading)
  if (one === undefined || when === undefined || !('at' in when)) {
    yield { problem: { why: one === undefined ? 'damaged' : 'not-a-date', at } }
    return
  }
  const beside = await filesBeside(
    entry,
    reading,
    one.attachments.map(({ path, name }) => ({ path, name: name ?? undefined })),
  )
  const body = one.body.trim() || (one.sticker?.emoji ?? '')
  if (one.deleted === true || one.call === true || (body === '' && one.attachments.length === 0)) {
    yield { skipped: true }
    return
  }
  const from = oneLine(one.sender, 200)
  yield* inParts({
    same: counted(one.date, `signal:${hashed(one.date, from, body)}`),
    type: 'message',
    title: oneLine(body.split('\n', 1)[0] ?? '', 80) || (beside.attachments[0]?.name ?? ''),
    body,
    when,
    source: 'signal',
    people: from === '' ? [] : [{ name: from, role: 'from' }],
    collections: asCollections(entry.called.split('/').at(-2)),
    attachments: beside.attachments,
    position: at,
  })
  for (const why of beside.problems) yield { problem: { why, at } }
}
