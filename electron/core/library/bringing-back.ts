// Takes in whole items as an export holds them: under their own ids, with their versions, levels, files and times. What is
// here already stays: of two that say different things the newer one is what the item says from then on, and the other one
// stays with it as a version. The same export a second time adds nothing.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { RecordOf, WholeItem } from '../exports/exports.ts'
import type { Prepare } from '../prepared.ts'
import type { BlobContent, Blobs, StagedBlob } from '../vault/vault.ts'
import type { Outcome } from './adding.ts'
import type { Changes } from './changes.ts'
import type { Names } from './names.ts'
import type { People } from './people.ts'
import { numberOfLevel } from './sensitivity.ts'
import { keepVersion } from './versions.ts'
import { undatedAt } from './when.ts'
import type { Words } from './words.ts'

interface BringingBackParts {
  readonly prepare: Prepare
  readonly blobs: Pick<Blobs, 'stage'>
  readonly words: Words
  readonly changes: Changes
  readonly names: Names
  readonly people: People
  readonly changed: () => void
}

/** Where the items of an export came from, and what they lie in, as this vault numbers them. */
export interface Whereabouts {
  readonly file: (from: RecordOf<'items'>['from']) => number | null
  readonly collection: (id: string) => number
}

export interface StagedWhole {
  /** In the caller's transaction: what became of each, in their order, and the numbers of those that were added. */
  readonly add: (where: Whereabouts) => { readonly outcomes: Outcome[]; readonly added: readonly number[] }
  readonly drop: () => void
}

type Item = WholeItem['item']
type Said = Pick<Item, 'at' | 'ends' | 'east' | 'timing' | 'day' | 'bodyIs' | 'title' | 'facts' | 'body'>

const knownRow = z.object({ id: z.int(), changed: z.int() })
const bytesOf = (hex: string) => Buffer.from(hex, 'hex')

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

