// Contacts as one vCard file (RFC 6350). What came from a card is said as its card said it.
import ICAL from 'ical.js'
import { z } from 'zod'
import { contentLines, escaped, utc } from './content-lines.ts'
import type { ReadFile, ReadableItem } from './items.ts'
import { linesOf, properties } from './json-lines.ts'

const values = z.array(z.object({ value: z.string(), label: z.string().optional() })).catch([])

/** As the importer of contacts keeps it: jCard (RFC 7095). */
const kept = z.tuple([z.literal('vcard'), properties])

/** A picture that is larger stays a file beside the contacts. */
const largestPicture = 16 * 1024 * 1024

export async function* contactEntry(item: ReadableItem, read: ReadFile): AsyncGenerator<string> {
  const { id, title, body, tags, changed, facts, attachments } = item
  const found = kept.safeParse(facts['card'])
  yield contentLines([
    'BEGIN:VCARD',
    'VERSION:4.0',
    `FN:${escaped(title) || 'Unnamed'}`,
    ...(found.success ? linesOf(found.data[1], ICAL.design.vcard) : [`UID:${id}`, ...plainFacts(facts)]),
    ...(tags.length === 0 ? [] : [`CATEGORIES:${tags.map(escaped).join(',')}`]),
    ...(body === '' ? [] : [`NOTE:${escaped(body)}`]),
  ])
  for (const { media, content } of attachments) {
    await using pieces = /^image\/[\w.+-]+$/.test(media) ? await read(content) : undefined
    const picture = await wholeOf(pieces)
    if (picture !== undefined) yield contentLines([`PHOTO:data:${media};base64,${picture.toString('base64')}`])
  }
  yield contentLines([`REV:${utc(changed)}`, 'END:VCARD'])
}

function plainFacts(facts: ReadableItem['facts']): string[] {
  const many = (name: string, fact: string) =>
    values.parse(facts[fact]).map(({ value, label }) => `${name}${typed(label)}:${escaped(value)}`)
  const one = (name: string, fact: string) => {
    const value = facts[fact]
    return typeof value === 'string' && value !== '' ? [`${name}:${escaped(value)}`] : []
  }
  return [
    ...one('NICKNAME', 'nickname'),
    ...many('EMAIL', 'emails'),
    ...many('TEL', 'phones'),
    // Kept as one line of text: where the street ends is not known.
    ...values.parse(facts['addresses']).map(({ value, label }) => `ADR${typed(label)}:;;${escaped(value)};;;;`),
    ...z
      .array(z.string())
      .catch([])
      .parse(facts['urls'])
      .map((url) => `URL:${escaped(url)}`),
    ...one('ORG', 'organisation'),
    ...one('TITLE', 'role'),
    ...dateOf('BDAY', facts['birthday']),
    ...dateOf('ANNIVERSARY', facts['anniversary']),
  ]
}

async function wholeOf(pieces: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces ?? []) {
    bytes += piece.length
    if (bytes > largestPicture) return undefined
    parts.push(piece)
  }
  return parts.length === 0 ? undefined : Buffer.concat(parts)
}

const typed = (label: string | undefined): string => {
  const type = label?.toLowerCase().replaceAll(/[^a-z0-9-]/g, '') ?? ''
  return type === '' ? '' : `;TYPE=${type}`
}

/** RFC 6350 §4.3.1 writes 19850412, and --0412 where the year is not known. */
function dateOf(name: string, value: unknown): string[] {
  const parts = typeof value === 'string' ? /^(\d{4}|--?)-?(\d{2})-(\d{2})$/.exec(value) : null
  if (parts === null) return []
  const [, year = '', month = '', day = ''] = parts
  return [`${name}:${/^\d/.test(year) ? year : '--'}${month}${day}`]
}
