// Listens for the keys of the shell. Single letters never act while somebody types or a dialog is open, and not at all
// when they are turned off.
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'

interface ShortcutParts {
  readonly singleKeys: boolean
  readonly openPalette: () => void
  readonly openHelp: () => void
  readonly undo: () => void
  readonly redo: () => void
  readonly lock: () => void
}

const places = { h: '/', l: '/library', a: '/activity', s: '/settings' } as const
/** How long after "g" the second letter counts. */
const pairMs = 1500

export function useShortcuts({ singleKeys, openPalette, openHelp, undo, redo, lock }: ShortcutParts): void {
  const navigate = useNavigate()
  const pairUntil = useRef(0)

  const withCommand = (event: KeyboardEvent): boolean => {
    const key = event.key.toLowerCase()
    if (key === 'l' && event.shiftKey) lock()
    // A question that is being asked is answered first.
    else if (key === 'k' && !event.shiftKey) {
      if (!isDialogOpen()) openPalette()
    } else if (isTyping(event) || isDialogOpen()) return false
    else if (key === 'z') (event.shiftKey ? redo : undo)()
    else if (key === 'y' && !event.shiftKey) redo()
    else return false
    return true
  }

  const single = (event: KeyboardEvent): boolean => {
    const paired = Date.now() < pairUntil.current
    pairUntil.current = 0
    const place = paired && event.key in places ? places[event.key as keyof typeof places] : undefined
    if (place !== undefined) void navigate({ to: place })
    else if (event.key === 'g') pairUntil.current = Date.now() + pairMs
    else if (event.key === '/') {
      if (!focusSearch()) openPalette()
    } else if (event.key === '?') openHelp()
    else return false
    return true
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.altKey) return
    const command = event.ctrlKey || event.metaKey
    const used = command ? withCommand(event) : singleKeys && !isTyping(event) && !isDialogOpen() && single(event)
    if (!used) return
    event.preventDefault()
    event.stopPropagation()
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
}

/** Where the screen has a field to search by, that is the one. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  if (field === null || !field.checkVisibility()) return false
  field.focus()
  field.select()
  return true
}

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('textarea, select, input:not([type="checkbox"], [type="radio"]), [role="listbox"]') !== null)

/** A message at the foot of the page is a dialog too, but not one that keeps people from the rest. */
const isDialogOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"]:not([aria-modal="false"])') !== null
