// Narrows by people. Those with the most items are offered; anybody else is found by typing a part of a name or address.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/api/items.ts'
import type { Facets } from '../../../shared/api/library.ts'
import { useClient } from '../../api.ts'
import { FilterChip } from '../../ui/FilterChips.tsx'
import { byName } from '../../words/items.ts'

interface PeopleChipProps {
  /** Those with the most items under the other filters. */
  readonly counted: Facets['people']
  readonly chosen: readonly Person[]
  readonly onChange: (chosen: readonly Person[]) => void
}

const mostFound = 50

export function PeopleChip({ counted, chosen, onChange }: PeopleChipProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [like, setLike] = useState('')
  const asked = { like: like.trim(), limit: mostFound }
  const found = useQuery({
    queryKey: ['library.people', asked],
    queryFn: () => client.call('library.people', asked),
    placeholderData: keepPreviousData,
    enabled: asked.like !== '',
  }).data
  const offered = asked.like === '' ? counted.map(({ value }) => value) : (found ?? [])
  // What is chosen stays to be seen, whatever is typed.
  const options = [...byName([...chosen, ...offered])].map(([name, ids]) => {
    const counts = counted.filter(({ value }) => ids.includes(value.id)).map(({ count }) => count)
    // Of somebody with several addresses it is not known how many items have more than one of them.
    return {
      value: name,
      label: name,
      ids: [...new Set(ids)],
      ...(counts.length === 1 ? { count: counts[0] ?? 0 } : {}),
    }
  })
  // Beside those of others, a figure that is missing would look like none.
  const told = options.every(({ count }) => count !== undefined)
  return (
    <FilterChip
      label={t('library.filter.people')}
      chosen={[...new Set(chosen.map(({ name }) => name))]}
      onFind={setLike}
      onChange={(names) =>
        onChange(
          options
            .filter(({ value }) => names.includes(value))
            .flatMap(({ label, ids }) => ids.map((id) => ({ id, name: label }))),
        )
      }
      options={told ? options : options.map(({ value, label }) => ({ value, label }))}
    />
  )
}
