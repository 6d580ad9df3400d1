// What readable copies are made from: the items of one type that are not in the Trash, with what belongs to them, in the
// order of their days.
import { z } from 'zod'
import type { ItemType } from '../../../../shared/api/items.ts'
import { itemTypes, type Level, roles, timing } from '../../../../shared/api/items.ts'
import { levelOfNumber } from '../../levels.ts'
import type { Prepare } from '../../prepared.ts'

const row = z.object({
  key: z.int(),
  id: z.string(),
  type: z.enum(itemTypes),
  at: z.int(),
  ends: z.int().nullable(),
  east: z.int(),
  timing,
  day: z.string(),
  level: z.int(),
  source: z.string(),
  added: z.int(),
  changed: z.int(),
  title: z.string(),
  facts: z.string(),
  body: z.string(),
  people: z.string(),
  tags: z.string(),
  collections: z.string(),
  attachments: z.string(),
})

const names = z.array(z.string())
const people = z.array(z.object({ name: z.string(), same: z.string(), role: z.enum(roles) }))
const attachments = z.array(z.object({ name: z.string(), media: z.string(), content: z.string() }))
const facts = z.record(z.string(), z.json())

export interface ReadableItem
  extends Omit<z.infer<typeof row>, 'people' | 'tags' | 'collections' | 'attachments' | 'facts' | 'level'> {
  readonly level: Level
  readonly people: z.infer<typeof people>
  readonly tags: readonly string[]
  readonly collections: readonly string[]
  readonly attachments: z.infer<typeof attachments>
  readonly facts: z.infer<typeof facts>
}

/** A file that is open, until it is let go. */
export interface OpenFile extends AsyncIterable<Uint8Array>, AsyncDisposable {}

/** What a file holds, by its print; undefined for one that is not in this export or was erased since. */
export type ReadFile = (content: string) => Promise<OpenFile | undefined>

const sql = `
  SELECT id AS key, lower(hex(uid)) AS id, type, at, ends, east, timing, day, level, source, added, changed, title, facts, body,
    (SELECT json_group_array(json_object('name', item_people.name, 'same', same, 'role', role) ORDER BY role, same)
      FROM item_people JOIN people ON people.id = person WHERE item = items.id) AS people,
    (SELECT json_group_array(name ORDER BY name) FROM item_tags JOIN tags ON tags.id = tag WHERE item = items.id) AS tags,
    (SELECT json_group_array(name ORDER BY name) FROM item_collections JOIN collections ON collections.id = collection
      WHERE item = items.id) AS collections,
    (SELECT json_group_array(json_object('name', name, 'media', media, 'content', lower(hex(content))) ORDER BY id)
      FROM attachments WHERE item = items.id) AS attachments
  FROM items
  WHERE trashed IS NULL AND type = @type AND (at, items.id) > (@at, @key) AND items.id <= @last
  ORDER BY at, items.id LIMIT 50`

interface Wanted {
  readonly type: ItemType
  /** The last number there was when the export began. */
  readonly last: number
}

export function* itemsOf(prepare: Prepare, { type, last }: Wanted): Generator<ReadableItem[]> {
  for (let at = Number.MIN_SAFE_INTEGER, key = 0; ; ) {
    const page = z.array(row).parse(prepare(sql).all({ type, last, at, key }))
    const end = page.at(-1)
    if (end === undefined) return
    yield page.map((one) => ({
      ...one,
      // What has no time of its own came into being here when it was added.
      at: one.timing === 'none' ? one.added : one.at,
      level: levelOfNumber(one.level),
      people: people.parse(JSON.parse(one.people)),
      tags: names.parse(JSON.parse(one.tags)),
      collections: names.parse(JSON.parse(one.collections)),
      attachments: attachments.parse(JSON.parse(one.attachments)),
      facts: facts.parse(JSON.parse(one.facts)),
    }))
    ;({ at, key } = end)
  }
}