export function createBringingBack(parts: BringingBackParts) {
  const { prepare, blobs, words, changes, names, people, changed } = parts

  const blobOf = (content: string): string | undefined =>
    z
      .object({ blob: z.string() })
      .optional()
      .parse(prepare('SELECT blob FROM attachments WHERE content = ? LIMIT 1').get(bytesOf(content)))?.blob

  const made = (version: Pick<Item, 'version' | 'changed' | 'madeBy' | 'madeIn' | 'brought'>, where: Whereabouts) => ({
    version: version.version,
    changed: version.changed,
    madeBy: version.madeBy,
    madeIn: where.file(version.madeIn),
    brought: version.brought === null ? null : bytesOf(version.brought),
  })

  const addItem = (item: Item, where: Whereabouts): number => {
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

  const addVersions = (id: number, { item, versions }: WholeItem, where: Whereabouts) => {
    for (const version of versions) {
      // The item was changed while it was being exported.
      if (version.version >= item.version) continue
      const { people: named, links, tags, collections } = version.belongs
      const belongs = {
        people: named,
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
    }
  }

  const addNamesAndLinks = (id: number, { people: named, links }: WholeItem) => {
    for (const { person, role, name } of named) {
      prepare('INSERT OR IGNORE INTO item_people (item, person, role, name) VALUES (?, ?, ?, ?)').run(
        id,
        people.bring(person, name),
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

  /** Whether any of it was news. */
  const addBelongings = (id: number, whole: WholeItem, where: Whereabouts, place: (content: string) => string) => {
    const { tags, collections, attachments } = whole
    const tagged = tags.map(({ tag }) => names.tagWith(id, names.someTag(tag)))
    const put = collections.map(({ collection }) => names.putInto(id, where.collection(collection)))
    const attached = attachments.map((one) => {
      const content = bytesOf(one.content)
      const sql = 'SELECT 1 FROM attachments WHERE item = ? AND content = ? AND name = ?'
      if (prepare(sql).get(id, content, one.name) !== undefined) return false
      const isTaken = prepare('SELECT 1 FROM attachments WHERE uid = ?').get(bytesOf(one.id)) !== undefined
      prepare(`
        INSERT INTO attachments (uid, item, blob, name, media, bytes, content, import_file)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      `).run(
        isTaken ? randomBytes(16) : bytesOf(one.id),
        id,
        place(one.content),
        one.name,
        one.media,
        one.bytes,
        content,
        where.file(one.from),
      )
      return true
    })
    return [...tagged, ...put, ...attached].includes(true)
  }

  /** Whether it said that before, or says it now. */
  const isKnownOf = (id: number, item: Item): boolean =>
    prepare(`
      SELECT 1 FROM items WHERE id = @id AND ${sameWords} UNION ALL SELECT 1 FROM versions WHERE item = @id AND ${sameWords}
    `).get({ id, ...said(item) }) !== undefined

  const putBefore = (id: number, item: Item, where: Whereabouts) => {
    keepVersion(prepare, id)
    prepare(`
      UPDATE versions SET changed = @changed, made_by = @madeBy, made_in = @madeIn, brought = @brought, at = @at,
        ends = @ends, east = @east, timing = @timing, day = @day, body_is = @bodyIs, title = @title, facts = @facts,
        body = @body
      WHERE item = @id AND version = (SELECT version FROM items WHERE id = @id)
    `).run({ id, ...said(item), ...made(item, where) })
    prepare('UPDATE items SET version = version + 1 WHERE id = ?').run(id)
  }

  const putAfter = (id: number, whole: WholeItem, where: Whereabouts) => {
    const { item } = whole
    words.following([id], () => {
      keepVersion(prepare, id)
      prepare(`
        UPDATE items SET version = version + 1, changed = @changed, made_by = @madeBy, made_in = @madeIn,
          brought = @brought, at = @at, ends = @ends, east = @east, timing = @timing, day = @day, body_is = @bodyIs,
          title = @title, facts = @facts, body = @body,
          level = iif(level_by = 'person', level, @level), level_by = iif(level_by = 'person', level_by, @levelBy)
        WHERE id = @id
      `).run({ id, ...said(item), ...made(item, where), level: numberOfLevel(item.level), levelBy: item.levelBy })
      people.unname(id)
      prepare('DELETE FROM links WHERE item = ?').run(id)
      addNamesAndLinks(id, whole)
    })
  }

  const merge = (known: z.infer<typeof knownRow>, whole: WholeItem, where: Whereabouts, mark: { change?: number }) => {
    const { item } = whole
    if (isKnownOf(known.id, item)) return false
    changes.markImported(known.id, mark)
    if (item.changed > known.changed) putAfter(known.id, whole, where)
    else putBefore(known.id, item, where)
    return true
  }

  return {
    /** In the caller's transaction, before the items that speak of them. Answers how this vault numbers each. */
    collections(records: readonly RecordOf<'collections'>[]) {
      const added: RecordOf<'collections'>[] = []
      const numbers = new Map(
        records.map(({ id, name }): [string, number] => {
          const known = names.collectionOf(id) ?? names.collection(name)
          if (known !== undefined) return [id, known]
          added.push({ id, name })
          const { lastInsertRowid } = prepare('INSERT INTO collections (uid, name) VALUES (?, ?)').run(
            bytesOf(id),
            name,
          )
          return [id, Number(lastInsertRowid)]
        }),
      )
      return { numbers, added }
    },

    people(records: readonly RecordOf<'people'>[]) {
      for (const { same, name } of records) people.bring(same, name)
    },

    tags(records: readonly RecordOf<'tags'>[]) {
      for (const { name } of records) names.someTag(name)
    },

    /** Answers with those that were not here before. */
    drafts(records: readonly RecordOf<'drafts'>[]): RecordOf<'drafts'>[] {
      const sql = 'INSERT OR IGNORE INTO drafts (name, title, body, at) VALUES (@name, @title, @body, @at)'
      return records.filter((draft) => prepare(sql).run(draft).changes > 0)
    },

    /** Seals the files that are not here yet. `open` gives what the export holds of one. */
    async stage(items: readonly WholeItem[], open: (file: string) => BlobContent): Promise<StagedWhole> {
      const staged = new Map<string, StagedBlob>()
      const drop = () => {
        for (const one of staged.values()) one.drop()
      }
      const place = (content: string): string => {
        const here = blobOf(content)
        if (here !== undefined) return here
        const one = staged.get(content)
        if (one === undefined) throw new Error('a file was erased just when it was to be used again')
        one.commit()
        return one.id
      }
      try {
        for (const { attachments } of items) {
          for (const { content, file } of attachments) {
            if (staged.has(content) || blobOf(content) !== undefined) continue
            const one = await blobs.stage(open(file))
            staged.set(content, one)
            if (one.content.toString('hex') !== content) throw new AppError('EXPORT_DAMAGED')
          }
        }
      } catch (error) {
        drop()
        throw error
      }
      return {
        add(where) {
          const mark = {}
          const unput: number[] = []
          const outcomes = items.map((whole): Outcome => {
            const same = bytesOf(whole.item.same)
            const known = knownRow.optional().parse(prepare('SELECT id, changed FROM items WHERE same = ?').get(same))
            if (known !== undefined) {
              const news = merge(known, whole, where, mark)
              return addBelongings(known.id, whole, where, place) || news ? 'changed' : 'duplicate'
            }
            const id = addItem(whole.item, where)
            addBelongings(id, whole, where, place)
            addNamesAndLinks(id, whole)
            addVersions(id, whole, where)
            unput.push(id)
            return 'added'
          })
          words.put(unput)
          changed()
          return { outcomes, added: unput }
        },
        drop,
      }
    },
  }
}
