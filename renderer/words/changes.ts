// A change to the library as the person lives it: it happens, a message says so, and Undo takes it back.
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { askLibraryAnew, shapeOf, useClient } from '../api.ts'
import { useToasts } from '../ui/Toast.tsx'

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
  const takeBack = (change: number) => {
    client.call('library.undo', { change }).then(() => {
      void askLibraryAnew(cache)
      say((t) => t('library.undone'))
    }, tellError)
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
      else
        say(
          (t) => words(t, items),
          () => takeBack(change),
        )
      return done
    } catch (error) {
      tellError(error)
      return undefined
    }
  }
}
