// The library: lists, one item, what a person may do to items, and undo. Every act that changes something answers with the
// number of its change, and `library.undo` takes that change back; undoing an undo does it again.
import { z } from 'zod'
import {
  bodyIs,
  collectionName,
  day,
  itemFilter,
  itemId,
  itemRow,
  itemTypes,
  levelReasons,
  levels,
  linkKinds,
  person,
  roles,
  tagName,
  which,
} from './items.ts'
import { ledgerEntry } from './ledger.ts'
import { importName, positionUnit } from './imports.ts'
import { longestTitle } from '../item-names.ts'
import { method } from './method.ts'
import { id, nothing, started, time } from './values.ts'

/** A long book; more than anybody types. */
const noteBody = z.string().max(1_000_000)

const counted = <T extends z.ZodType>(value: T) => z.array(z.strictObject({ value, count: z.int().nonnegative() }))

export const facets = z.strictObject({
  types: counted(z.enum(itemTypes)),
  sources: counted(z.string()),
  levels: counted(z.enum(levels)),
  people: counted(person),
  tags: counted(z.string()),
})
export type Facets = z.infer<typeof facets>

export const attachment = z.strictObject({
  id: itemId,
  name: z.string(),
  media: z.string(),
  bytes: z.int().nonnegative(),
})

const linked = z.strictObject({ item: itemId, type: z.enum(itemTypes), title: z.string(), kind: z.enum(linkKinds) })

export const item = z.strictObject({
  ...itemRow.omit({ excerpt: true, people: true, attachments: true }).shape,
  body: z.string(),
  bodyIs,
  endsAt: time.nullable(),
  /** What its type knows besides: place, amount, address, … */
  facts: z.record(z.string(), z.json()),
  people: z.array(z.strictObject({ ...person.shape, role: z.enum(roles) })),
  collections: z.array(z.strictObject({ id: itemId, name: z.string() })),
  attachments: z.array(attachment),
  /** What it leads to, and what leads to it. */
  links: z.array(linked),
  linkedFrom: z.array(linked),
  levelBy: z.enum(['rule', 'person']),
  levelReasons: z.array(z.enum(levelReasons)),
  /** Null for what was written here. */
  origin: z
    .strictObject({
      import: id,
      importName,
      at: time,
      path: z.string(),
      format: z.string().nullable(),
      position: z.int().nonnegative().nullable(),
      /** What `position` counts. */
      unit: positionUnit.nullable(),
    })
    .nullable(),
  addedAt: time,
  changedAt: time,
  version: z.int().positive(),
})
export type Item = z.infer<typeof item>

export const itemVersion = z.strictObject({
  version: z.int().positive(),
  at: time,
  by: z.enum(['person', 'import']),
  title: z.string(),
  body: z.string(),
})

/** What an act did: how many items it changed, and the number to take it back by; null when there was nothing to do. */
export const changed = z.strictObject({ change: z.int().positive().nullable(), items: z.int().nonnegative() })

/** What a person does that can be taken back. */
export const changeActs = ['note', 'version', 'level', 'tag', 'collection', 'collect', 'trash', 'untrash'] as const

export const draft = z.strictObject({
  name: z.string().regex(/^(new|[0-9a-f]{32})$/),
  title: z.string().max(longestTitle),
  body: noteBody,
  at: time,
})

export const collection = z.strictObject({ id: itemId, name: collectionName, items: z.int().nonnegative() })

/** A copy of the whole vault beside it, which nothing but a deep erase removes. */
export const oldCopy = z.strictObject({ what: z.enum(['before-update', 'replaced']), at: time })

const backupsKept = z.array(z.strictObject({ id, at: time, until: time.nullable() }))

/**
 * What an erasure could not reach: backups made since it came, and until when each is kept; and what may hold it. These are
 * backups from before, where it was here then and gone in between; older copies of the whole vault, from before a newer
 * Mindkeep changed its form, or from before a restore that could not back it up; and uploads of imports that can go on.
 */
export const erased = z.strictObject({
  items: z.int().nonnegative(),
  backups: backupsKept,
  earlier: backupsKept,
  copies: z.array(oldCopy),
  /** Until the import is over or taken back; no longer than until the vault is next opened after that time. */
  uploads: z.array(z.strictObject({ name: importName, until: time.nullable() })),
  /** Where something read it at that moment, the log of the database is emptied later, within the hour. */
  logEmptied: z.boolean(),
})

export const zooms = ['decade', 'year', 'month', 'day', 'hour'] as const
export const timelineBucket = z.strictObject({
  /** The first of it: 1990, 1994, 1994-03, 1994-03-17, 1994-03-17T09. */
  start: z.string(),
  count: z.int().nonnegative(),
  types: z.partialRecord(z.enum(itemTypes), z.int().positive()),
})

