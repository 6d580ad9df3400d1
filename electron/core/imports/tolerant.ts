// One byte that cannot be decoded should cost the item it stands in and not the rest of the file. Markup is read on past it,
// and an item that shows the mark of it is reported instead of kept.
import { type Entry, type Found, type Importer, type Reading } from './importer.ts'
import { pieces } from './text.ts'

/** Whether anything so far could not be decoded: a file may well hold U+FFFD of its own. */
export interface Seen {
  broken: boolean
}

export async function* tolerated(entry: Entry, reading: Reading, seen: Seen): AsyncIterable<string> {
  for await (const { text, broken } of pieces(entry, reading)) {
    seen.broken ||= broken
    yield text
  }
}

export const soundOnly = (
  read: (entry: Entry, reading: Reading, seen: Seen) => AsyncIterable<Found>,
): Importer['read'] =>
  async function* (entry, reading) {
    const seen: Seen = { broken: false }
    for await (const found of read(entry, reading, seen)) {
      if (seen.broken && 'item' in found && isBroken(found.item)) {
        yield { problem: { why: 'wrong-encoding', at: found.item.position } }
      } else yield found
    }
  }

const isBroken = ({ title, body, facts, people, tags }: Extract<Found, { item: unknown }>['item']) =>
  [title, body, JSON.stringify([facts, people, tags])].some((text) => text.includes('\ufffd'))
