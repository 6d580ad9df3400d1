// One box: words, "phrases", beginnings of words, and from: to: type: in: tag: before: after:.
import { z } from 'zod'
import { itemFilter, itemId, itemRow, itemTypes } from './items.ts'
import { method } from './method.ts'
import { nothing } from './values.ts'

/** A piece of text around what was found; `found` pieces are the words themselves. */
export const snippet = z.array(z.strictObject({ text: z.string(), found: z.boolean() }))

/** A row as it is listed, with what was found in it. */
export const hit = z.strictObject({
  ...itemRow.omit({ excerpt: true }).shape,
  title: snippet,
  snippet,
  score: z.number(),
  /** What the score is made of, for the one who asks why this came first. */
  why: z.strictObject({
    words: z.number(),
    /** How near it is in meaning, up to 1; null where it is not. */
    meaning: z.number().nullable(),
    by: z.enum(['words', 'meaning', 'both']),
    recency: z.number(),
    forgiven: z.boolean(),
  }),
})
export type Hit = z.infer<typeof hit>

/** How much of what is in the vault is understood: it is found by what it says, and not by its words alone. */
export const understood = z.strictObject({
  understood: z.int().nonnegative(),
  items: z.int().nonnegative(),
  failed: z.int().nonnegative(),
})

/** Why an item is found by its words alone. */
export const notUnderstood = z.enum(['other-language', 'model-failed'])

export const searchApi = {
  /** How far understanding has come; null where no model can be used. */
  'search.understood': method({
    input: nothing,
    output: z.strictObject({
      model: z.string(),
      state: understood.nullable(),
      /** By the person: it waits until they have it go on. */
      stopped: z.boolean(),
    }),
  }),
  /** Goes on with what was stopped. */
  'search.understand': method({ input: nothing, output: nothing }),
  'search.notUnderstood': method({
    input: z.strictObject({
      offset: z.int().min(0).max(1_000_000).default(0),
      limit: z.int().min(1).max(100).default(20),
    }),
    output: z.strictObject({
      rows: z.array(z.strictObject({ id: itemId, type: z.enum(itemTypes), title: z.string(), why: notUnderstood })),
      total: z.int().nonnegative(),
    }),
  }),
  'search.find': method({
    input: z.strictObject({
      query: z.string().max(1000),
      filter: itemFilter.default({}),
      offset: z.int().min(0).max(10_000).default(0),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: z.strictObject({
      hits: z.array(hit),
      /** What was looked for in the texts, as `words.ts` compares it: to be marked in whatever is opened. */
      sought: z.array(z.strictObject({ words: z.array(z.string()), goesOn: z.boolean() })),
      /** How many hold all of the words; they stand first. */
      withAll: z.int().nonnegative(),
      /** How many come after these: with some of the words, or with others that say the same. */
      others: z.int().nonnegative(),
      /** How many there are; when `counted` is false, there are at least so many. */
      total: z.int().nonnegative(),
      counted: z.boolean(),
      /** The query with one letter put right, when it found nothing as it was typed. */
      instead: z.string().nullable(),
      /** Parts of the query that are no date, no type and no level, in the person's own words: they were left out. */
      notUnderstood: z.array(z.string()),
      /** Whether meaning was asked, and why not. */
      meaning: z.enum(['asked', 'no-words', 'no-model', 'other-language']),
      /** Where nothing was found: names, sources and tags that it asks for and that no item has. */
      unmet: z.array(z.string()),
    }),
  }),
}
