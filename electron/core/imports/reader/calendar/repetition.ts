// How an entry of a calendar comes again (RFC 5545 §3.8.5): by a rule, on days that are named, and not on others. Nothing is
// expanded, and a rule that would fill the world with entries is refused.
import type { NewItem } from '../../../library/library.ts'
import type { Problem } from '../importer.ts'
import { type FileZones, timeOf } from './calendar-times.ts'
import { type Component, paramOf, type Property, propertiesOf } from './content-lines.ts'

const mostDates = 1000

export function repetition(
  component: Component,
  { zones, own }: { readonly zones: FileZones; readonly own: string },
): { facts: NewItem['facts']; rules: readonly Property[]; problems: Problem['why'][] } {
  const dates = (name: string) =>
    propertiesOf(component, name)
      .slice(0, mostDates)
      .flatMap(({ values, ...property }) => values.slice(0, mostDates).map((value) => ({ ...property, value })))
      .slice(0, mostDates)
      .map(({ value, params }) => asText(Array.isArray(value) ? value[0] : value, paramOf({ params }, 'tzid')))
      .filter((date) => date !== '')
  const asText = (value: unknown, tzid: string) => {
    const when = typeof value === 'string' ? timeOf(value, tzid, zones, own) : undefined
    if (when === undefined) problems.add('no-such-date')
    return when === undefined ? '' : 'at' in when ? new Date(when.at).toISOString() : when.day
  }
  const problems = new Set<Problem['why']>()
  const rules = propertiesOf(component, 'rrule').filter(({ values }) => {
    const why = refusalOf(ruleOf(values[0]))
    if (why !== undefined) problems.add(why)
    return why === undefined
  })
  const kept = rules.flatMap(({ values }) => ruleOf(values[0]) ?? [])
  const [added, except] = [dates('rdate'), dates('exdate')]
  if (kept.length === 0 && added.length === 0) return { facts: {}, rules, problems: [...problems] }
  const repeats = {
    ...(kept.length > 0 && { rule: kept.join('\n') }),
    ...(added.length > 0 && { dates: added }),
    ...(except.length > 0 && { except }),
  }
  return { facts: { repeats }, rules, problems: [...problems] }
}

function refusalOf(rule: string | undefined): Problem['why'] | undefined {
  if (rule === undefined) return 'damaged'
  const isEndless = /^FREQ=(?:SECONDLY|MINUTELY)\b/.test(rule) && !/;(?:COUNT|UNTIL)=/.test(rule)
  return isEndless ? 'repeats-without-end' : undefined
}

/** ical.js writes the parts of a rule in their order, and readers of calendars expect this one first. */
export function frequencyFirst(rule: unknown): unknown {
  if (typeof rule !== 'object' || rule === null || !('freq' in rule)) return rule
  const { freq, ...parts } = rule
  return { freq, ...parts }
}

/** As RFC 5545 writes it, its frequency first. */
function ruleOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('freq' in value)) return undefined
  const { freq, ...parts } = value
  const rest = Object.entries(parts).map(
    ([name, part]) => `${name.toUpperCase()}=${name === 'until' ? String(part).replace(/[-:]/g, '') : String(part)}`,
  )
  return [`FREQ=${String(freq)}`, ...rest].join(';').slice(0, 1000)
}
