// What the palette finds in the Library for what is typed into it: the first few items, and the way to all of them.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useTyped } from '../api.ts'
import type { PaletteGroup } from '../ui/Palette.tsx'
import { iconOfType, useItemTitle } from '../words/items.ts'
import { useLibraryView } from '../words/libraryView.tsx'

const limit = 6
const longestTitle = 80

export function useFoundItems(typed: string): readonly PaletteGroup[] {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const titleOf = useItemTitle()
  const { show } = useLibraryView()
  const [query, setQuery] = useState(typed.trim())
  useTyped(typed.trim(), setQuery)
  const { data } = useQuery({
    queryKey: ['search.find', { query, limit }],
    queryFn: () => client.call('search.find', { query, limit }),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  })
  if (query === '' || data === undefined || data.hits.length === 0) return []
  return [
    {
      id: 'found',
      title: t('palette.found'),
      actions: [
        ...data.hits.map(({ id, type, title, snippet }) => {
          const words = title.map(({ text }) => text).join('')
          const label = words === '' ? snippet.map(({ text }) => text).join('') : words
          return {
            id,
            found: true,
            label: shortened(titleOf({ type, title: label })),
            icon: iconOfType(type),
            run: () => {
              show({ elsewhere: { id, query } })
              void navigate({ to: '/library/$id', params: { id } })
            },
          }
        }),
        {
          id: 'all-found',
          found: true,
          label: t('palette.foundAll', { query }),
          icon: 'search',
          run: () => {
            show({ query, filter: {} })
            void navigate({ to: '/library' })
          },
        },
      ],
    },
  ]
}

const shortened = (label: string): string => (label.length > longestTitle ? `${label.slice(0, longestTitle)}…` : label)
