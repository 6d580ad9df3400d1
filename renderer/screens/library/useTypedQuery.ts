// What stands in the search field, and what is looked for: the second follows the first.
import { useState } from 'react'
import { useRest } from '../../api.ts'

export function useTypedQuery(asked: string, ask: (query: string) => void): readonly [string, (typed: string) => void] {
  const [typed, setTyped] = useState({ text: asked, for: asked })
  // Asked for from elsewhere: the field says so.
  const shown = typed.for === asked || typed.text.trim() === asked ? typed.text : asked
  useRest(shown.trim(), (query) => {
    if (query !== asked) ask(query)
  })
  return [shown, (text) => setTyped({ text, for: asked })]
}
