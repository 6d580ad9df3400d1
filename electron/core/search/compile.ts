// From the parts of a query and the filters beside it to what the database is asked: one expression for the index, a span of
// days, and conditions that only the rows of items can answer. Values are bound; what goes into SQL is written here.
import { type ItemFilter, roles } from '../../../shared/api/items.ts'
import { numberOfLevel } from '../levels.ts'
import { dayNumber, firstPlaceOf } from './day-number.ts'
import { everything, personMark, roleMarks, sourceMark, typeMark } from './marks.ts'
import type { FilterPart, Part, TextPart } from './parse.ts'
import { asked, type Phrase, phraseOf } from './phrases.ts'

export interface Condition {
  /** Of a row `items`. */
  readonly sql: string
  readonly values: readonly (string | number)[]
  /** It holds for few, which can be named beforehand; what only leaves out holds for nearly all. */
  readonly names: boolean
}

/** The first place, and the first one after. */
export interface Places {
  readonly from: number
  readonly to: number
}

export interface Compiled {
  /** What must be in the index, and what must not. */
  readonly match: string
  /** The words looked for, without filters. */
  readonly phrases: readonly Phrase[]
  readonly texts: readonly TextPart[]
  readonly places: Places
  /** What lies among these and is not meant. */
  readonly without: readonly Places[]
  readonly conditions: readonly Condition[]
  readonly inTrash: boolean
}

/** Beyond the last day there is. */
const afterAllDays = dayNumber('9999-12-31') + 1

type NotPart<K extends FilterPart['is']> = Extract<FilterPart, { is: K }>

const filesOfImport = `SELECT import_files.id FROM import_files
  JOIN imports ON imports.id = import_files.import WHERE imports.uid = ?`

const conditionSql = {
  // Filed under the day it was added, which is none of its own.
  dated: "items.timing <> 'none'",
  level: 'items.level IN (SELECT value FROM json_each(?))',
  tag: `items.id IN (SELECT item_tags.item FROM item_tags JOIN tags ON tags.id = item_tags.tag
    WHERE tags.name IN (SELECT value FROM json_each(?)))`,
  collection: `items.id IN (SELECT item_collections.item FROM item_collections
    JOIN collections ON collections.id = item_collections.collection WHERE collections.uid = unhex(?))`,
  // What an import added or changed, or what an export added that came back and stands among them.
  import: `(items.import_file IN (${filesOfImport}) OR items.made_in IN (${filesOfImport})
    OR items.id IN (SELECT versions.item FROM versions WHERE versions.made_in IN (${filesOfImport}))
    OR items.id IN (SELECT restored_items.item FROM restored_items
      JOIN restores ON restores.id = restored_items.restore WHERE restores.uid = ?))`,
} as const

const either = (terms: readonly string[]): string => `(${terms.map((term) => `"${term}"`).join(' OR ')})`

/**
 * Nothing where there is nothing to look for. Every part has to be met; of `anyOf`, where they are given, one is enough: they
 * then stand in place of the words that are looked for.
 */
