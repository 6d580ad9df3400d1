// What the Library shows: how it is narrowed, and what is looked for in it. It is kept while the vault is open and in no
// address, since a browser writes addresses down where nothing is encrypted.
import { type ReactNode, createContext, useContext, useMemo, useState } from 'react'
import type { ItemFilter } from '../../shared/api/items.ts'

export interface LibraryView {
  readonly filter: ItemFilter
  readonly query: string
  readonly as: 'list' | 'timeline'
  /** The item that was opened from elsewhere than this list, and what it was found by there. */
  readonly elsewhere: { readonly id: string; readonly query: string } | null
  /** What the people, collection and import of the filter are called, by their ids. */
  readonly names: Readonly<Record<string, string>>
}

interface LibraryViews {
  readonly view: LibraryView
  /** What is left out stays as it is. */
  readonly show: (changes: Partial<LibraryView>) => void
}

const everything: LibraryView = { filter: {}, query: '', as: 'list', elsewhere: null, names: {} }

const ViewContext = createContext<LibraryViews | null>(null)

export function LibraryViewProvider({ children }: { readonly children: ReactNode }) {
  const [view, setView] = useState(everything)
  const views = useMemo<LibraryViews>(
    () => ({
      view,
      show: (changes) =>
        setView((before) => ({
          ...before,
          ...changes,
          filter: narrowed(changes.filter ?? before.filter),
          names: { ...before.names, ...changes.names },
        })),
    }),
    [view],
  )
  return <ViewContext value={views}>{children}</ViewContext>
}

export function useLibraryView(): LibraryViews {
  const views = useContext(ViewContext)
  if (views === null) throw new Error('A screen was drawn outside of LibraryViewProvider')
  return views
}

/** Without the parts that narrow nothing, so that the same list is asked for in the same words. */
const narrowed = (filter: ItemFilter): ItemFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0)),
  )
