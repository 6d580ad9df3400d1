// A change to the library as the person lives it: it happens, a message says so, Undo takes it back, and Redo does it again.
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { askLibraryAnew, shapeOf, useClient } from '../api.ts'
import { type TakeBack, useToasts } from '../ui/Toast.tsx'

interface Changed {
  /** What `library.undo` takes; null where there was nothing to do. */
  readonly change: number | null
  readonly items: number
}

/** Answers a function that waits for the change and resolves to what it answered; undefined where it was refused. */
export function useChange() {
  const client = useClient()
  const cache = useQueryClient()
  const { say } = useToasts()
  const tellError = (error: unknown) => say((t) => t(`errors.${shapeOf(error).code}`))
  /** Taking a change back is a change of its own: to take that back is to do the first one again. */
  const takeBack =
    (change: number, done: 'undone' | 'redone'): TakeBack =>
    async () => {
      try {
        const { change: made } = await client.call('library.undo', { change })
        void askLibraryAnew(cache)
        if (made === null) return undefined
        return { words: (t) => t(`do.${done}`), back: takeBack(made, done === 'undone' ? 'redone' : 'undone') }
      } catch (error) {
        tellError(error)
        return undefined
      }
    }
  return async <C extends Changed>(
    act: Promise<C>,
    words: (t: TFunction, items: number) => string,
  ): Promise<C | undefined> => {
    try {
      const done = await act
      const { change, items } = done
      void askLibraryAnew(cache)
      if (change === null) say((t) => t('library.unchanged'))
      else say((t) => words(t, items), takeBack(change, 'undone'))
      return done
    } catch (error) {
      tellError(error)
      return undefined
    }
  }
}
