// What a row says: a measure in the person's words, and anything else by its title and how it begins, or the place in it that
// was found. What has no title of its own is called by who it is from.
import type { ReactNode } from 'react'
import { useFormat } from '../../ui/format.ts'
import { useItemTitle } from '../../words/items.ts'
import { useMeasure } from '../../words/measures.ts'
import { Pieces } from './Pieces.tsx'
import type { Row } from './useRows.ts'
import { plainOf } from './withoutMarks.ts'

interface RowWords {
  readonly title: ReactNode
  readonly snippet?: ReactNode
}

export function useRowWords(): (row: Row) => RowWords {
  const titleOf = useItemTitle()
  const format = useFormat()
  const measure = useMeasure()
  return ({ type, title, snippet, people }) => {
    const measured = measure({ type, title: plainOf(title) }, plainOf(snippet))
    if (measured !== null) return { title: measured.title, snippet: measured.text }
    const from = format.list(people)
    // The first words, where they stand for a title, are not said twice.
    const twice = snippet.length > 0 && plainOf(snippet).startsWith(plainOf(title).replace(/…$/, ''))
    const named = title.length > 0 && !(twice && from !== '')
    return {
      title: named ? <Pieces pieces={title} /> : from || titleOf({ type, title: '' }),
      ...(snippet.length > 0 && !(twice && named) ? { snippet: <Pieces pieces={snippet} /> } : {}),
    }
  }
}
