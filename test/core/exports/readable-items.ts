// Items as an export reads them from a vault, without one.
import { hashed } from '../../../electron/core/imports/same.ts'
import type { ReadableItem } from '../../../electron/core/exports/readable/items.ts'
import type { NewItem } from '../../../electron/core/library/library.ts'
import { contentOf } from '../../../electron/core/library/hashes.ts'
import { filedUnder } from '../../../electron/core/library/when.ts'

export const now = new Date('2026-03-01T12:00:00Z')

export function readable(item: NewItem): ReadableItem {
  const { type, title, body, source, people = [], tags = [], collections = [], attachments = [], facts = {} } = item
  return {
    key: 1,
    id: hashed(item.same),
    ...filedUnder(item, now.getTime()),
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
    attachments: attachments.map(({ name, content }) => ({ name, content: contentOf(content).toString('hex') })),
  }
}
