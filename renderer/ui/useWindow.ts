// Follows the bar of a long list and says which of its rows stand in the page, and where.
import { useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { type Place, followBar, placeAt, rowsAt, scrollHeight, startOf, stayingAt, topShowing } from './windowing.ts'

const settleMs = 150
const atTop: Place = { top: 0, scrollTop: 0 }

interface WindowParts {
  /** Which list it is: another one is shown from its top. */
  readonly of: string
  readonly count: number
  readonly rowRems: number
  readonly headings: readonly number[]
  readonly headingRems: number
}

export function useWindow({ of, count, rowRems, headings, headingRems }: WindowParts) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [size, setSize] = useState<Size>({ height: 600, rem: 16 })
  const [wanted, setPlace] = useState(atTop)
  const [last, setLast] = useState(of)
  if (last !== of) {
    setLast(of)
    setPlace(atTop)
  }
  useLayoutEffect(() => {
    if (wanted === atTop) element?.scrollTo({ top: 0 })
  }, [wanted, element])
  // In rem, so that a reader's own size of letters has room.
  const rowHeight = rowRems * size.rem
  const headingHeight = headingRems * size.rem
  const list = { count, rowHeight, height: size.height, headings, headingHeight }
  // A list that has become shorter ends where it ends.
  const lowest = placeAt(list, wanted.top)
  const place = lowest.top === wanted.top ? wanted : lowest
  const { first, end } = rowsAt(list, place.top)

  useEffect(() => {
    if (element === null) return undefined
    const watch = new ResizeObserver(() => setSize((before) => measured(element, before)))
    watch.observe(element)
    return () => watch.disconnect()
  }, [element])

  const put = (next: Place) => {
    setPlace(next)
    element?.scrollTo({ top: next.scrollTop })
  }
  useEffect(() => {
    // Where the bar is shorter than the list, it goes to its right place once the movement is over.
    const right = placeAt(list, place.top)
    if (Math.abs(right.scrollTop - place.scrollTop) < 1) return undefined
    const timer = setTimeout(() => put(right), settleMs)
    return () => clearTimeout(timer)
  })

  // Measured before it is painted, so that a list is never seen with rows for another height.
  const attach = useCallback((to: HTMLElement | null) => {
    setElement(to)
    if (to !== null) setSize((before) => measured(to, before))
  }, [])

  return {
    attach,
    first,
    end,
    rowHeight,
    headingHeight,
    height: scrollHeight(list),
    /** How many rows a page up or down is: one stays in sight. */
    page: Math.max(1, Math.floor(size.height / rowHeight) - 1),
    topOf: (index: number) => startOf(list, index) - place.top + place.scrollTop,
    staying: stayingAt(list, place.top),
    show: (index: number) => {
      const top = topShowing(list, place.top, index)
      if (top !== place.top) put(placeAt(list, top))
    },
    onScroll: () => {
      if (element === null) return
      setPlace(followBar(list, place, element.scrollTop))
    },
  }
}

interface Size {
  readonly height: number
  readonly rem: number
}

function measured(list: HTMLElement, before: Size): Size {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const height = list.clientHeight
  return height === before.height && rem === before.rem ? before : { height, rem }
}
