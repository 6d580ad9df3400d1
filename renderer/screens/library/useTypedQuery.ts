// What stands in the search field, and what is looked for: the second follows the first after a rest too short to be
// noticed, so that a word typed fast is one question and not five.
import { useEffect, useEffectEvent, useState } from 'react'

const restMs = 120

export function useTypedQuery(asked: string, ask: (query: string) => void): readonly [string, (typed: string) => void] {
  const [typed, setTyped] = useState({ text: asked, for: asked })
  // Asked for from elsewhere: the field says so.
  const shown = typed.for === asked || typed.text.trim() === asked ? typed.text : asked
  const send = useEffectEvent((query: string) => {
    if (query !== asked) ask(query)
  })
  useEffect(() => {
    const timer = setTimeout(() => send(shown.trim()), restMs)
    return () => clearTimeout(timer)
  }, [shown])
  return [shown, (text) => setTyped({ text, for: asked })]
}
