// Ends a text before the first of some words, though it comes in pieces: what may be the beginning of one is held back until
// more is known.

export interface Stops {
  /** What may be handed over now. */
  readonly next: (text: string) => string
  /** What was held back and turned out to be nothing. */
  readonly rest: () => string
  readonly found: () => boolean
}

export function createStops(stop: readonly string[]): Stops {
  const words = stop.filter((word) => word !== '')
  let held = ''
  let isFound = false
  return {
    next(text) {
      if (isFound) return ''
      held += text
      const places = words.map((word) => held.indexOf(word)).filter((place) => place !== -1)
      isFound = places.length > 0
      const until = isFound ? Math.min(...places) : held.length - beginningAtTheEnd(held, words)
      const free = held.slice(0, until)
      held = isFound ? '' : held.slice(until)
      return free
    },
    rest() {
      const left = held
      held = ''
      return left
    },
    found: () => isFound,
  }
}

/** How much of the end of a text is how one of the words begins. */
function beginningAtTheEnd(text: string, words: readonly string[]): number {
  const longest = Math.max(0, ...words.map(({ length }) => length - 1))
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const end = text.slice(-length)
    if (words.some((word) => word.startsWith(end))) return length
  }
  return 0
}
