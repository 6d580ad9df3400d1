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
import type { Files } from './files.ts'
import type { Names } from './names.ts'
import type { People } from './people.ts'
import { type Whereabouts, bytesOf, createWholeRows } from './whole-rows.ts'
import type { Words } from './words.ts'

interface BringingBackParts {
  readonly prepare: Prepare
  readonly blobs: Pick<Blobs, 'stage'>
  readonly words: Words
  readonly changes: Changes
  readonly names: Names
  readonly people: People
  readonly files: Pick<Files, 'hold' | 'letGo'>
  readonly changed: () => void
}

export interface StagedWhole {
  /** In the caller's transaction: what became of each, in their order, and the numbers of those that were added. */
  readonly add: (where: Whereabouts) => { readonly outcomes: Outcome[]; readonly added: readonly number[] }
  readonly drop: () => void
}

const knownRow = z.object({ id: z.int(), changed: z.int() })

export function createBringingBack(parts: BringingBackParts) {
  const { prepare, blobs, words, changes, names, people, files, changed } = parts
  const rows = createWholeRows(parts)

  const blobOf = (content: string): string | undefined =>
    z
      .object({ blob: z.string() })
      .optional()
      .parse(prepare('SELECT blob FROM attachments WHERE content = ? LIMIT 1').get(bytesOf(content)))?.blob

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

  const merge = (known: z.infer<typeof knownRow>, whole: WholeItem, where: Whereabouts, mark: { change?: number }) => {
    const { item } = whole
    if (rows.says(known.id, item)) return false
    changes.markImported(known.id, mark)
    if (item.changed > known.changed) rows.putAfter(known.id, whole, where)
    else rows.putBefore(known.id, item, where)
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
      const present = new Map<string, string>()
      const drop = () => {
        for (const one of staged.values()) one.drop()
        for (const blob of present.values()) files.letGo(blob)
        present.clear()
      }
      const place = (content: string): string => {
        const here = present.get(content) ?? blobOf(content)
        if (here !== undefined) return here
        const one = staged.get(content)
        if (one === undefined) throw new Error('a file was brought back that had not been staged')
        one.commit()
        return one.id
      }
      try {
        for (const { attachments } of items) {
          for (const { content, file } of attachments) {
            if (staged.has(content) || present.has(content)) continue
            const blob = files.hold(bytesOf(content))
            if (blob !== undefined) {
              present.set(content, blob)
              continue
            }
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
            const id = rows.add(whole.item, where)
            addBelongings(id, whole, where, place)
            rows.addNamesAndLinks(id, whole)
            rows.addVersions(id, whole, where)
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
