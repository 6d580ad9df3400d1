// Takes in whole items as an export holds them: under their own ids, with their versions, levels, files and times. What is
// here already stays: of two that say different things the newer one is what the item says from then on, and the other one
// stays with it as a version. The same export a second time adds nothing.
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { RecordOf, WholeItem } from '../exports/exports.ts'
import type { Prepare } from '../prepared.ts'
import type { BlobContent } from '../vault/vault.ts'
import type { Outcome } from './adding.ts'
import type { Changes } from './changes.ts'
import type { Files, SealedFiles } from './files.ts'
import type { Names } from './names.ts'
import type { People } from './people.ts'
import { type Whereabouts, bytesOf, createWholeRows } from './whole-rows.ts'
import type { Words } from './words.ts'

interface BringingBackParts {
  readonly prepare: Prepare
  readonly words: Words
  readonly changes: Changes
  readonly names: Names
  readonly people: People
  readonly files: Pick<Files, 'seal'>
  readonly changed: () => void
}

export interface StagedWhole {
  /**
   * In the caller's transaction: what became of each, in their order, the numbers of those that were added, and which versions
   * came of those that were here.
   */
  readonly add: (where: Whereabouts) => {
    readonly outcomes: Outcome[]
    readonly added: readonly number[]
    readonly renewed: readonly { readonly item: number; readonly version: number }[]
  }
  readonly drop: () => void
}

const knownRow = z.object({ id: z.int(), changed: z.int() })

export function createBringingBack(parts: BringingBackParts) {
  const { prepare, words, changes, names, people, files, changed } = parts
  const rows = createWholeRows(parts)

  /** Whether any of it was news. */
  const addBelongings = (id: number, whole: WholeItem, where: Whereabouts, sealed: SealedFiles) => {
    const { tags, collections, attachments } = whole
    const tagged = tags.map(({ tag }) => names.tagWith(id, names.someTag(tag)))
    const put = collections.map(({ collection }) => names.putInto(id, where.collection(collection)))
    const attached = attachments.map(({ id: uid, name, media, bytes, content, from }) =>
      sealed.attach(id, { uid: bytesOf(uid), name, media, bytes, content: bytesOf(content), file: where.file(from) }),
    )
    return [...tagged, ...put, ...attached].includes(true)
  }

  /** Answers which version it became, unless that was said here already. */
  const merge = (known: z.infer<typeof knownRow>, whole: WholeItem, where: Whereabouts, mark: { change?: number }) => {
    const { item } = whole
    if (rows.says(known.id, item)) return undefined
    changes.markImported(known.id, mark)
    return item.changed > known.changed ? rows.putAfter(known.id, whole, where) : rows.putBefore(known.id, whole, where)
  }

  return {
    /** In the caller's transaction, before the items that speak of it. Answers how this vault numbers it. */
    collection({ id, name, madeBy }: RecordOf<'collections'>): { readonly number: number; readonly isNew: boolean } {
      const known = names.collectionOf(id) ?? names.collection(name)
      if (known !== undefined) return { number: known, isNew: false }
      const sql = 'INSERT INTO collections (uid, name, made_by) VALUES (?, ?, ?)'
      return { number: Number(prepare(sql).run(bytesOf(id), name, madeBy).lastInsertRowid), isNew: true }
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

    /**
     * Of an export that is taken back, when its items are gone: drafts that nobody has changed since, and whom nothing names.
     * In the caller's transaction.
     */
    giveUp(drafts: readonly Pick<RecordOf<'drafts'>, 'name' | 'at'>[]) {
      for (const draft of drafts) prepare('DELETE FROM drafts WHERE name = @name AND at = @at').run(draft)
      prepare(`
        DELETE FROM people WHERE items = 0 AND NOT EXISTS (SELECT 1 FROM item_people WHERE person = people.id)
          AND NOT EXISTS (SELECT 1 FROM version_people WHERE person = people.id)
      `).run()
    },

    /** Seals the files that are not here yet. `open` gives what the export holds of one. */
    async stage(items: readonly WholeItem[], open: (file: string) => BlobContent): Promise<StagedWhole> {
      const contents = items.flatMap(({ attachments }) =>
        attachments.map(({ content, file }) => ({ content: bytesOf(content), open: () => open(file) })),
      )
      const sealed = await files.seal(contents)
      if (!contents.every(({ content }) => sealed.holds(content))) {
        sealed.drop()
        throw new AppError('EXPORT_DAMAGED')
      }
      return {
        add(where) {
          const mark = {}
          const unput: number[] = []
          const renewed: { item: number; version: number }[] = []
          const outcomes = items.map((whole): Outcome => {
            const same = bytesOf(whole.item.same)
            const known = knownRow.optional().parse(prepare('SELECT id, changed FROM items WHERE same = ?').get(same))
            if (known !== undefined) {
              const version = merge(known, whole, where, mark)
              if (version !== undefined) renewed.push({ item: known.id, version })
              return addBelongings(known.id, whole, where, sealed) || version !== undefined ? 'changed' : 'duplicate'
            }
            const id = rows.add(whole.item, where)
            addBelongings(id, whole, where, sealed)
            rows.addNamesAndLinks(id, whole)
            rows.addVersions(id, whole, where)
            unput.push(id)
            return 'added'
          })
          words.put(unput)
          changed()
          return { outcomes, added: unput, renewed }
        },
        drop: sealed.drop,
      }
    },
  }
}
