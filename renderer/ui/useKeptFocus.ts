// When what had the focus is taken away, the keyboard goes on as near to it as it can: in the list that it stood over, at
// what stands beside it, or else at the heading, and never from the top of the page.
import { useEffect } from 'react'

const lists = '[role="grid"], [role="listbox"]'
const reachable =
  'a[href], button:enabled, input:enabled, textarea:enabled, summary, [tabindex="0"]:not([aria-disabled="true"])'

/** What had the focus last on the screen below any dialog, or something it stood in, and what stood before that. */
interface Step {
  readonly element: Element
  readonly before: Element | null
}

export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | undefined
    let path: readonly Step[] = []
    let frame = 0
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return
      last = target
      if (target.closest('main') !== null) path = pathOf(target)
    }
    const look = () => {
      if (!isLost(last)) return
      cancelAnimationFrame(frame)
      // A dialog that closes gives the focus back by itself, a frame later, and a new screen takes it.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          if (isLost(last)) goOn(path)
        })
      })
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    document.addEventListener('focusin', note)
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      document.removeEventListener('focusin', note)
    }
  }, [])
}

/** Whoever clicks on nothing has left the place of their own will: it is still there. */
function isLost(place: Element | undefined): boolean {
  if (place === undefined || (document.activeElement ?? document.body) !== document.body) return false
  return !place.isConnected || place.matches(':disabled')
}

function goOn(path: readonly Step[]): void {
  const there = path[0]?.element
  if (there instanceof HTMLElement && there.matches(reachable) && there.checkVisibility()) return there.focus()
  for (const [index, { element: near }] of path.entries()) {
    if (!near.isConnected) continue
    if (near.querySelector('h1') !== null) break
    const [list] = seenIn(near, lists)
    const others = seenIn(near, reachable)
    const before = path[index - 1]?.before ?? null
    const next = list ?? others.findLast((one) => before !== null && standsUpTo(one, before)) ?? others[0]
    if (next !== undefined) return next.focus()
  }
  document.querySelector<HTMLElement>('main h1')?.focus()
}

const seenIn = (place: Element, selector: string): readonly HTMLElement[] =>
  [...place.querySelectorAll<HTMLElement>(selector)].filter((one) => one.checkVisibility())

/** Before it, or in it. */
const standsUpTo = (one: Element, end: Element): boolean =>
  end.isConnected && (end.contains(one) || (end.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) !== 0)

function pathOf(element: Element): readonly Step[] {
  const path: Step[] = []
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement)
    path.push({ element: at, before: at.previousElementSibling })
  return path
}
