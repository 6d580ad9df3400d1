// Items as an export reads them from a vault, without one.
import { hashed } from '../../../electron/core/imports/reader/items/same.ts'
import type { ReadFile, ReadableItem } from '../../../electron/core/exports/readable/items.ts'
import type { NewItem } from '../../../electron/core/library/library.ts'
import { contentOf } from '../../../electron/core/library/hashes.ts'
import { filedUnder } from '../../../electron/core/library/when.ts'

export const now = new Date('2026-03-01T12:00:00Z')

export function readable(item: NewItem): ReadableItem {
  const { type, title, body, source, people = [], tags = [], collections = [], attachments = [], facts = {} } = item
  const filed = filedUnder(item, now.getTime())
  return {
    key: 1,
    id: hashed(item.same),
    ...filed,
    at: filed.timing === 'none' ? now.getTime() : filed.at,
    type,
    level: 'personal',
    source,
    added: now.getTime(),
    changed: now.getTime(),
    title,
    facts,
    body,
    people: people.map(({ name, address = '', role }) => ({
      name,
      role,
      same: address.includes('@') ? `mail:${address}` : address === '' ? `name:${name}` : `phone:${address}`,
    })),
    tags,
    collections,
    attachments: attachments.map(({ name, media, content }) => ({
      name,
      media,
      content: contentOf(content).toString('hex'),
    })),
  }
}

/** As an export reads files: by the print of what they hold. */
export function readFrom(items: readonly NewItem[]): ReadFile {
  const files = new Map(
    items.flatMap(({ attachments = [] }) =>
      attachments.map(({ content }) => [contentOf(content).toString('hex'), content] as const),
    ),
  )
  return async (print) => {
    const content = files.get(print)
    return content === undefined ? undefined : inPieces(content)
  }
}

async function* inPieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 1000) yield content.subarray(at, at + 1000)
}

export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

/** What an item says, without where it stood, and without the order of what has none. */
export function said(item: NewItem) {
  const { position: _, collections: __, ...rest } = item
  const { people = [], attachments = [] } = item
  return {
    ...rest,
    people: people.map((person) => JSON.stringify(person)).toSorted(),
    attachments: attachments.map(({ content, ...file }) => ({ ...file, content: contentOf(content).toString('hex') })),
  }
}
