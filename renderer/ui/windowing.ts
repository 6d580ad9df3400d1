// Which rows of a very long list stand in the page, and where. A browser gives up on an element somewhere above 17 million
// pixels, which is some 300,000 rows; from ten million on the bar stands for a longer list than it is long. Small movements
// then still move the list as far as the finger or wheel moved, and only a pull at the bar leaps.

/** In pixels. */
export interface Measures {
  readonly count: number
  readonly rowHeight: number
  /** Of what can be seen of the list at once. */
  readonly height: number
}

export interface Place {
  /** How far down the list is shown from. */
  readonly top: number
  /** Where its bar stands for that. */
  readonly scrollTop: number
}

export const mostRows = 60
const tallest = 10_000_000
const spare = 6

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most))
const lowest = ({ count, rowHeight, height }: Measures): number => Math.max(0, count * rowHeight - height)
const lowestBar = (list: Measures): number => Math.max(0, scrollHeight(list) - list.height)

export const scrollHeight = ({ count, rowHeight }: Measures): number => Math.min(count * rowHeight, tallest)

function topFor(list: Measures, scrollTop: number): number {
  const bar = lowestBar(list)
  return bar === 0 ? 0 : between(0, (scrollTop / bar) * lowest(list), lowest(list))
}

/** The list shown from `top`, and its bar where it belongs. */
export function placeAt(list: Measures, top: number): Place {
  const kept = between(0, top, lowest(list))
  return { top: kept, scrollTop: lowest(list) === 0 ? 0 : (kept / lowest(list)) * lowestBar(list) }
}

/** The bar was moved to `scrollTop`, by whatever means. */
export function followBar(list: Measures, { top, scrollTop: before }: Place, scrollTop: number): Place {
  const moved = scrollTop - before
  // The echo of a place set from here; it may come back rounded.
  if (Math.abs(moved) < 1) return { top, scrollTop: before }
  if (scrollTop <= 0) return placeAt(list, 0)
  if (scrollTop >= lowestBar(list) - 1) return placeAt(list, lowest(list))
  const leaps = Math.abs(moved) > list.height
  return { top: leaps ? topFor(list, scrollTop) : between(0, top + moved, lowest(list)), scrollTop }
}

/** The rows from `first` up to but without `end`: what can be seen, and a few above and below it. */
export function rowsAt(
  { count, rowHeight, height }: Measures,
  top: number,
): { readonly first: number; readonly end: number } {
  const first = between(0, Math.floor(top / rowHeight) - spare, count)
  const end = Math.min(Math.ceil((top + height) / rowHeight) + spare, first + mostRows, count)
  return { first, end: Math.max(first, end) }
}

/** Moved by no more than it takes for the row to be seen whole. */
export function topShowing({ rowHeight, height }: Measures, top: number, row: number): number {
  const start = row * rowHeight
  if (start < top || rowHeight >= height) return start
  return Math.max(top, start + rowHeight - height)
}
