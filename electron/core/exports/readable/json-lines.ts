// Properties that importers keep in JSON (RFC 7265, RFC 7095), as the lines that they were.
import ICAL from 'ical.js'
import { z } from 'zod'

const property = z.tuple(
  [z.string().regex(/^(?!(?:begin|end)$)[a-z][a-z0-9-]{0,60}$/), z.record(z.string(), z.unknown()), z.string()],
  z.unknown(),
)
export type Property = z.infer<typeof property>
export const properties = z.array(property)

/** One line each, and none for what cannot be one: an export that came back may hold anything. */
export function linesOf(all: readonly Property[], design: typeof ICAL.design.icalendar): string[] {
  return all.flatMap((one) => {
    try {
      return [ICAL.stringify.property(one, design, true).replaceAll(/\p{Cc}/gu, '')]
    } catch {
      // ical.js throws at values that do not fit their type; the rest is written without it.
      return []
    }
  })
}
