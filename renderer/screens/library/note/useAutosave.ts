// Keeps what is typed as a draft in the vault: after a second of rest, every few seconds of typing, when a field is left,
// and at once when the vault is about to lock. One call at a time, so that an older text never comes after a newer one.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { askLibraryAnew, useClient, useEvent } from '../../../api.ts'

interface Text {
  readonly title: string
  readonly body: string
}

interface AutosaveParts {
  readonly name: string
  readonly text: Text
  /** What is kept already. */
  readonly saved: Text
}

const restMs = 1000

const isSame = (one: Text, other: Text): boolean => one.title === other.title && one.body === other.body

export function useAutosave({ name, text, saved }: AutosaveParts) {
  const client = useClient()
  const cache = useQueryClient()
  const [state, setState] = useState<{ readonly keptAt: string | null; readonly failed: boolean }>({
    keptAt: null,
    failed: false,
  })
  const kept = useRef(saved)
  const latest = useRef(text)
  const over = useRef(false)
  const running = useRef<Promise<void>>(Promise.resolve())

  const keep = async () => {
    const now = latest.current
    if (over.current || isSame(now, kept.current)) return
    try {
      await client.call('library.saveDraft', { name, ...now })
      kept.current = now
      setState({ keptAt: new Date().toISOString(), failed: false })
    } catch {
      // Said beside the text; the next pause tries again.
      setState((before) => ({ ...before, failed: true }))
    }
  }
  const save = useEffectEvent(() => {
    running.current = running.current.then(keep)
    return running.current
  })

  useEffect(() => {
    latest.current = text
    const timer = setTimeout(() => void save(), restMs)
    return () => clearTimeout(timer)
  }, [text])
  // Whoever leaves the screen, or stays and lets the vault lock, leaves nothing behind.
  useEffect(
    () => () => {
      void save().then(() => askLibraryAnew(cache))
    },
    [cache],
  )
  useEvent('vault.lockSoon', () => void save())

  return {
    ...state,
    now: () => {
      running.current = running.current.then(keep)
    },
    /** From here on nothing is kept any more, and nothing is on its way. */
    pause: async () => {
      over.current = true
      await running.current
    },
    resume: () => {
      over.current = false
    },
  }
}
