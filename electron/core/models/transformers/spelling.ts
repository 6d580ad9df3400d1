// Spells out tokens as they come. One token may be half a letter, and how one is spelt may depend on the one before it, so that
// a few are spelt together and what they add to those before is what is new.

export interface Spelling {
  readonly next: (token: number) => string
  /** What was held back, and is no letter after all. */
  readonly rest: () => string
}

const half = '\uFFFD'
/** No letter is made of more. */
const mostHeld = 8

export function createSpelling(decode: (tokens: number[]) => string): Spelling {
  let before: number[] = []
  let fresh: number[] = []

  const take = (isLast: boolean): string => {
    const known = before.length === 0 ? '' : decode(before)
    const text = decode([...before, ...fresh])
    const isHalf = text.endsWith(half) && fresh.length < mostHeld
    if (isHalf && !isLast) return ''
    before = fresh
    fresh = []
    const added = text.slice(known.length)
    return isHalf ? added.replace(/\uFFFD+$/, '') : added
  }
  return {
    next(token) {
      fresh.push(token)
      return take(false)
    },
    rest: () => (fresh.length === 0 ? '' : take(true)),
  }
}
