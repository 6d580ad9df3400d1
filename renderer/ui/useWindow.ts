// Follows the bar of a long list and says which of its rows stand in the page, and where.
import { useEffect, useEffectEvent, useState } from 'react'
import { type Place, followBar, placeAt, rowsAt, scrollHeight, startOf, stayingAt, topShowing } from './windowing.ts'

const settleMs = 150

interface WindowParts {
  readonly count: number
  readonly rowRems: number
  readonly headings: readonly number[]
  readonly headingRems: number
}

export function useWindow({ count, rowRems, headings, headingRems }: WindowParts) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [size, setSize] = useState({ height: 600, rem: 16 })
  const [wanted, setPlace] = useState<Place>({ top: 0, scrollTop: 0 })
  // In rem, so that a reader's own size of letters has room.
  const rowHeight = rowRems * size.rem
  const headingHeight = headingRems * size.rem
  const list = { count, rowHeight, height: size.height, headings, headingHeight }
  // A list that has become shorter ends where it ends.
  const lowest = placeAt(list, wanted.top)
  const place = lowest.top === wanted.top ? wanted : lowest
  const { first, end } = rowsAt(list, place.top)

  const measure = useEffectEvent(() => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    const height = element?.clientHeight ?? size.height
    if (height !== size.height || rem !== size.rem) setSize({ height, rem })
  })
  useEffect(() => {
    if (element === null) return undefined
    const watch = new ResizeObserver(() => measure())
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

  return {
    attach: setElement,
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
