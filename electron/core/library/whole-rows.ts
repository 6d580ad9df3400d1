// The rows of an item as an export holds it: added as it is, put before what is said here now, or after it.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { RecordOf, WholeItem } from '../exports/exports.ts'
import { numberOfLevel } from '../levels.ts'
import type { Prepare } from '../prepared.ts'
import type { Names } from './names.ts'
import type { People } from './people.ts'
import { keepVersion } from './versions.ts'
import { undatedAt } from './when.ts'
import type { Words } from './words.ts'

interface WholeRowsParts {
  readonly prepare: Prepare
  readonly words: Words
  readonly names: Names
  readonly people: People
}

/** Where the items of an export came from, and what they lie in, as this vault numbers them. */
export interface Whereabouts {
  readonly file: (from: RecordOf<'items'>['from']) => number | null
  readonly collection: (id: string) => number
}

type Item = WholeItem['item']
type Said = Pick<Item, 'at' | 'ends' | 'east' | 'timing' | 'day' | 'bodyIs' | 'title' | 'facts' | 'body'>

export const bytesOf = (hex: string) => Buffer.from(hex, 'hex')

/** What makes two versions say the same. */
const sameWords = `at = @at AND ends IS @ends AND east = @east AND timing = @timing AND day = @day AND body_is = @bodyIs
  AND title = @title AND facts = @facts AND body = @body`
const said = (of: Said) => ({
  at: of.timing === 'none' ? undatedAt : of.at,
  ends: of.ends,
  east: of.east,
  timing: of.timing,
  day: of.day,
  bodyIs: of.bodyIs,
  title: of.title,
  facts: JSON.stringify(of.facts),
  body: of.body,
})

export function createWholeRows({ prepare, words, names, people }: WholeRowsParts) {
  const made = (version: Pick<Item, 'version' | 'changed' | 'madeBy' | 'madeIn' | 'brought'>, where: Whereabouts) => ({
    version: version.version,
    changed: version.changed,
    madeBy: version.madeBy,
    madeIn: where.file(version.madeIn),
    brought: version.brought === null ? null : bytesOf(version.brought),
  })

  const add = (item: Item, where: Whereabouts): number => {
    const isTaken = prepare('SELECT 1 FROM items WHERE uid = ?').get(bytesOf(item.id)) !== undefined
    const { lastInsertRowid } = prepare(`
      INSERT INTO items (uid, same, brought, type, at, ends, east, timing, day, source, level, level_by, added, trashed,
        version, changed, made_by, made_in, import_file, position, body_is, title, facts, body)
      VALUES (@uid, @same, @brought, @type, @at, @ends, @east, @timing, @day, @source, @level, @levelBy, @added, @trashed,
        @version, @changed, @madeBy, @madeIn, @file, @position, @bodyIs, @title, @facts, @body)
    `).run({
      ...said(item),
      ...made(item, where),
      // Another thing has it, which no two vaults come to by chance.
      uid: isTaken ? randomBytes(16) : bytesOf(item.id),
      same: bytesOf(item.same),
      type: item.type,
      source: item.source,
      level: numberOfLevel(item.level),
      levelBy: item.levelBy,
      added: item.added,
      trashed: item.trashed,
      file: where.file(item.from),
      position: item.position,
    })
    return Number(lastInsertRowid)
  }

  type Named = WholeItem['versions'][number]['belongs']['people']
  const nameIn = (id: number, version: number, named: Named) => {
    const sql = 'INSERT OR IGNORE INTO version_people (item, version, person, role, name) VALUES (?, ?, ?, ?, ?)'
    for (const [same, known, role, name] of named) {
      prepare(sql).run(id, version, people.bring(same, known), role, name)
    }
  }

  const addVersions = (id: number, { versions }: WholeItem, where: Whereabouts) => {
    for (const version of versions) {
      const { people: named, links, tags, collections } = version.belongs
      const belongs = {
        links,
        tags: tags.flatMap((name) => names.tag(name) ?? []),
        collections: collections.map(where.collection),
      }
      prepare(`
        INSERT INTO versions (item, version, changed, made_by, made_in, brought, at, ends, east, timing, day, body_is,
          title, facts, belongs, body)
        VALUES (@id, @version, @changed, @madeBy, @madeIn, @brought, @at, @ends, @east, @timing, @day, @bodyIs, @title,
          @facts, @belongs, @body)
      `).run({ id, ...said(version), ...made(version, where), belongs: JSON.stringify(belongs) })
      nameIn(id, version.version, named)
    }
  }

  const addNamesAndLinks = (id: number, { people: named, links }: WholeItem) => {
    for (const { person, role, name } of named) {
      prepare('INSERT OR IGNORE INTO item_people (item, person, role, name) VALUES (?, ?, ?, ?)').run(
        id,
        people.idOf(person, name),
        role,
        name,
      )
    }
    for (const { kind, target, label } of links) {
      prepare('INSERT OR IGNORE INTO links (item, kind, target, label) VALUES (?, ?, ?, ?)').run(
        id,
        kind,
        bytesOf(target),
        label,
      )
    }
  }

  /** Whether it said that before, or says it now. */
  const says = (id: number, item: Item): boolean =>
    prepare(`
      SELECT 1 FROM items WHERE id = @id AND ${sameWords} UNION ALL SELECT 1 FROM versions WHERE item = @id AND ${sameWords}
    `).get({ id, ...said(item) }) !== undefined

  const newVersion = (id: number): number =>
    z.int().parse(prepare('UPDATE items SET version = version + 1 WHERE id = ? RETURNING version').pluck().get(id))

  /** Both answer which version it became. */
  const putBefore = (id: number, { item, people: named, links }: WholeItem, where: Whereabouts): number => {
    keepVersion(prepare, id)
    const version = newVersion(id) - 1
    prepare(`
      UPDATE versions SET changed = @changed, made_by = @madeBy, made_in = @madeIn, brought = @brought, at = @at,
        ends = @ends, east = @east, timing = @timing, day = @day, body_is = @bodyIs, title = @title, facts = @facts,
        body = @body, belongs = json_set(belongs, '$.links', json(@links))
      WHERE item = @id AND version = @kept
    `).run({
      id,
      ...said(item),
      ...made(item, where),
      kept: version,
      links: JSON.stringify(links.map(({ kind, target, label }) => [kind, target, label])),
    })
    prepare('DELETE FROM version_people WHERE item = ? AND version = ?').run(id, version)
    nameIn(
      id,
      version,
      named.map(({ person, role, name }) => [person, name, role, name]),
    )
    return version
  }

  const putAfter = (id: number, whole: WholeItem, where: Whereabouts): number => {
    const { item } = whole
    return words.following([id], () => {
      keepVersion(prepare, id)
      prepare(`
        UPDATE items SET changed = @changed, made_by = @madeBy, made_in = @madeIn,
          brought = @brought, at = @at, ends = @ends, east = @east, timing = @timing, day = @day, body_is = @bodyIs,
          title = @title, facts = @facts, body = @body,
          level = iif(level_by = 'person', level, @level), level_by = iif(level_by = 'person', level_by, @levelBy)
        WHERE id = @id
      `).run({ id, ...said(item), ...made(item, where), level: numberOfLevel(item.level), levelBy: item.levelBy })
      people.following([id], () => {
        people.unname(id)
        prepare('DELETE FROM links WHERE item = ?').run(id)
        addNamesAndLinks(id, whole)
      })
      return newVersion(id)
    })
  }

  return { add, addVersions, addNamesAndLinks, says, putBefore, putAfter }
}
