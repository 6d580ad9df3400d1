// A change to the library as the person lives it: it happens, a message says so, Undo takes it back, and Redo does it again.
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import type { Output } from '../../shared/api/api.ts'
import type { ImportSummary } from '../../shared/api/imports.ts'
import { askLibraryAnew, shapeOf, useClient } from '../api.ts'
import { type Format, useFormat } from '../ui/format.tsx'
import { type TakeBack, type UndoWays, useToasts } from '../ui/Toast.tsx'
import { useImportName } from './imports.ts'

interface Changed {
  /** What `library.undo` takes; null where there was nothing to do. */
  readonly change: number | null
  readonly items: number
}

type TakenBack = Output<'library.undo'>

/** "Undone: putting into the Trash, 3 things." */
function takenBackWords(
  t: TFunction,
  format: Pick<Format, 'number'>,
  done: 'undone' | 'redone',
  { act, items }: TakenBack,
): string {
  const what = t(`do.change.${act}`)
  return items === 0
    ? t(`do.${done}`, { what })
    : t(`do.${done}Of`, { what, count: items, number: format.number(items) })
}

/** Taking a change back is a change of its own: to take that back is to do the first one again. */
function useTakeBack() {
  const client = useClient()
  const cache = useQueryClient()
  const format = useFormat()
  const { say } = useToasts()
  const tellError = (error: unknown) => say((t) => t(`errors.${shapeOf(error).code}`))
  const usual =
    (done: 'undone' | 'redone') =>
    (t: TFunction, taken: TakenBack): string =>
      takenBackWords(t, format, done, taken)
  const takeBack =
    (change: number, done: 'undone' | 'redone', words = usual(done)): TakeBack =>
    async () => {
      try {
        const taken = await client.call('library.undo', { change })
        void askLibraryAnew(cache)
        if (taken.change === null) return undefined
        const back = takeBack(taken.change, done === 'undone' ? 'redone' : 'undone')
        return { words: (t) => words(t, taken), back }
      } catch (error) {
        tellError(error)
        return undefined
      }
    }
  return { takeBack, tellError }
}

/** When it last brought something; one that runs, when it began: what the person does meanwhile is newer. */
const timeOf = ({ job, at, endedAt }: ImportSummary): string => (job === null ? (endedAt ?? at) : at)

const isThere = ({ job, state, added, changed }: ImportSummary): boolean =>
  job !== null || (state !== 'undone' && added + changed > 0)

/**
 * What Ctrl-Z does where the newest thing is none that this page has a message for. An import is never passed over for
 * something older: taking it back is offered. Of what was done before this page was loaded or the vault was locked, it takes
 * back the last, and says what that was.
 */
export function useUndoWays(offer: (newest: ImportSummary) => void): UndoWays {
  const client = useClient()
  const { say } = useToasts()
  const { when } = useFormat()
  const nameOf = useImportName()
  const { takeBack, tellError } = useTakeBack()
  return {
    async isNewer() {
      try {
        const [last, imports] = await Promise.all([
          client.call('library.lastChange', {}),
          client.call('imports.list', {}),
        ])
        const newest = imports.filter(isThere).reduce<ImportSummary | undefined>(later, undefined)
        if (newest === undefined || (last !== null && timeOf(newest) <= last.at)) return false
        if (newest.job === null) offer(newest)
        else say((t) => t('do.importRuns', { name: nameOf(newest.name) }))
        return true
      } catch (error) {
        tellError(error)
        return true
      }
    },
    async earlier() {
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
    },
  }
}

const later = (one: ImportSummary | undefined, other: ImportSummary): ImportSummary =>
  one === undefined || timeOf(one) < timeOf(other) ? other : one

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
