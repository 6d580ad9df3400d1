// One byte that cannot be decoded should cost the item it stands in and not the rest of the file. Markup is read on past it,
// and an item that shows the mark of it is reported instead of kept.
import { type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { pieces } from '../text/text.ts'

/** Where the first byte stands that could not be decoded, if any so far: a file may well hold U+FFFD of its own. */
export interface Seen {
  brokenAt?: number | undefined
}

export async function* tolerated(entry: Entry, reading: Pick<Reading, 'options'>, seen: Seen): AsyncIterable<string> {
  for await (const { text, brokenAt } of pieces(entry, reading)) {
    seen.brokenAt ??= brokenAt
    yield text
  }
}

export const soundOnly = (
  read: (entry: Entry, reading: Reading, seen: Seen) => AsyncIterable<Found>,
): Importer['read'] =>
  async function* (entry, reading) {
    const seen: Seen = {}
    for await (const found of read(entry, reading, seen)) {
      if (seen.brokenAt !== undefined && 'item' in found && isBroken(found.item)) {
        yield { problem: { why: 'wrong-encoding', at: found.item.position } }
      } else yield found
    }
  }

const isBroken = ({ title, body, facts, people, tags }: Extract<Found, { item: unknown }>['item']) =>
  [title, body, JSON.stringify([facts, people, tags])].some((text) => text.includes('\ufffd'))
