// What the person said of the columns of tables. It is said of a whole import, which may bring in many tables: it holds for
// those that have every column that was named, and the others are read as if nothing had been said.
import type { Columns } from '../../../../../shared/api/imports.ts'
import type { Reading } from '../importer.ts'

/** What was said last, where more than one fits. */
export const toldColumns = (names: readonly string[], { options }: Pick<Reading, 'options'>): Columns | undefined =>
  options.columns?.findLast((told) =>
    Object.values(told).every((name) => name === undefined || names.includes(name.trim())),
  )
