// Which rows of a very long list stand in the page, and where, with a heading above some of them. A browser gives up on an
// element somewhere above 17 million pixels, which is some 300,000 rows; from ten million on the bar stands for a longer list
// than it is long. Small movements then still move the list as far as the finger or wheel moved, and only a pull at the bar
// leaps.

/** In pixels. */
export interface Measures {
  readonly count: number
  readonly rowHeight: number
  /** Of what can be seen of the list at once. */
  readonly height: number
  /** The rows that have a heading above them, in their order. */
  readonly headings: readonly number[]
  readonly headingHeight: number
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
const tall = ({ count, rowHeight, headings, headingHeight }: Measures): number =>
  count * rowHeight + headings.length * headingHeight
const lowest = (list: Measures): number => Math.max(0, tall(list) - list.height)
const lowestBar = (list: Measures): number => Math.max(0, scrollHeight(list) - list.height)

export const scrollHeight = (list: Measures): number => Math.min(tall(list), tallest)

/** How many of the headings hold true, where they are true from the first of them up to some other. */
function upTo(headings: readonly number[], isTrue: (row: number, heading: number) => boolean): number {
  let [known, end] = [0, headings.length]
  while (known < end) {
    const middle = (known + end) >> 1
    if (isTrue(headings[middle] ?? 0, middle)) known = middle + 1
    else end = middle
  }
  return known
}

/** The heading that a row stands under; −1 above the first. */
export const headingOf = (headings: readonly number[], row: number): number => upTo(headings, (at) => at <= row) - 1

/** How far down the list a row begins, below its heading. */
export const startOf = ({ rowHeight, headings, headingHeight }: Measures, row: number): number =>
  row * rowHeight + (headingOf(headings, row) + 1) * headingHeight

/** The heading that counts `top` pixels down; −1 above the first. */
const headingAt = ({ rowHeight, headings, headingHeight }: Measures, top: number): number =>
  upTo(headings, (row, heading) => row * rowHeight + heading * headingHeight <= top) - 1

/** The row that is `top` pixels down. A heading belongs to the row below it. */
function rowAt(list: Measures, top: number): number {
  const heading = headingAt(list, top)
  const row = Math.floor((top - (heading + 1) * list.headingHeight) / list.rowHeight)
  return heading < 0 ? row : Math.max(list.headings[heading] ?? 0, row)
}

/** The heading that stays in sight while the rows under it go by, and how far the next one has pushed it out. */
export function stayingAt(list: Measures, top: number): { readonly heading: number; readonly pushed: number } {
  const heading = headingAt(list, top)
  const next = list.headings[heading + 1]
  if (next === undefined) return { heading, pushed: 0 }
  return { heading, pushed: Math.max(0, top + 2 * list.headingHeight - startOf(list, next)) }
}

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
export function rowsAt(list: Measures, top: number): { readonly first: number; readonly end: number } {
  const first = between(0, rowAt(list, top) - spare, list.count)
  const end = Math.min(rowAt(list, top + list.height) + 1 + spare, first + mostRows, list.count)
  return { first, end: Math.max(first, end) }
}

/** Moved by no more than it takes for the row to be seen whole, clear of the heading that stays in sight. */
export function topShowing(list: Measures, top: number, row: number): number {
  const { rowHeight, height, headings, headingHeight } = list
  const start = startOf(list, row)
  const over = headings.length === 0 ? 0 : headingHeight
  if (start - over < top || over + rowHeight >= height) return Math.max(0, start - over)
  return Math.max(top, start + rowHeight - height)
}
