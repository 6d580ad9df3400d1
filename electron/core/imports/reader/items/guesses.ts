// Records of no known format still have a name, a time and a text more often than not, under the names that people and
// programs give them. A guess only decides how a record is shown; everything it holds is kept beside it.
import type { NewItem, When } from '../../../library/library.ts'
import { type DateOrder, isImpossible, moment, parseWhen } from '../dates/dates.ts'
import type { Reading } from '../importer.ts'
import { oneLine } from '../text/text.ts'

const usual = {
  title:
    'title name subject summary headline label heading titel betreff überschrift bezeichnung titre sujet nom título asunto nombre',
  date: 'date datetime timestamp time when created createdat createdon createdtime creationdate published publishedat sentat startdate start starttime day occurredat updated updatedat modified datum zeit zeitpunkt zeitstempel tag erstellt erstelltam fecha data jour',
  body: 'body text content message description note notes comment comments details inhalt nachricht beschreibung notiz kommentar bemerkung texte contenu description texto contenido',
} as const
export type Guessed = keyof typeof usual

/** `Created At`, `created_at` and `createdAt` are one name. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}]+/gu, '')

const placesOf = (names: string): ReadonlyMap<string, number> => new Map(names.split(' ').map((name, at) => [name, at]))
const places = { title: placesOf(usual.title), date: placesOf(usual.date), body: placesOf(usual.body) }

/** The most usual name of these for a title, a time or a text. */
export function guessedName(names: readonly string[], guess: Guessed): string | undefined {
  let best: string | undefined
  let place = Number.POSITIVE_INFINITY
  for (const name of names) {
    const found = places[guess].get(plain(name))
    if (found !== undefined && found < place) [best, place] = [name, found]
  }
  return best
}

/** Whether a column or a field is called so: what stands there is a name, and no value. */
export const isUsualName = (name: string): boolean => Object.values(places).some((of) => of.has(plain(name)))

/** A date as a program wrote it: in words, or as seconds or milliseconds since 1970 (no life has fewer than 10⁸ seconds). */
export function whenOf(value: unknown, { zone, now }: Reading, order?: DateOrder): When | undefined {
  if (typeof value === 'string' && !inSeconds.test(value.trim())) return parseWhen(value, { order, zone, now })
  const number = typeof value === 'number' ? value : Number(value)
  if (!(number >= earliestCounted)) return undefined
  return moment(number < 1e11 ? number * 1000 : number)
}

/** Whether a date stands there that cannot be. What is no date at all is none: the name was only a guess. */
export function isBrokenDate(value: unknown, reading: Reading, order?: DateOrder): boolean {
  if (typeof value === 'string' && !inSeconds.test(value.trim()))
    return isImpossible(value, { order, zone: reading.zone, now: reading.now })
  const isText = typeof value === 'string'
  return (
    (isText || typeof value === 'number') && Number(value) >= earliestCounted && whenOf(value, reading) === undefined
  )
}

const inSeconds = /^\d{9,13}(?:\.\d+)?$/
const earliestCounted = 1e8

const mostFacts = 60
const longestFact = 1000

/** A number beyond all that can be counted (`1e999`) is one in no file of ours, and is kept as a word. */
function asFact<T>(value: T): T | string {
  if (typeof value === 'string') return value.slice(0, longestFact)
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

/** Names and values, each short enough to stand beside an item. What is longer is in its text. */
export function factsOf(pairs: Iterable<readonly [string, string | number | boolean | null]>): NewItem['facts'] {
  const facts: [string, string | number | boolean | null][] = []
  for (const [name, value] of pairs) {
    if (value === '' || facts.length === mostFacts) continue
    facts.push([oneLine(name, 100), asFact(value)])
  }
  return Object.fromEntries(facts)
}
