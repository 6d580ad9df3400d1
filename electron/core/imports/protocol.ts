// What the core and the process that reads files say to each other. The reader asks for the files, how far each was read
// before, and their bytes, and answers with what it meets, in order. It knows nothing of the vault, and of this computer no
// path. Whatever comes from it is read through these schemas: it may be in somebody else's hands.
import { z } from 'zod'
import {
  type ImportOptions,
  type ProblemReason,
  dateOrder,
  positionUnit,
  problemReasons,
} from '../../../shared/api/imports.ts'
import { itemTypes, linkKinds, roles } from '../../../shared/api/items.ts'
import type { NewItem } from '../library/library.ts'

export interface Question {
  readonly options: ImportOptions
  readonly zone: string
  readonly now: number
  /** Some of it was read before: it asks how much. */
  readonly again: boolean
  /** A reader before it was ended: it says which file it is at before it begins with it, so that the one to blame is found. */
  readonly careful: boolean
}

/** How many records of a file are kept, or that it is done with. */
export type Kept = number | 'done'

/** Asked for together: how far so many files were read. */
export const filesAskedFor = 256

/** A file that the core has for the reader; its bytes are asked for by its place in the list. */
export interface SuppliedFile {
  readonly file: number
  readonly path: string
  /** As it was handed in, where its path has a number of ours in it. */
  readonly called?: string | undefined
  readonly bytes: number
  readonly changed?: number | undefined
  readonly refused?: Problem['why'] | undefined
}

export const largestPiece = 256 * 1024
/** Files of no more than so many bytes are given together: at most so many of them, and no more bytes than a piece has. */
export const smallBytes = 32 * 1024
export const smallAtOnce = 64

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const place = z.int().nonnegative()
/** The file it is at, where that has changed. */
const at = z.string().optional()

export const want = z.discriminatedUnion('for', [
  z.object({ for: z.literal('files'), at }),
  z.object({ for: z.literal('standing'), at }),
  z.object({ for: z.literal('kept'), at, paths: z.array(z.string()).max(filesAskedFor) }),
  z.object({ for: z.literal('bytes'), at, file: place, from: place, length: z.int().min(0).max(largestPiece) }),
  /** Files that are small, whole: each by itself would be waited for longer than it takes to read. */
  z.object({
    for: z.literal('small'),
    at,
    files: z.array(z.object({ file: place, bytes: z.int().min(0).max(smallBytes) })).max(smallAtOnce),
  }),
  /** Somewhere to put down what has to be unpacked before it can be read. */
  z.object({ for: z.literal('room'), at }),
  z.object({ for: z.literal('putting'), at, file: place, bytes: bytes }),
  z.object({ for: z.literal('settling'), at, file: place }),
  z.object({ for: z.literal('clearing'), at, file: place }),
])
export type Want = z.infer<typeof want>

export interface Problem {
  readonly why: ProblemReason
  readonly at?: number | undefined
  readonly detail?: string | undefined
}

/** A record: an item, or why it is none. Each counts as one, so that reading can go on after the last one kept. */
export type Found =
  | { readonly item: NewItem }
  | { readonly problem: Problem }
  /** Something that is part of the file but nothing to keep (a system message, an empty row). */
  | { readonly skipped: true }

const why = z.enum(problemReasons)
const problem = z.object({ why, at: place.optional(), detail: z.string().optional() })
const text = z.string()
const texts = z.array(text).optional()

const newItem: z.ZodType<NewItem> = z.object({
  same: text,
  type: z.enum(itemTypes),
  title: text,
  body: text,
  bodyIs: z.enum(['text', 'markdown']).optional(),
  when: z.union([z.object({ at: z.number(), offset: z.number().optional() }), z.object({ day: text })]).optional(),
  fileDate: z.number().optional(),
  ends: z.number().optional(),
  source: text,
  people: z.array(z.object({ name: text, address: text.optional(), role: z.enum(roles) })).optional(),
  tags: texts,
  collections: texts,
  links: z.array(z.object({ kind: z.enum(linkKinds), same: text, label: text.optional() })).optional(),
  attachments: z.array(z.object({ name: text, media: text, content: bytes })).optional(),
  facts: z.record(text, z.json()).optional(),
  position: z.number().optional(),
})

export const found: z.ZodType<Found> = z.union([
  z.object({ item: newItem }),
  z.object({ problem }),
  z.object({ skipped: z.literal(true) }),
])

const ending = z.enum(['done', 'skipped', 'failed'])
export type Ending = z.infer<typeof ending>

const asking = z.discriminatedUnion('for', [
  z.object({ for: z.literal('columns'), path: text, columns: z.array(text), rows: z.array(z.array(text)) }),
  z.object({ for: z.literal('password'), path: text }),
  z.object({ for: z.literal('date-order'), path: text, example: text, assumed: dateOrder }),
])

const event = z.union([
  z.object({ of: text, found: z.array(found) }),
  z.object({ begun: text, format: text, unit: positionUnit.nullable() }),
  z.object({ ended: text, as: ending, problem: problem.optional() }),
  z.object({ listed: z.array(z.object({ path: text, bytes: place })) }),
  z.object({ asks: asking }),
])
export type Event = z.infer<typeof event>
export type Begun = Extract<Event, { readonly begun: string }>
export type Ended = Extract<Event, { readonly ended: string }>

export const part = z.array(event)
export type Part = z.infer<typeof part>
