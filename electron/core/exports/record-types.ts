// Every type of record that goes out, as others read it: one line of JSON each, with nothing in it that only this database
// understands. Items, collections and files keep their ids; people are named by what tells them apart, tags by their name,
// files that were imported by their import and path. The schemas in an export are made from these.
import { z } from 'zod'
import { importStates, importedFile, positionUnit, problemReasons } from '../../../shared/api/imports.ts'
import {
  bodyIs,
  collectionName,
  day,
  itemId,
  itemTypes,
  levels,
  linkKinds,
  roles,
  tagName,
  timing,
} from '../../../shared/api/items.ts'
import { hex32, id, time } from '../../../shared/api/values.ts'

/** SQLite ends a text at a zero, and keeps no half of a character. */
const text = z.string().refine((value) => value.isWellFormed() && !value.includes('\0'))
const count = z.int().nonnegative()
const facts = z.record(text, z.json())
/** Milliseconds since 1970, within the years that are written in four figures. */
const moment = z.int().min(-62_135_596_800_000).max(253_402_300_799_999)
const makers = z.enum(['person', 'import'])
/** Which file of which import. */
const file = z.strictObject({ import: id, path: text })
const nullable = <T extends z.ZodType>(value: T) => value.nullable()

const said = {
  version: z.int().positive(),
  changed: moment,
  madeBy: makers,
  madeIn: nullable(file),
  brought: nullable(itemId),
  at: moment,
  ends: nullable(moment),
  east: z.int().min(-1080).max(1080),
  timing,
  day,
  bodyIs,
  title: text,
  facts,
}

const belongs = z.strictObject({
  people: z.array(z.tuple([text, text, z.enum(roles), text])),
  links: z.array(z.tuple([z.enum(linkKinds), itemId, text])),
  tags: z.array(tagName),
  collections: z.array(itemId),
})

const counts = { added: count, changed: count, duplicate: count, skipped: count, failed: count }

export const recordTypes = {
  imports: z.strictObject({
    id,
    /** Of several things that were handed in together it is named after the first. */
    name: text,
    more: count,
    isSample: z.boolean(),
    state: z.enum(importStates),
    at: time,
    ended: nullable(time),
    options: z.record(text, z.json()),
  }),
  import_files: z.strictObject({
    import: id,
    path: text,
    format: nullable(text),
    /** What positions in it count. */
    unit: nullable(positionUnit),
    bytes: count,
    state: importedFile.shape.state,
    records: count,
    ...counts,
    why: nullable(text),
  }),
  import_problems: z.strictObject({
    file,
    position: nullable(z.int()),
    why: z.enum(problemReasons),
    detail: text,
  }),
  people: z.strictObject({ same: text.min(1), name: text }),
  tags: z.strictObject({ name: tagName }),
  collections: z.strictObject({ id: itemId, name: collectionName, madeBy: makers }),
  items: z.strictObject({
    id: itemId,
    same: itemId,
    type: z.enum(itemTypes),
    source: text.min(1).max(100),
    level: z.enum(levels),
    levelBy: z.enum(['rule', 'person']),
    added: moment,
    trashed: nullable(moment),
    from: nullable(file),
    position: nullable(z.int()),
    ...said,
    body: text,
  }),
  versions: z.strictObject({ item: itemId, ...said, belongs, body: text }),
  item_people: z.strictObject({ item: itemId, person: text.min(1), role: z.enum(roles), name: text }),
  item_tags: z.strictObject({ item: itemId, tag: tagName }),
  item_collections: z.strictObject({ item: itemId, collection: itemId }),
  links: z.strictObject({ item: itemId, kind: z.enum(linkKinds), target: itemId, label: text }),
  attachments: z.strictObject({
    item: itemId,
    id: itemId,
    name: text,
    media: text,
    bytes: count,
    /** SHA-256 of what it holds. */
    content: hex32,
    /** Where in the export it lies. */
    file: text,
    from: nullable(file),
  }),
  drafts: z.strictObject({ name: text, title: text, body: text, at: time }),
  settings: z.strictObject({ key: text.min(1).max(100), value: z.json() }),
} as const

export type RecordType = keyof typeof recordTypes
export type RecordOf<T extends RecordType> = z.infer<(typeof recordTypes)[T]>
export const recordTypeNames = Object.keys(recordTypes) as RecordType[]