export function compile(
  parts: readonly Part[],
  filter: ItemFilter,
  anyOf: readonly Phrase[] = [],
): Compiled | undefined {
  const texts = parts.filter((part) => part.is === 'text')
  const wanted = texts.filter(({ not }) => !not)
  const phrases = wanted.flatMap(({ text, goesOn }) => phraseOf(text, goesOn) ?? [])
  const unwanted = texts.filter(({ not }) => not).flatMap(({ text, goesOn }) => phraseOf(text, goesOn) ?? [])
  const filters = parts.filter((part) => part.is !== 'text')
  // Signs alone, and no filter: what was meant is unknown, which is not the same as everything.
  if (phrases.length + anyOf.length + unwanted.length + filters.length === 0) return undefined
  if (wanted.length > 0 && phrases.length === 0) return undefined

  const must = phrases.map(asked)
  if (anyOf.length > 0) must.push(`(${anyOf.map(asked).join(' OR ')})`)
  const mustNot = unwanted.map(asked)
  const conditions: Condition[] = []
  const without: Places[] = []
  let days = { first: 0, end: afterAllDays }
  const within = (first: number, end: number) => {
    days = { first: Math.max(days.first, first), end: Math.min(days.end, end) }
  }
  for (const part of filters) {
    const marks = marksOf(part)
    if (marks !== undefined) (part.not ? mustNot : must).push(marks)
    else if (part.is === 'tag' || part.is === 'level') conditions.push(conditionOf(part, part.not))
    else if (part.is === 'before' || part.is === 'after' || part.is === 'on') {
      const [first, end] = [dayNumber(part.span.first), dayNumber(part.span.last) + 1]
      if (part.is === 'on' && part.not) without.push(placesOf(first, end))
      else if (part.is === 'on') within(first, end)
      else if ((part.is === 'before') === part.not) within(first, afterAllDays)
      else within(0, first)
    }
  }
  // A list with nothing in it narrows nothing, here as in the library.
  if (isSome(filter.types)) must.push(either(filter.types.map(typeMark)))
  if (isSome(filter.sources)) must.push(either(filter.sources.map(sourceMark)))
  if (isSome(filter.people)) must.push(either(filter.people.map(personMark)))
  if (isSome(filter.levels)) conditions.push(ofLevels(filter.levels.map(numberOfLevel)))
  if (isSome(filter.tags)) conditions.push(ofTags(filter.tags))
  if (filter.collection !== undefined)
    conditions.push({ sql: conditionSql.collection, values: [filter.collection], names: true })
  if (filter.import !== undefined)
    conditions.push({
      sql: conditionSql.import,
      values: Array.from({ length: 4 }, () => filter.import ?? ''),
      names: true,
    })
  within(filter.from === undefined ? 0 : dayNumber(filter.from), afterAllDays)
  within(0, filter.to === undefined ? afterAllDays : dayNumber(filter.to) + 1)
  const asksForDays = filters.some((part) => 'span' in part) || filter.from !== undefined || filter.to !== undefined
  if (asksForDays) conditions.push({ sql: conditionSql.dated, values: [], names: false })

  const positive = must.length === 0 ? `"${everything}"` : must.join(' AND ')
  return {
    match: [`(${positive})`, ...mustNot].join(' NOT '),
    phrases,
    texts: wanted,
    places: placesOf(days.first, Math.max(days.first, days.end)),
    without,
    conditions,
    inTrash: filter.trashed === true,
  }
}

/** What of a filter the index itself knows. */
export function marksOf(part: FilterPart): string | undefined {
  if (part.is === 'type') return `"${typeMark(part.type)}"`
  if (part.is === 'source') return `"${sourceMark(part.source)}"`
  return part.is === 'person' ? personAsked(part) : undefined
}

function personAsked({ role, who, goesOn }: NotPart<'person'>): string | undefined {
  const phrase = phraseOf(who, goesOn)
  if (phrase === undefined) return undefined
  const inRole = (one: (typeof roles)[number]) => asked({ words: roleMarks(one, phrase.words), goesOn: phrase.goesOn })
  return role === 'any' ? `(${roles.map(inRole).join(' OR ')})` : inRole(role)
}

function conditionOf(part: NotPart<'tag' | 'level'>, not: boolean): Condition {
  const condition = part.is === 'level' ? ofLevels([numberOfLevel(part.level)]) : ofTags([part.tag])
  return not ? { ...condition, sql: `NOT (${condition.sql})`, names: false } : condition
}

const ofLevels = (wanted: readonly number[]): Condition => ({
  sql: conditionSql.level,
  values: [JSON.stringify(wanted)],
  names: true,
})

const ofTags = (names: readonly string[]): Condition => ({
  sql: conditionSql.tag,
  values: [JSON.stringify(names)],
  names: true,
})

const placesOf = (first: number, end: number): Places => ({ from: firstPlaceOf(first), to: firstPlaceOf(end) })

const isSome = <T>(list: readonly T[] | undefined): list is readonly T[] => list !== undefined && list.length > 0
