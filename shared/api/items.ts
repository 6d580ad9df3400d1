// What an item is to everybody outside the core: its kinds, how private it is, and the words a list is filtered by.
import { z } from 'zod'
import {
  collectionPattern,
  levels,
  longestCollection,
  longestSource,
  longestTag,
  roles,
  tagPattern,
} from '../item-names.ts'
import { time } from './values.ts'

export { levels, roles }

export const itemTypes = [
  'note',
  'message',
  'mail',
  'conversation',
  'event',
  'task',
  'contact',
  'document',
  'bookmark',
  'visit',
  'transaction',
  'photo',
  'place',
  'track',
  'feed',
  'observation',
  'record',
] as const
export type ItemType = (typeof itemTypes)[number]

export type Level = (typeof levels)[number]

/** Why an item has its level: its type, where it came from, something found in it, or the person's word. */
export const levelReasons = [
  'type',
  'source',
  'card-number',
  'bank-account',
  'national-id',
  'health-record',
  'address',
  'password',
  'key',
  'person',
] as const

export const linkKinds = ['mentions', 'answers', 'attached', 'part'] as const

/** 16 bytes as hex, random: an item's name says nothing of what is in it. */
export const itemId = z.string().regex(/^[0-9a-f]{32}$/)
/** A calendar day of the person's life, in no zone. */
export const day = z.iso.date()
export const tagName = z.string().min(1).max(longestTag).regex(tagPattern)
export const collectionName = z.string().min(1).max(longestCollection).regex(collectionPattern)

export const person = z.strictObject({ id: z.int().positive(), name: z.string() })
export type Person = z.infer<typeof person>

/**
 * When a thing was: a moment, a whole day, or no time of its own. What has none stands after all that has one, the last
 * added first; its `at` and `day` are when it was added, and nothing may show them as its own.
 */
export const timing = z.enum(['moment', 'day', 'none'])

/** What the body of an item is written in. */
export const bodyIs = z.enum(['text', 'markdown'])

export const itemRow = z.strictObject({
  id: itemId,
  type: z.enum(itemTypes),
  title: z.string(),
  /** The first words of it, on one line. */
  excerpt: z.string(),
  at: time,
  timing,
  day,
  source: z.string(),
  level: z.enum(levels),
  people: z.array(z.string()),
  tags: z.array(z.string()),
  attachments: z.int().nonnegative(),
  trashedAt: time.nullable(),
})
export type ItemRow = z.infer<typeof itemRow>

/** Every part narrows the list; within a part, any one will do. */
export const itemFilter = z.strictObject({
  types: z.array(z.enum(itemTypes)).max(itemTypes.length).optional(),
  sources: z.array(z.string().min(1).max(longestSource)).max(20).optional(),
  levels: z.array(z.enum(levels)).max(levels.length).optional(),
  people: z.array(z.int().positive()).max(20).optional(),
  tags: z.array(tagName).max(20).optional(),
  collection: itemId.optional(),
  import: z.string().min(1).max(64).optional(),
  from: day.optional(),
  to: day.optional(),
  /** What lies in the Trash, instead of what does not. */
  trashed: z.boolean().optional(),
})
export type ItemFilter = z.infer<typeof itemFilter>

/** The items an act is meant for: these, or all that a filter finds. */
export const which = z.union([
  z.strictObject({ ids: z.array(itemId).min(1).max(1000) }),
  z.strictObject({ filter: itemFilter }),
])
export type Which = z.infer<typeof which>
