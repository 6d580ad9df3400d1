// What an importer, a note or a proposal hands the library to keep. The library gives it its name, its level and its words
// in the index; nobody else writes items.
import type { Item } from '../../../shared/api/library.ts'
import type { ItemType, linkKinds, roles } from '../../../shared/api/items.ts'

/** A point in time with the offset it was lived in (minutes east of UTC; absent: the person's own zone), or a whole day. */
export type When = { readonly at: number; readonly offset?: number | undefined } | { readonly day: string }

export interface NewPerson {
  readonly name: string
  /** A mail address or a telephone number: what tells two people of one name apart. */
  readonly address?: string | undefined
  readonly role: (typeof roles)[number]
}

export interface NewLink {
  readonly kind: (typeof linkKinds)[number]
  /** What makes the other item the same: its `same`, which may not have come yet. */
  readonly same: string
  readonly label?: string | undefined
}

export interface NewAttachment {
  readonly name: string
  readonly media: string
  readonly content: Uint8Array
}

export interface NewItem {
  /** Its source's own name for it: what makes it the same thing when it comes again. Never shown, kept as a hash. */
  readonly same: string
  readonly type: ItemType
  readonly title: string
  readonly body: string
  /** Text, where it is left out. */
  readonly bodyIs?: Item['bodyIs'] | undefined
  readonly when?: When | undefined
  /**
   * When its file was last changed, milliseconds since 1970: it is filed there where it says no time itself. No news by itself,
   * for a copy of a file may be of another day.
   */
  readonly fileDate?: number | undefined
  /** Milliseconds since 1970; not before `when`. */
  readonly ends?: number | undefined
  /** Where it comes from, in one word: `telegram`, `ics`, `takeout`. */
  readonly source: string
  readonly people?: readonly NewPerson[] | undefined
  readonly tags?: readonly string[] | undefined
  readonly collections?: readonly string[] | undefined
  readonly links?: readonly NewLink[] | undefined
  readonly attachments?: readonly NewAttachment[] | undefined
  readonly facts?: Item['facts'] | undefined
  /** Where in its file it stands, as the format counts. */
  readonly position?: number | undefined
}
