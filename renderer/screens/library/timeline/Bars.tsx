// The bars of the timeline. One stop of the Tab key: arrows, Home and End move along them, Enter or Space goes into one, and
// Backspace comes out again.
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { VisuallyHidden } from 'react-aria-components'
import styles from './Timeline.module.css'

interface Bar {
  readonly start: string
  readonly count: number
  readonly short: string
  readonly long: string
}

interface BarsProps {
  readonly label: string
  readonly bars: readonly Bar[]
  /** Left out where there is nothing finer to show. */
  readonly onChoose?: (start: string) => void
  readonly onOut: () => void
}

const height = 100
/** So much of something is to be seen, however much there is beside it. */
const least = 3

export function Bars({ label, bars, onChoose, onOut }: BarsProps) {
  const list = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState(0)
  const at = Math.min(wanted, bars.length - 1)
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const last = bars.at(-1)?.start
  const shownUpTo = useRef<string | undefined>(undefined)
  // What came last is what people look for; where not all bars fit, these are in sight.
  useLayoutEffect(() => {
    if (list.current === null || shownUpTo.current === last) return
    shownUpTo.current = last
    list.current.scrollLeft = list.current.scrollWidth
  })
  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, bars.length - 1))
    setWanted(next)
    list.current?.querySelectorAll('button')[next]?.focus()
  }
  const press = (event: KeyboardEvent) => {
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: bars.length,
    }
    const target = targets[event.key]
    if (target !== undefined) move(target)
    else if (event.key === 'Backspace') onOut()
    else return
    event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the bars in it have the focus
    <div ref={list} role="toolbar" aria-label={label} className={styles['bars']} onKeyDown={press}>
      {bars.map(({ start, count, short, long }, index) => (
        <button
          key={start}
          type="button"
          tabIndex={index === at ? 0 : -1}
          title={long}
          aria-disabled={onChoose === undefined || count === 0}
          className={styles['bar']}
          onFocus={() => setWanted(index)}
          onClick={() => {
            if (count > 0) onChoose?.(start)
          }}
        >
          <svg viewBox={`0 0 10 ${height}`} preserveAspectRatio="none" aria-hidden="true" className={styles['column']}>
            {count > 0 && <rect x="0" width="10" {...placed(count / most)} className={styles['fill']} />}
          </svg>
          {/* Content, not a label: what is seen of it is no part of what it is called ("Mar", "March 2025: 24 items"). */}
          <VisuallyHidden>{long}</VisuallyHidden>
          <span aria-hidden="true" className={styles['name']}>
            {short}
          </span>
        </button>
      ))}
    </div>
  )
}

function placed(share: number): { readonly y: number; readonly height: number } {
  const tall = Math.max(least, share * height)
  return { y: height - tall, height: tall }
}
