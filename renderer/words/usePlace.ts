// The part of the address that says which one is shown, such as the item after `#/library/`.
import { useParams } from '@tanstack/react-router'

export function usePlace(part: 'id' | 'name'): string | undefined {
  const parts: unknown = useParams({ strict: false })
  const named = new Map(Object.entries(typeof parts === 'object' && parts !== null ? parts : {}))
  const found: unknown = named.get(part)
  return typeof found === 'string' ? found : undefined
}
