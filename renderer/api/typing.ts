// When what somebody types is asked for: at once, and never twice at a time. While an answer is on its way nothing more is
// asked; then what stands in the field by that time, so that letters which come faster than answers are one question.
import { useIsFetching } from '@tanstack/react-query'
import { useEffectEvent, useLayoutEffect } from 'react'

/** What is asked of the library while somebody types. */
const methods: readonly unknown[] = ['search.find', 'library.list']

export function useTyped(typed: string, onTyped: (typed: string) => void): void {
  const isAwaited = useIsFetching({ predicate: ({ queryKey: [method] }) => methods.includes(method) }) > 0
  const ask = useEffectEvent(onTyped)
  // Before the letter is painted, so that the question does not wait for the frame.
  useLayoutEffect(() => {
    if (!isAwaited) ask(typed)
  }, [typed, isAwaited])
}
