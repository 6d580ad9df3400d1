// When a file was last changed, for a thing that is the whole of a file and says no time itself.
import type { Entry, Reading } from '../importer.ts'

const dayMs = 86_400_000
/** What keeps no time writes the first day that its form knows: 1970, or 1980 in a zip. */
const earliest = Date.UTC(1980, 0, 2)

/** Undefined where it is not known, or cannot be true. */
export const fileDateOf = ({ changed }: Entry, { now }: Reading): number | undefined =>
  changed !== undefined && changed > earliest && changed < now.getTime() + dayMs ? Math.floor(changed) : undefined
