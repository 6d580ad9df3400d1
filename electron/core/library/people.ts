// The people that items name. An address tells two of one name apart; without one, the name is all there is.
import { z } from 'zod'
import type { Person } from '../../../shared/api/items.ts'
import type { Prepare } from '../prepared.ts'
import type { NewPerson } from './new-item.ts'
import { oneLine } from '../tidy.ts'

const longestName = 200
const personRow = z.object({ id: z.int(), name: z.string() })
const knownRow = personRow.optional()
const namedRows = z.array(personRow.extend({ same: z.string() }))

/** Whom a batch has named already, by what they are called in it: a mailbox names the same few people again and again. */
export type Called = Map<string, { readonly id: number; readonly name: string }>

interface PeopleParts {
  readonly prepare: Prepare
  /** As search compares words, so that whom the one finds the other finds, too. */
  readonly fold: (text: string) => string
}

export function createPeople({ prepare, fold }: PeopleParts) {
  const add = (same: string, name: string): number =>
    Number(
      prepare('INSERT INTO people (same, name, folded) VALUES (?, ?, ?)').run(same, name, fold(name)).lastInsertRowid,
    )

  const idOf = (same: string, name: string): number => {
    const found = knownRow.parse(prepare('SELECT id, name FROM people WHERE same = ?').get(same))
    if (found === undefined) return add(same, name)
    // Known by an address alone until now.
    if (isAddress(same, found.name) && !isAddress(same, name)) call(found.id, name)
    return found.id
  }

  const call = (id: number, name: string) =>
    prepare('UPDATE people SET name = ?, folded = ? WHERE id = ?').run(name, fold(name), id)

  /** As the first item that names them does, or the first that calls them by more than their address. */
  const callAgain = (id: number) => {
    const known = z.object({ same: z.string(), name: z.string() }).optional()
    const found = known.parse(prepare('SELECT same, name FROM people WHERE id = ?').get(id))
    if (found === undefined) return
    // Then nobody has called them anything else.
    const byAddress = isAddress(found.same, found.name)
    let first: string | undefined
    for (const given of prepare('SELECT name FROM item_people WHERE person = ? ORDER BY item, role')
      .pluck()
      .iterate(id)) {
      const name = z.string().parse(given)
      const isMore = !isAddress(found.same, name)
      if (first === undefined || isMore) first = name
      if (isMore || byAddress) break
    }
    if (first !== undefined && first !== found.name) call(id, first)
  }

  /** Whom these items call what they are known by here, or by another name than that. */
  const namedBy = (items: readonly number[], how: 'asKnown' | 'otherwise'): number[] =>
    namedRows
      .parse(
        prepare(`
          SELECT DISTINCT people.id, same, item_people.name FROM item_people CROSS JOIN people ON people.id = person
          WHERE item IN (SELECT value FROM json_each(?)) AND item_people.name ${how === 'asKnown' ? '=' : '<>'} people.name
        `).all(JSON.stringify(items)),
      )
      .flatMap(({ id, same, name }) => (how === 'asKnown' || !isAddress(same, name) ? [id] : []))

  const personOf = ({ name: given, address }: NewPerson) => {
    const name = oneLine(given, longestName) || oneLine(address ?? '', longestName)
    return name === '' ? undefined : { id: idOf(sameOf(name, address), name), name }
  }

  return {
    /** As it is known in another vault: a name that this one has given stays. */
    bring(same: string, name: string): number {
      const found = knownRow.parse(prepare('SELECT id, name FROM people WHERE same = ?').get(same))
      return found?.id ?? add(same, name)
    },

    idOf,

    /** In the caller's transaction, which is all that `called` may be kept for. */
    name(item: number, people: readonly NewPerson[], called: Called) {
      for (const one of people) {
        const key = JSON.stringify([one.name, one.address])
        const person = called.get(key) ?? personOf(one)
        if (person === undefined) continue
        called.set(key, person)
        prepare('INSERT OR IGNORE INTO item_people (item, person, role, name) VALUES (?, ?, ?, ?)').run(
          item,
          person.id,
          one.role,
          person.name,
        )
      }
    },

    unname(item: number) {
      prepare('DELETE FROM item_people WHERE item = ?').run(item)
    },

    /** Around whatever is done to whom these items name: a name that was learnt from one of them goes with it. */
    following<T>(items: readonly number[], change: () => T): T {
      const before = namedBy(items, 'asKnown')
      const result = change()
      for (const id of new Set([...before, ...namedBy(items, 'otherwise')])) callAgain(id)
      return result
    },

    /** Those whose name or address holds it, the ones that begin with it first. */
    like(text: string, limit: number): Person[] {
      const sql = `
        SELECT id, name FROM people
        WHERE (instr(folded, @text) > 0 OR instr(substr(same, instr(same, ':') + 1), @text) > 0)
          AND EXISTS (SELECT 1 FROM item_people WHERE person = people.id)
        ORDER BY instr(folded, @text) <> 1, folded LIMIT @limit`
      return z.array(personRow).parse(prepare(sql).all({ text: fold(text.trim()), limit }))
    },
  }
}

export type People = ReturnType<typeof createPeople>

const plain = (text: string): string => text.trim().toLowerCase()

/** Somebody whose name nobody has given is called by the address. */
const isAddress = (same: string, name: string): boolean => sameOf(name, name) === same

/** What the people of an address, a telephone number or a name are told apart by. */
function sameOf(name: string, address: string | undefined): string {
  const given = plain(oneLine(address ?? '', 320))
  if (given.includes('@')) return `mail:${given}`
  const digits = given.replaceAll(/[^\d+]/g, '')
  if (digits.length >= 5 && /^[+\d\s()./-]+$/.test(given)) return `tel:${digits}`
  return given === '' ? `name:${plain(name).normalize('NFC')}` : `id:${given}`
}
