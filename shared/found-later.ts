import type { ImportSummary } from './api/imports.ts'

/** What this one added goes when it is undone, and a later one, which found it here already, has not kept it. */
export const isFoundLater = ({ at, added }: ImportSummary, imports: readonly ImportSummary[]): boolean =>
  added > 0 && imports.some((one) => one.at > at && one.duplicate > 0 && one.state !== 'undone')
