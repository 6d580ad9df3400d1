// Short messages at the foot of the page, with Undo where there is something to undo. Messages stay long enough to be
// read, wait while they are pointed at or focused, and are a landmark that F6 reaches. A message is kept as what it says,
// not as a sentence, so that it follows a change of language.
import type { TFunction } from 'i18next'
import { type ReactNode, createContext, useContext, useMemo, useSyncExternalStore } from 'react'
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
  /** Takes back the newest thing that can be taken back. False when there is nothing. */
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
  const toasts = useMemo<Toasts>(
    () => ({
      say: (words, undo) => void queue.add(undo === undefined ? { words } : { words, undo }, { timeout: readingTime }),
      undoLast: () => {
        const last = queue.visibleToasts.find((toast) => toast.content.undo !== undefined)
        if (last === undefined) return false
        queue.close(last.key)
        last.content.undo?.()
        return true
      },
      clear: () => queue.clear(),
    }),
    [queue],
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
              <Button
                look="quiet"
                icon="undo"
                onPress={() => {
                  queue.close(toast.key)
                  toast.content.undo?.()
                }}
              >
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
