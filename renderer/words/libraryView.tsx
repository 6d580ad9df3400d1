// What the Library shows: how it is narrowed, and what is looked for in it. It is kept while the vault is open and in no
// address, since a browser writes addresses down where nothing is encrypted.
import { type ReactNode, createContext, useCallback, useContext, useMemo, useState } from 'react'
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

export interface LibraryViews {
  readonly view: LibraryView
  /** What is left out stays as it is. */
  readonly show: (changes: Partial<LibraryView>) => void
}

const everything: LibraryView = { filter: {}, query: '', as: 'list', elsewhere: null, names: {} }

const ViewContext = createContext<LibraryViews | null>(null)

export function LibraryViewProvider({ children }: { readonly children: ReactNode }) {
  const [view, setView] = useState(everything)
  const show = useCallback<LibraryViews['show']>((changes) => setView((before) => changed(before, changes)), [])
  const views = useMemo<LibraryViews>(() => ({ view, show }), [view, show])
  return <ViewContext value={views}>{children}</ViewContext>
}

export function useLibraryView(): LibraryViews {
  const views = useContext(ViewContext)
  if (views === null) throw new Error('A screen was drawn outside of LibraryViewProvider')
  return views
}

/** What did not change stays the same object, so that nothing is drawn anew for it. */
const changed = (before: LibraryView, changes: Partial<LibraryView>): LibraryView => ({
  ...before,
  ...changes,
  filter: changes.filter === undefined ? before.filter : narrowed(changes.filter),
  names: changes.names === undefined ? before.names : { ...before.names, ...changes.names },
})

/** Without the parts that narrow nothing, so that the same list is asked for in the same words. */
const narrowed = (filter: ItemFilter): ItemFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0)),
  )
