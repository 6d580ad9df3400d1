import type { ImportSummary } from './api/imports.ts'

/** What this one added goes when it is undone, and a later one, which found it here already, has not kept it. */
export function isFoundLater({ id, added }: ImportSummary, newestFirst: readonly ImportSummary[]): boolean {
  const place = newestFirst.findIndex((one) => one.id === id)
  return added > 0 && newestFirst.some(({ duplicate, state }, at) => at < place && duplicate > 0 && state !== 'undone')
}
