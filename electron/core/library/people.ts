// The people that items name. An address tells two of one name apart; without one, the name is all there is.
import { z } from 'zod'
import type { Person } from '../../../shared/api/items.ts'
import type { Prepare } from '../prepared.ts'
import type { NewPerson } from './new-item.ts'
import { oneLine } from '../tidy.ts'

const longestName = 200
type Named = readonly [same: string, known: string, role: string, name: string]
const personRow = z.object({ id: z.int(), name: z.string() })
const knownRow = personRow.optional()

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
    if (same.endsWith(`:${plain(found.name)}`) && found.name !== name && !same.startsWith('name:')) {
      prepare('UPDATE people SET name = ?, folded = ? WHERE id = ?').run(name, fold(name), found.id)
    }
    return found.id
  }

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

    /** As a version of the item had them: person by person, what they are told apart by, and what they were called. */
    rename(item: number, people: readonly Named[]) {
      prepare('DELETE FROM item_people WHERE item = ?').run(item)
      for (const [same, known, role, name] of people) {
        prepare('INSERT INTO item_people (item, person, role, name) VALUES (?, ?, ?, ?)').run(
          item,
          idOf(same, known),
          role,
          name,
        )
      }
    },

    unname(item: number) {
      prepare('DELETE FROM item_people WHERE item = ?').run(item)
    },

    /** Whom no item names any more. */
    dropUnnamed(ids: readonly number[]) {
      for (const id of ids) {
        prepare(
          'DELETE FROM people WHERE id = ? AND NOT EXISTS (SELECT 1 FROM item_people WHERE person = people.id)',
        ).run(id)
      }
    },

    /** Those whose name or address holds it, the ones that begin with it first. */
    like(text: string, limit: number): Person[] {
      const sql = `
        SELECT id, name FROM people
        WHERE instr(folded, @text) > 0 OR instr(substr(same, instr(same, ':') + 1), @text) > 0
        ORDER BY instr(folded, @text) <> 1, folded LIMIT @limit`
      return z.array(personRow).parse(prepare(sql).all({ text: fold(text.trim()), limit }))
    },
  }
}

export type People = ReturnType<typeof createPeople>

const plain = (text: string): string => text.trim().toLowerCase()

/** What the people of an address, a telephone number or a name are told apart by. */
function sameOf(name: string, address: string | undefined): string {
  const given = plain(oneLine(address ?? '', 320))
  if (given.includes('@')) return `mail:${given}`
  const digits = given.replaceAll(/[^\d+]/g, '')
  if (digits.length >= 5 && /^[+\d\s()./-]+$/.test(given)) return `tel:${digits}`
  return given === '' ? `name:${plain(name).normalize('NFC')}` : `id:${given}`
}
