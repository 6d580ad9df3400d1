// What stands in the search field, and what is looked for: the second follows the first. While an answer is on its way, more
// may have been typed, and none of that is lost; what is asked for from elsewhere takes the place of what stood there.
import { useState } from 'react'
import { useTyped } from '../../api.ts'
import { type Field, type FieldEvent, fieldAfter } from './typedQuery.ts'

export function useTypedQuery(asked: string, ask: (query: string) => void): readonly [string, (typed: string) => void] {
  const [kept, setField] = useState<Field>({ text: asked, asked, own: asked })
  const field = fieldAfter(kept, { asked })
  if (field !== kept) setField(field)
  const tell = (event: FieldEvent) => setField((before) => fieldAfter(before, event))
  useTyped(field.text.trim(), (query) => {
    if (query === asked) return
    tell({ asks: query })
    ask(query)
  })
  return [field.text, (typed) => tell({ typed })]
}
