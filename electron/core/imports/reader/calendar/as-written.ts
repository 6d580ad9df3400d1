// What a file says of an entry that an item has no field for, kept beside the item in the JSON that there is for such files
// (jCal, RFC 7265; jCard, RFC 7095), so that an export can say the same again.
import { z } from 'zod'
import type { NewItem } from '../../../library/library.ts'
import type { Property } from './content-lines.ts'
import type { Found } from '../importer.ts'
import { inParts } from '../items/same.ts'

export type Json = NonNullable<NewItem['facts']>[string]

export const json = z.json()
const most = 256 * 1024

/** For one entry, which keeps only so much; files that stand in it are kept as files. */
export function createKeeping() {
  let left = most
  return {
    keep({ name, params, is, values }: Property): Json[] {
      const parsed = is === 'binary' ? undefined : json.safeParse([name, params, is, ...values])
      if (parsed?.success !== true) return []
      left -= JSON.stringify(parsed.data).length
      return left >= 0 ? [parsed.data] : []
    },
    wasCut: () => left < 0,
  }
}

/** What goes on in a second item is not a second entry of its file. */
export function* entryInParts(item: NewItem, name: 'calendar' | 'card'): Generator<Found> {
  const [first, ...more] = inParts(item)
  if (first !== undefined) yield first
  for (const part of more) {
    if (!('item' in part)) continue
    const { [name]: _, ...facts } = part.item.facts ?? {}
    yield { item: { ...part.item, facts } }
  }
}
