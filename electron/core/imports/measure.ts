// How much one transaction takes. A large one costs less for each item (the index merges less often, and the disk is waited
// for once), a short one keeps nobody waiting: so it grows as long as it is short, on whatever computer this is.
import type { Event, Part } from './protocol.ts'

/** Less than this is never worth a transaction: where even that takes long, the computer has others to serve. */
const least = 256
const most = 2048
/** What a call may have to wait. */
const longMs = 50
const shortMs = 25

interface Measure {
  /** The part in pieces of the size that is right by then. */
  readonly cut: (part: Part) => Generator<Part>
  /** To be told of each piece. */
  readonly took: (ms: number) => void
}

export function createMeasure(): Measure {
  let size = least
  let isFull = false
  return {
    *cut(part) {
      let events: Event[] = []
      let room = size
      for (const event of part) {
        if (!('found' in event)) {
          events.push(event)
          continue
        }
        for (let from = 0; from < event.found.length; ) {
          const found = event.found.slice(from, from + room)
          events.push({ of: event.of, found })
          from += found.length
          room -= found.length
          if (room > 0) continue
          isFull = true
          yield events
          events = []
          room = size
        }
      }
      isFull = false
      if (events.length > 0) yield events
    },
    took(ms) {
      if (ms > longMs) size = Math.max(least, Math.floor(size / 2))
      else if (ms < shortMs && isFull) size = Math.min(most, Math.floor(size * 1.25))
    },
  }
}
