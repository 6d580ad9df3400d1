// Keeps what is typed as a draft in the vault: twice a second while it is typed, when a field is left, before the vault is
// locked from here, when it is about to lock itself, and when the page goes away. One call at a time, so that an older text
// never comes after a newer one.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { askLibraryAnew, useClient, useEvent } from '../../../api.ts'
import { useBeforeLock } from '../../../words/leaving.tsx'

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

const keepEveryMs = 500
/** What goes out with a page that is closed may not be longer than a browser sends by then; in letters of any alphabet. */
const longestFarewell = 20_000

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

  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    latest.current = text
    waiting.current ??= setTimeout(() => {
      waiting.current = null
      void save()
    }, keepEveryMs)
  }, [text])
  // Whoever leaves the screen, or stays and lets the vault lock, leaves nothing behind.
  useEffect(
    () => () => {
      if (waiting.current !== null) clearTimeout(waiting.current)
      waiting.current = null
      void save().then(() => askLibraryAnew(cache))
    },
    [cache],
  )
  useEvent('vault.lockSoon', () => void save())
  useBeforeLock(save)
  const onHidden = useEffectEvent(() => {
    // Nothing that is waited for comes about in a page that is being closed.
    if (document.visibilityState === 'hidden') void keep()
  })
  const onClose = useEffectEvent((event: BeforeUnloadEvent) => {
    const { title, body } = latest.current
    if (over.current || isSame(latest.current, kept.current) || title.length + body.length < longestFarewell) return
    // The browser asks whether to leave, and it is kept meanwhile.
    event.preventDefault()
    void save()
  })
  useEffect(() => {
    const hidden = () => onHidden()
    const close = (event: BeforeUnloadEvent) => onClose(event)
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('beforeunload', close)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('beforeunload', close)
    }
  }, [])

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
