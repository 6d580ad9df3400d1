// Short messages at the foot of the page, with Undo where there is something to undo, and Redo after that. Messages stay long
// enough to be read, wait while they are pointed at or focused, and are a landmark that F6 reaches. A message is kept as what it says,
// not as a sentence, so that it follows a change of language.
import type { TFunction } from 'i18next'
import {
  type ReactNode,
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
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

/** Takes something back; answers what was done by that, if it can be taken back in turn. */
export type TakeBack = () => Promise<Done | undefined>

export interface Done {
  readonly words: Words
  readonly back: TakeBack
}

export interface UndoWays {
  /** Asked first: where something else is newer, it deals with that, answers true, and nothing is taken back. */
  readonly isNewer: () => Promise<boolean>
  /** Where this page has seen nothing being done. */
  readonly earlier: TakeBack
}

type Way = 'undo' | 'redo'

interface Message {
  readonly words: Words
  readonly way?: Way
}

export interface Toasts {
  readonly say: (words: Words, undo?: TakeBack) => void
  /** Takes back the newest thing that can be taken back, whether its message is still shown or not. */
  readonly undoLast: (ways: UndoWays) => void
  /** Does again what was taken back last, as long as nothing else was done since. */
  readonly redoLast: () => void
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
  const [backs] = useState<Readonly<Record<Way, Map<string, TakeBack>>>>(() => ({ undo: new Map(), redo: new Map() }))
  const add = useCallback(
    (words: Words, way: Way, back: TakeBack) => {
      const kept = backs[way]
      kept.set(queue.add({ words, way }, { timeout: readingTime }), back)
      for (const old of kept.keys()) if (kept.size > mostUndos) kept.delete(old)
    },
    [queue, backs],
  )
  // One after the other, as they were asked for: what is undone by one key is there for the next to do again.
  const turn = useRef(Promise.resolve())
  const takeBack = useCallback(
    (way: Way, { chosen, isNewer, earlier }: { readonly chosen?: string } & Partial<UndoWays> = {}) => {
      turn.current = turn.current.then(async () => {
        if ((await isNewer?.()) === true) return
        const key = chosen ?? [...backs[way].keys()].at(-1)
        const back = key === undefined ? earlier : backs[way].get(key)
        if (back === undefined) return
        if (key !== undefined) {
          backs[way].delete(key)
          queue.close(key)
        }
        const done = await back()
        if (done !== undefined) add(done.words, way === 'undo' ? 'redo' : 'undo', done.back)
      })
    },
    [queue, backs, add],
  )
  const toasts = useMemo<Toasts>(
    () => ({
      say: (words, undo) => {
        if (undo === undefined) queue.add({ words }, { timeout: readingTime })
        else {
          backs.redo.clear()
          add(words, 'undo', undo)
        }
      },
      undoLast: (ways) => takeBack('undo', ways),
      redoLast: () => takeBack('redo'),
      clear: () => {
        backs.undo.clear()
        backs.redo.clear()
        queue.clear()
      },
    }),
    [queue, backs, add, takeBack],
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
            <BackButton way={toast.content.way} onPress={(way) => takeBack(way, { chosen: toast.key })} />
            <IconButton slot="close" icon="close" label={t('do.dismiss')} />
          </AriaToast>
        )}
      </ToastRegion>
    </ToastContext>
  )
}

interface BackButtonProps {
  readonly way: Way | undefined
  readonly onPress: (way: Way) => void
}

function BackButton({ way, onPress }: BackButtonProps) {
  const { t } = useTranslation()
  if (way === undefined) return null
  return (
    <Button look="quiet" icon={way} onPress={() => onPress(way)}>
      {t(`do.${way}`)}
    </Button>
  )
}
