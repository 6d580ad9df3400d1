// Where in a part of the page stands what was looked for. A word is read as it is shown, whatever emphasis or link goes
// through the middle of it, and what stands in two paragraphs is never one.
import { type Sought, findAll } from '../../../../shared/words.ts'

const blocks = 'p, li, div, td, th, pre, blockquote, section, summary, dd, h2, h3, h4, h5, h6'
/** What nobody reads as a part of the text. */
const besides = 'button:not([class*="link"]), [aria-hidden="true"], output'

interface Piece {
  readonly node: Text
  readonly start: number
}

export function foundPlaces(root: Element, sought: readonly Sought[]): Range[] {
  const { text, pieces } = read(root)
  let at = 0
  const pieceAt = (offset: number) => {
    while ((pieces[at + 1]?.start ?? Infinity) <= offset) at += 1
    return pieces[at]
  }
  return apart(findAll(text, sought)).flatMap(({ start, end }) => {
    const [first, last] = [pieceAt(start), pieceAt(end - 1)]
    if (first === undefined || last === undefined) return []
    const range = new Range()
    range.setStart(first.node, start - first.start)
    range.setEnd(last.node, end - last.start)
    return [range]
  })
}

function read(root: Element): { readonly text: string; readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = []
  let text = ''
  let block: Element | null = null
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    node instanceof Element && node.matches(besides) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  )
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof HTMLBRElement) text += '\n'
    if (!(node instanceof Text)) continue
    const own = node.parentElement?.closest(blocks) ?? null
    if (own !== block) text += '\n'
    block = own
    pieces.push({ node, start: text.length })
    text += node.data
  }
  return { text, pieces }
}

/** Finds that lie over one another are one place. */
function apart(found: readonly { readonly start: number; readonly end: number }[]) {
  const places: { start: number; end: number }[] = []
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = places.at(-1)
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end)
    else places.push({ start, end })
  }
  return places
}

/** Scrolls whatever it stands in, and only as far as it takes. */
export function bringIntoSight(place: Range): void {
  let box = place.startContainer.parentElement
  while (box !== null && !(scrolls(box) && box.scrollHeight > box.clientHeight)) box = box.parentElement
  const frame = box ?? document.documentElement
  const { top, bottom } = place.getBoundingClientRect()
  const from = box === null ? 0 : box.getBoundingClientRect().top
  const height = box === null ? window.innerHeight : frame.clientHeight
  if (top >= from + margin && bottom <= from + height - margin) return
  frame.scrollTop += (top + bottom) / 2 - from - height / 2
}

/** What lies over the edges of the page, or of the pane. */
const margin = 72
const scrolls = (box: Element): boolean => /auto|scroll/.test(getComputedStyle(box).overflowY)
