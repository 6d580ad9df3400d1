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
  collections: z.strictObject({ id: itemId, name: collectionName }),
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

/** Tables that stay behind, and why. */
export const notExported: Readonly<Record<string, string>> = {
  ledger: 'the record of this vault, chained to it; the next vault keeps a record of its own',
  notices: 'what this vault has to tell the person',
  blobs: 'keys of encrypted files; what the files hold is in attachments/',
  account: 'a key, sealed under keys of this vault; the recovery words bring it back',
  changes: 'undo: it knows rows of this database alone',
  counts: 'counted anew from the items',
  restores: 'how exports came back into this vault; in the next one they come anew',
  restored_items: 'what came back into this vault with an export',
  restored_others: 'what came back into this vault with an export',
  change_now: 'undo, while something is being changed',
  change_rows: 'undo',
  words: 'the index of words is made anew from the items',
  words_data: 'a part of the index of words',
  words_idx: 'a part of the index of words',
  words_docsize: 'a part of the index of words',
  words_config: 'a part of the index of words',
  words_content: 'a part of the index of words',
  words_seen: 'a view of the index of words',
  words_progress: 'how far the index of words has got',
  sqlite_sequence: 'the numbers that this database gave last',
}

/** Columns of exported tables that stay behind, and why. */
export const columnsNotExported: Readonly<Partial<Record<RecordType, Readonly<Record<string, string>>>>> = {
  imports: { id: 'a number of this database', sources: 'paths of this computer, and keys of uploads' },
  import_files: { id: 'a number of this database' },
  import_problems: { id: 'a number of this database' },
  people: { id: 'a number of this database', folded: 'made from the name', items: 'counted anew from the items' },
  tags: { id: 'a number of this database' },
  collections: { id: 'a number of this database' },
  items: { id: 'a number of this database' },
  attachments: { id: 'a number of this database', blob: 'where the content lies in this vault' },
}
