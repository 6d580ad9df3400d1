// What an importer is. It is handed one file, sees nothing else of this computer, and yields what it finds one by one; it
// runs in a process that is ended when it takes too long or too much. Adding a format is adding a file to formats/, a line to
// importers.ts, and samples.
import type { ImportOptions, PositionUnit, ProblemReason } from '../../../../shared/api/imports.ts'
import type { Found } from '../protocol.ts'
import type { DateOrder } from './dates/dates.ts'

export type { Found, Problem } from '../protocol.ts'

/** A file as it was handed over, or a part of an archive. Its path is a label and leads nowhere. */
export interface Entry {
  /** With `/` between its parts: `Takeout/Keep/Shopping.json`. */
  readonly path: string
  /** The same as whoever handed it in calls it: two of one name have different paths, and neither is called otherwise. */
  readonly called: string
  readonly bytes: number
  /** When it was last changed, where that is known, as whoever wrote it says: milliseconds since 1970. */
  readonly changed?: number | undefined
  /** From the start, in pieces; may be asked for more than once. */
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** All of it at once. Throws Unreadable('too-large') beyond the limit. */
  readonly whole: (most: number) => Promise<Uint8Array>
}

/** The beginning of a file, to tell by what it is. */
export interface Sample {
  /** As it is called. */
  readonly path: string
  readonly bytes: number
  /** The first 64 KiB, or all of a shorter file. */
  readonly start: Uint8Array
  /** The same as text, where it is text in any encoding we know; null where it is not. */
  readonly text: string | null
}

/** How sure an importer is that a file is for it. The surest takes it; `general` ones only what nobody else wants. */
export const certainty = { no: 0, general: 1, likely: 2, certain: 3 } as const
export type Certainty = (typeof certainty)[keyof typeof certainty]

export interface Reading {
  readonly options: ImportOptions
  /** The person's own zone (IANA), for times that name none. */
  readonly zone: string
  readonly now: Date
  /** The other files that came with this one, by label: attachments of a chat, the picture a note shows. */
  readonly find: (path: string) => Entry | undefined
  /** All labels that came, in order. */
  readonly paths: readonly string[]
}

export interface Importer {
  /** In one word: `ics`, `telegram`. Also the `source` of its items, unless they say more exactly. */
  readonly format: string
  /** What its positions count. */
  readonly counts: PositionUnit
  readonly recognises: (sample: Sample) => Certainty
  readonly read: (entry: Entry, reading: Reading) => AsyncIterable<Found>
  /** What it cannot know of a file without being told; it reads on with a guess. */
  readonly asks?: (entry: Entry, reading: Reading) => Promise<readonly Asked[]>
}

export type Asked =
  /** Which column of a table is which, shown by its first rows. */
  | { readonly for: 'columns'; readonly columns: string[]; readonly rows: string[][] }
  /** Whether the day or the month comes first, shown by a date of the file. */
  | { readonly for: 'date-order'; readonly example: string; readonly assumed: DateOrder }

/** The file as a whole cannot be read on; what came before stays. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly why: ProblemReason
  readonly at: number | undefined
  readonly detail: string

  constructor(why: ProblemReason, { at, detail = '' }: { readonly at?: number; readonly detail?: string } = {}) {
    super(why)
    this.why = why
    this.at = at
    this.detail = detail
  }
}