export const libraryApi = {
  'library.list': method({
    input: z.strictObject({
      filter: itemFilter.default({}),
      offset: z.int().min(0).max(100_000_000).default(0),
      limit: z.int().min(1).max(200).default(60),
    }),
    output: z.strictObject({ rows: z.array(itemRow), total: z.int().nonnegative() }),
  }),
  /** What was added last, the newest first, whatever time it is of. */
  'library.newest': method({
    input: z.strictObject({ limit: z.int().min(1).max(20).default(5) }),
    output: z.array(z.strictObject({ ...itemRow.shape, addedAt: time })),
  }),
  'library.people': method({
    input: z.strictObject({ like: z.string().max(200), limit: z.int().min(1).max(50).default(10) }),
    output: z.array(person),
  }),
  'library.get': method({ input: z.strictObject({ id: itemId }), output: item }),
  'library.versions': method({ input: z.strictObject({ id: itemId }), output: z.array(itemVersion) }),
  'library.restoreVersion': method({
    input: z.strictObject({ id: itemId, version: z.int().positive() }),
    output: changed,
  }),

  /** Writes a note, a new one where no id is given. */
  'library.writeNote': method({
    input: z.strictObject({ id: itemId.optional(), title: z.string().max(longestTitle), body: noteBody }),
    output: z.strictObject({ ...changed.shape, id: itemId }),
  }),
  'library.drafts': method({ input: nothing, output: z.array(draft) }),
  'library.saveDraft': method({ input: draft.omit({ at: true }), output: nothing }),
  'library.dropDraft': method({ input: draft.pick({ name: true }), output: nothing }),

  'library.setLevel': method({ input: z.strictObject({ which, level: z.enum(levels) }), output: changed }),
  'library.tag': method({
    input: z.strictObject({
      which,
      add: z.array(tagName).max(20).default([]),
      remove: z.array(tagName).max(20).default([]),
    }),
    output: changed,
  }),
  'library.collections': method({ input: nothing, output: z.array(collection) }),
  'library.renameCollection': method({ input: z.strictObject({ id: itemId, name: collectionName }), output: changed }),
  'library.dropCollection': method({ input: z.strictObject({ id: itemId }), output: changed }),
  'library.collect': method({
    input: z.strictObject({
      which,
      /** By a name that no collection has, a new one. */
      add: z
        .array(z.union([z.strictObject({ id: itemId }), z.strictObject({ name: collectionName })]))
        .max(20)
        .default([]),
      remove: z
        .array(z.strictObject({ id: itemId }))
        .max(20)
        .default([]),
    }),
    output: changed,
  }),

  'library.trash': method({ input: z.strictObject({ which }), output: changed }),
  'library.untrash': method({ input: z.strictObject({ which }), output: changed }),
  'library.undo': method({
    input: z.strictObject({ change: z.int().positive() }),
    /** And what it was that was taken back, or done again. */
    output: z.strictObject({ ...changed.shape, act: z.enum(changeActs) }),
  }),
  /** The last thing that was done and not taken back, and that still can be: for whoever has not seen it being done. */
  'library.lastChange': method({
    input: nothing,
    output: z.strictObject({ change: z.int().positive(), act: z.enum(changeActs), at: time }).nullable(),
  }),

  'library.facets': method({ input: z.strictObject({ filter: itemFilter.default({}) }), output: facets }),
  /** Every entry of the log that names this item. */
  'library.seenBy': method({ input: z.strictObject({ id: itemId }), output: z.array(ledgerEntry) }),
  /** Cannot be taken back: text, words of the index, versions, files, and what undo remembers of them. */
  'library.erase': method({ input: z.strictObject({ which }), output: started }),
  /** What no erasing reaches, to be told of before it. */
  'library.oldCopies': method({ input: nothing, output: z.array(oldCopy) }),
  'library.timeline': method({
    input: z.strictObject({
      zoom: z.enum(zooms),
      filter: itemFilter.default({}),
      /** The days looked at, both included; without them, all. */
      from: day.optional(),
      to: day.optional(),
    }),
    output: z.strictObject({ buckets: z.array(timelineBucket), undated: z.int().nonnegative() }),
  }),
  /** A ticket to fetch one attachment with, once (`/download/<ticket>`). */
  'library.openAttachment': method({
    input: z.strictObject({ id: itemId }),
    output: z.strictObject({ ticket: z.string(), name: z.string(), media: z.string(), bytes: z.int().nonnegative() }),
  }),
}
