// What narrows the list: each respect a chip, with how many items there are of each choice under all the others.
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemFilter, ItemType } from '../../../shared/api/items.ts'
import type { Facets } from '../../../shared/api/library.ts'
import { useAttempt } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { FilterChip, FilterChips } from '../../ui/FilterChips.tsx'
import { useSourceName } from '../../words/items.ts'
import { type LibraryView, type LibraryViews, useLibraryView } from '../../words/libraryView.tsx'
import { CollectionsDialog } from './CollectionsDialog.tsx'
import { DateChip } from './DateChip.tsx'
import { PeopleChip } from './PeopleChip.tsx'

const nothing: Facets = { types: [], sources: [], levels: [], people: [], tags: [] }

export function Filters() {
  const { view, show } = useLibraryView()
  return <Chips filter={view.filter} names={view.names} show={show} />
}

interface ChipsProps extends Pick<LibraryView, 'filter' | 'names'>, Pick<LibraryViews, 'show'> {}

/** What is looked for does not change them, and every letter changes that. */
const Chips = memo(function Chips({ filter, names, show }: ChipsProps) {
  const { t } = useTranslation()
  const sourceName = useSourceName()
  const facets = useAttempt('library.facets', { filter }).answer ?? nothing
  const collections = useAttempt('library.collections', {}).answer ?? []
  const narrow = (changes: Partial<ItemFilter>, named: Readonly<Record<string, string>> = {}) =>
    show({ filter: { ...filter, ...changes }, names: named })
  const [managing, setManaging] = useState(false)
  const nameOf = (id: number) => facets.people.find(({ value }) => value.id === id)?.value.name ?? names[id]
  return (
    <FilterChips
      label={t('library.filters')}
      narrowed={Object.keys(filter).length > 0}
      onClear={() => show({ filter: {} })}
    >
      <FilterChip<ItemType>
        label={t('library.filter.type')}
        chosen={filter.types ?? []}
        onChange={(types) => narrow({ types: [...types] })}
        options={withChosen(
          facets.types.map(({ value, count }) => ({ value, label: t(`library.types.${value}`), count })),
          filter.types ?? [],
          (type) => t(`library.types.${type}`),
        )}
      />
      <FilterChip
        label={t('library.filter.source')}
        chosen={filter.sources ?? []}
        onChange={(sources) => narrow({ sources: [...sources] })}
        options={withChosen(
          facets.sources.map(({ value, count }) => ({ value, label: sourceName(value), count })),
          filter.sources ?? [],
          sourceName,
        )}
      />
      <DateChip from={filter.from} to={filter.to} onChange={(from, to) => narrow({ from, to })} />
      <PeopleChip
        counted={facets.people}
        chosen={(filter.people ?? []).map((id) => ({ id, name: nameOf(id) ?? String(id) }))}
        onChange={(people) =>
          narrow(
            { people: people.map(({ id }) => id) },
            Object.fromEntries(people.map(({ id, name }) => [id, name] as const)),
          )
        }
      />
      <FilterChip
        label={t('library.filter.level')}
        chosen={filter.levels ?? []}
        onChange={(levels) => narrow({ levels: [...levels] })}
        options={withChosen(
          facets.levels.map(({ value, count }) => ({ value, label: t(`library.level.${value}`), count })),
          filter.levels ?? [],
          (level) => t(`library.level.${level}`),
        )}
      />
      {(facets.tags.length > 0 || filter.tags !== undefined) && (
        <FilterChip
          label={t('library.filter.tags')}
          chosen={filter.tags ?? []}
          onChange={(tags) => narrow({ tags: [...tags] })}
          options={withChosen(
            facets.tags.map(({ value, count }) => ({ value, label: value, count })),
            filter.tags ?? [],
            (tag) => tag,
          )}
        />
      )}
      {(collections.length > 0 || filter.collection !== undefined) && (
        <FilterChip
          label={t('library.filter.collection')}
          chosen={filter.collection === undefined ? [] : [filter.collection]}
          // One at a time: choosing another lets go of the first.
          onChange={(ids) => narrow({ collection: ids.find((id) => id !== filter.collection) })}
          options={collections.map(({ id, name, items }) => ({ value: id, label: name, count: items }))}
          foot={
            <Button look="quiet" icon="edit" onPress={() => setManaging(true)}>
              {t('library.collections.change')}
            </Button>
          }
        />
      )}
      {managing && (
        <CollectionsDialog
          onDropped={(id) => filter.collection === id && narrow({ collection: undefined })}
          onClose={() => setManaging(false)}
        />
      )}
      {filter.import !== undefined && (
        <Button look="quiet" icon="close" onPress={() => narrow({ import: undefined })}>
          {t('library.filter.import', { name: names[filter.import] ?? '' })}
        </Button>
      )}
    </FilterChips>
  )
})

interface Option<T extends string> {
  readonly value: T
  readonly label: string
  readonly count?: number
}

/** What is chosen stays to be seen, even where nothing of it is left under the other choices. */
function withChosen<T extends string>(
  options: readonly Option<T>[],
  chosen: readonly T[],
  name: (value: T) => string,
): readonly Option<T>[] {
  const missing = chosen.filter((value) => !options.some((option) => option.value === value))
  return [...missing.map((value) => ({ value, label: name(value), count: 0 })), ...options]
}
