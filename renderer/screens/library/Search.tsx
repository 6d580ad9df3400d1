// What is looked for. The letters are kept here, so that typing one draws the field anew and nothing else.
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../ui/SearchField.tsx'
import { useLibraryView } from '../../words/libraryView.tsx'
import { SearchHelp } from './SearchHelp.tsx'
import { useTypedQuery } from './useTypedQuery.ts'

const toList = () => document.querySelector<HTMLElement>('main [role="grid"]')?.focus()

interface SearchProps {
  /** Null while nothing is looked for, or no answer has come. */
  readonly found: number | null
  readonly foundMore: boolean
}

export function Search({ found, foundMore }: SearchProps) {
  const { t } = useTranslation()
  const { view, show } = useLibraryView()
  const [typed, setTyped] = useTypedQuery(view.query, (query) => show({ query }))
  return (
    <>
      <SearchField
        label={t('library.search')}
        value={typed}
        onChange={setTyped}
        onLeave={toList}
        found={found}
        foundMore={foundMore}
      />
      <SearchHelp typed={typed} onType={setTyped} />
    </>
  )
}
