// Follows the bar of a long list and says which of its rows stand in the page, and where.
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Place, followBar, placeAt, rowsAt, scrollHeight, topShowing } from './windowing.ts'

const settleMs = 150

export function useWindow({ count, rowRems }: { readonly count: number; readonly rowRems: number }) {
  const ref = useRef<HTMLDivElement>(null)
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [size, setSize] = useState({ height: 600, rem: 16 })
  const [wanted, setPlace] = useState<Place>({ top: 0, scrollTop: 0 })
  // In rem, so that a reader's own size of letters has room.
  const rowHeight = rowRems * size.rem
  const list = { count, rowHeight, height: size.height }
  // A list that has become shorter ends where it ends.
  const lowest = placeAt(list, wanted.top)
  const place = lowest.top === wanted.top ? wanted : lowest
  const { first, end } = rowsAt(list, place.top)

  const measure = useEffectEvent(() => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    const height = ref.current?.clientHeight ?? size.height
    if (height !== size.height || rem !== size.rem) setSize({ height, rem })
  })
  const isThere = count > 0
  useEffect(() => {
    const { current } = ref
    if (current === null) return undefined
    const watch = new ResizeObserver(() => measure())
    watch.observe(current)
    return () => watch.disconnect()
  }, [isThere])
  useEffect(() => () => clearTimeout(settle.current), [])

  const put = (next: Place) => {
    setPlace(next)
    if (ref.current !== null) ref.current.scrollTop = next.scrollTop
  }
  const settled = useEffectEvent(() => put(placeAt(list, place.top)))

  return {
    ref,
    first,
    end,
    rowHeight,
    height: scrollHeight(list),
    /** How many rows a page up or down is: one stays in sight. */
    page: Math.max(1, Math.floor(size.height / rowHeight) - 1),
    topOf: (index: number) => index * rowHeight - place.top + place.scrollTop,
    show: (index: number) => {
      const top = topShowing(list, place.top, index)
      if (top !== place.top) put(placeAt(list, top))
    },
    onScroll: () => {
      if (ref.current === null) return
      setPlace(followBar(list, place, ref.current.scrollTop))
      // Where the bar is shorter than the list, it goes to its right place once the movement is over.
      clearTimeout(settle.current)
      if (count * rowHeight > scrollHeight(list)) settle.current = setTimeout(() => settled(), settleMs)
    },
  }
}
