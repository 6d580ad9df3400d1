// A date that stands in a file and cannot be one, such as 31 February: the entry arrives without it, and that is told.
import type { When } from '../../../library/library.ts'
import type { Found } from '../importer.ts'
import { oneLine } from '../text/text.ts'

/** Of what its format says is a date. A year or a month alone is one, only not of a day. */
export const isLost = (written: string, when: When | undefined): boolean =>
  when === undefined && written.trim() !== '' && !/^\d{4}(?:-\d{2})?$/.test(written.trim())

export const lostDate = (written: string, at?: number): Found => ({
  problem: { why: 'no-such-date', at, detail: oneLine(written, 100) },
})
