// What a row says: a measure in the person's words, and anything else by its title and how it begins, or the place in it that
// was found. What has no title of its own is called by who it is from.
import type { ReactNode } from 'react'
import { useFormat } from '../../ui/format.tsx'
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
    const [called, said] = [whole(title), whole(snippet)]
    const saysNothingNew = called.includes(said)
    // The first words, where they stand for a title, are not said twice.
    const isOwnTitle = said !== '' && (saysNothingNew || said.startsWith(called))
    const named = title.length > 0 && !(isOwnTitle && from !== '')
    return {
      title: named ? <Pieces pieces={title} /> : from || titleOf({ type, title: '' }),
      ...(said === '' || (named && saysNothingNew) ? {} : { snippet: <Pieces pieces={snippet} /> }),
    }
  }
}

const whole = (pieces: Row['title']): string => plainOf(pieces).replaceAll(/^…|…$/g, '')
