// Moments as programs write them. A time in UTC says when something was and not in which zone it was lived: then it belongs
// to the day of the person's own zone, and no offset is made up.
import type { When } from '../../../library/library.ts'
import { parseWhen } from './dates.ts'
import type { Reading } from '../importer.ts'

export function instantIn(text: string, { zone, now }: Reading): (When & { readonly at: number }) | undefined {
  const when = parseWhen(text, { zone, now })
  if (when === undefined || !('at' in when)) return undefined
  return when.offset === 0 ? { at: when.at } : when
}
