// Short messages at the foot of the page, with Undo where there is something to undo. Messages stay long enough to be
// read, wait while they are pointed at or focused, and are a landmark that F6 reaches. A message is kept as what it says,
// not as a sentence, so that it follows a change of language.
import type { TFunction } from 'i18next'
import { type ReactNode, createContext, useCallback, useContext, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { Button, IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './Toast.module.css'

/** Says it in whichever language is spoken by then. */
export type Words = (t: TFunction) => string

interface Message {
  readonly words: Words
  readonly undo?: () => void
}

export interface Toasts {
  readonly say: (words: Words, undo?: () => void) => void
  /** Takes back the newest thing that can be taken back, whether its message is still shown or not. False without one. */
  readonly undoLast: () => boolean
  /** Takes every message away, as when the vault they speak of is locked. */
  readonly clear: () => void
}

const ToastContext = createContext<Toasts | null>(null)

export function useToasts(): Toasts {
  const toasts = useContext(ToastContext)
  if (toasts === null) throw new Error('A component was drawn outside of ToastProvider')
  return toasts
}

const readingTime = 8000
const mostUndos = 50

const smallScreen = '(max-width: 45rem)'
const isSmall = (): boolean => window.matchMedia(smallScreen).matches

function onSmall(listener: () => void): () => void {
  const query = window.matchMedia(smallScreen)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const small = useSyncExternalStore(onSmall, isSmall)
  // More than one would cover what a small screen shows.
  const queue = useMemo(() => new ToastQueue<Message>({ maxVisibleToasts: small ? 1 : 3 }), [small])
  // The keys of messages with something to take back, newest last; what each takes back outlives its message.
  const [undos] = useState<Map<string, () => void>>(() => new Map())
  const undoOne = useCallback(
    (key: string) => {
      const undo = undos.get(key)
      undos.delete(key)
      queue.close(key)
      undo?.()
    },
    [queue, undos],
  )
  const toasts = useMemo<Toasts>(
    () => ({
      say: (words, undo) => {
        const key = queue.add(undo === undefined ? { words } : { words, undo }, { timeout: readingTime })
        if (undo === undefined) return
        undos.set(key, undo)
        for (const old of undos.keys()) if (undos.size > mostUndos) undos.delete(old)
      },
      undoLast: () => {
        const last = [...undos.keys()].at(-1)
        if (last === undefined) return false
        undoOne(last)
        return true
      },
      clear: () => {
        undos.clear()
        queue.clear()
      },
    }),
    [queue, undoOne, undos],
  )
  return (
    <ToastContext value={toasts}>
      {children}
      <ToastRegion queue={queue} className={cx(styles['region'])}>
        {({ toast }) => (
          <AriaToast toast={toast} className={cx(styles['toast'])}>
            <ToastContent className={cx(styles['content'])}>
              <Text slot="title">{toast.content.words(t)}</Text>
            </ToastContent>
            {toast.content.undo !== undefined && (
              <Button look="quiet" icon="undo" onPress={() => undoOne(toast.key)}>
                {t('do.undo')}
              </Button>
            )}
            <IconButton slot="close" icon="close" label={t('do.dismiss')} />
          </AriaToast>
        )}
      </ToastRegion>
    </ToastContext>
  )
}
