// When what somebody types is asked for: at once, as far as they can tell, and never twice at a time. While an answer is on its
// way nothing more is asked; then what stands in the field by that time.
import { useIsFetching } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

/** So short that nobody notices, and long enough that letters which come together are one question. */
const restMs = 25
/** What is asked of the library while somebody types. */
const methods: readonly unknown[] = ['search.find', 'library.list']

export function useRest(typed: string, onRest: (typed: string) => void): void {
  const isAwaited = useIsFetching({ predicate: ({ queryKey: [method] }) => methods.includes(method) }) > 0
  const rest = useEffectEvent(onRest)
  useEffect(() => {
    if (isAwaited) return undefined
    const timer = setTimeout(() => rest(typed), restMs)
    return () => clearTimeout(timer)
  }, [typed, isAwaited])
}
