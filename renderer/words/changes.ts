// A change to the library as the person lives it: it happens, a message says so, Undo takes it back, and Redo does it again.
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { askLibraryAnew, shapeOf, useClient } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { type TakeBack, type Words, useToasts } from '../ui/Toast.tsx'

interface Changed {
  /** What `library.undo` takes; null where there was nothing to do. */
  readonly change: number | null
  readonly items: number
}

/** Taking a change back is a change of its own: to take that back is to do the first one again. */
function useTakeBack() {
  const client = useClient()
  const cache = useQueryClient()
  const { say } = useToasts()
  const tellError = (error: unknown) => say((t) => t(`errors.${shapeOf(error).code}`))
  const takeBack =
    (change: number, done: 'undone' | 'redone', words: Words = (t) => t(`do.${done}`)): TakeBack =>
    async () => {
      try {
        const { change: made } = await client.call('library.undo', { change })
        void askLibraryAnew(cache)
        if (made === null) return undefined
        return { words, back: takeBack(made, done === 'undone' ? 'redone' : 'undone') }
      } catch (error) {
        tellError(error)
        return undefined
      }
    }
  return { takeBack, tellError }
}

/** Of what was done before this page was loaded or the vault was locked, the last, and says what that was. */
export function useUndoEarlier(): TakeBack {
  const client = useClient()
  const { say } = useToasts()
  const { when } = useFormat()
  const { takeBack, tellError } = useTakeBack()
  return async () => {
    try {
      const last = await client.call('library.lastChange', {})
      if (last === null) {
        say((t) => t('do.nothingToUndo'))
        return undefined
      }
      const { change, act, at } = last
      return await takeBack(change, 'undone', (t) =>
        t('do.undoneEarlier', { what: t(`do.change.${act}`), when: when(at) }),
      )()
    } catch (error) {
      tellError(error)
      return undefined
    }
  }
}

/** Answers a function that waits for the change and resolves to what it answered; undefined where it was refused. */
export function useChange() {
  const cache = useQueryClient()
  const { say } = useToasts()
  const { takeBack, tellError } = useTakeBack()
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
