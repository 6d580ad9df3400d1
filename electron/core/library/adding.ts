// Takes in what importers find. A thing that came before is known by what makes it the same; where its source says
// something new of it, that becomes its next version, and what it said stays with it.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { numberOfLevel } from '../levels.ts'
import { longestCollection, longestSource, longestTag, longestTitle } from '../../../shared/item-names.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Changes } from './changes.ts'
import { type Files, fileOf } from './files.ts'
import { broughtBy, sameOf } from './hashes.ts'
import { longestLabel } from './linking.ts'
import type { Names } from './names.ts'
import type { NewItem } from './new-item.ts'
import type { Called, People } from './people.ts'
import { createSaidBefore } from './said-before.ts'
import { levelOf } from './sensitivity.ts'
import { asName, oneLine, wellFormed, wellFormedIn } from '../tidy.ts'
import { type Given, keepVersion, noteGiven } from './versions.ts'
import { datedByFile, filedUnder } from './when.ts'
import type { Words } from './words.ts'

interface AddingParts {
  readonly prepare: Prepare
  readonly clock: Clock
  readonly words: Words
  readonly names: Names
  readonly people: People
  readonly files: Files
  readonly changes: Changes
  readonly changed: () => void
}

export type Outcome = 'added' | 'changed' | 'duplicate'

/** Keeps `count` items, from the one numbered `from` on, as found in this file. Answers what became of each, in their order. */
type Add = (file: number | null, from: number, count: number) => Outcome[]

/** Items whose files are sealed and wait for their rows. */
export interface StagedItems {
  /**
   * Within the caller's transaction, and once in it: whatever `keep` adds is put into the index together, in the order the
   * index wants it, however small the files are that it comes from.
   */
  readonly batch: <T>(keep: (add: Add) => T) => T
  /** To be called when all is over. */
  readonly drop: () => void
}

// Made once: making a schema costs more than reading with it, and this is done for every item.
const knownRow = z.object({ id: z.int(), brought: z.instanceof(Uint8Array).nullable() }).optional()
type Known = NonNullable<z.infer<typeof knownRow>>

/** Of one transaction. */
interface Batch {
  readonly file: number | null
  readonly now: number
  readonly attach: (item: number, given: NewItem, file: number | null) => number
  /** In the items by now, and in the index at the end of the batch. */
  readonly unput: Set<number>
  readonly mark: { change?: number }
  readonly called: Called
  /** A new name for an item, that says nothing of it. */
  readonly uid: () => Buffer
}

export function createAdding(parts: AddingParts) {
  const { prepare, clock, words, names, people, files, changes, changed } = parts
  const { wasSaidIn, pathOf } = createSaidBefore(parts)

  const belongings = (id: number, item: NewItem, called: Called): Given => {
    people.name(id, item.people ?? [], called)
    const tags = (item.tags ?? []).flatMap((name) => asName(name, longestTag) ?? []).map(names.someTag)
    const collections = (item.collections ?? [])
      .flatMap((name) => asName(name, longestCollection) ?? [])
      .map((name) => names.someCollection(name, 'import'))
    for (const { kind, same, label = '' } of item.links ?? []) {
      prepare('INSERT OR IGNORE INTO links (item, kind, target, label) VALUES (?, ?, ?, ?)').run(
        id,
        kind,
        sameOf(same),
        oneLine(label, longestLabel),
      )
    }
    return {
      tags: tags.filter((tag) => names.tagWith(id, tag)),
      collections: collections.filter((collection) => names.putInto(id, collection)),
    }
  }

  const saidBy = (given: NewItem, now: number) => {
    const item = datedByFile(given)
    const { type, source, facts = {} } = item
    const title = oneLine(item.title, longestTitle)
    const body = wellFormed(item.body)
    const level = numberOfLevel(levelOf({ type, source, title, body, facts }).level)
    return {
      ...filedUnder(item, now),
      title,
      body,
      facts: wellFormed(JSON.stringify(facts)),
      bodyIs: item.bodyIs ?? 'text',
      level,
      now,
    }
  }

  const addNew = (item: NewItem, same: Buffer, { file, now, attach, unput, called, uid }: Batch) => {
    const { lastInsertRowid } = prepare(`
      INSERT INTO items (uid, same, brought, type, at, ends, east, timing, day, source, level, level_by, added, changed,
        made_by, import_file, position, body_is, title, facts, body)
      VALUES (@uid, @same, @brought, @type, @at, @ends, @east, @timing, @day, @source, @level, 'rule', @now, @now,
        'import', @file, @position, @bodyIs, @title, @facts, @body)
    `).run({
      ...saidBy(item, now),
      same,
      brought: broughtBy(item),
      uid: uid(),
      type: item.type,
      source: oneLine(item.source, longestSource) || 'file',
      file,
      position: item.position ?? null,
    })
    const id = Number(lastInsertRowid)
    belongings(id, item, called)
    attach(id, item, file)
    unput.add(id)
  }

  const addVersion = (id: number, item: NewItem, batch: Batch) => {
    const { file, now, unput, mark, called } = batch
    changes.markImported(id, mark)
    // What came in this very batch is not in the index yet.
    if (!unput.has(id)) words.drop([id])
    keepVersion(prepare, id)
    prepare(`
      UPDATE items SET brought = @brought, at = @at, ends = @ends, east = @east, timing = @timing, day = @day,
        version = version + 1, changed = @now, made_by = 'import', made_in = @file, body_is = @bodyIs, title = @title,
        facts = @facts, body = @body, level = iif(level_by = 'rule', @level, level)
      WHERE id = @id
    `).run({ ...saidBy(item, now), id, brought: broughtBy(item), file })
    people.following([id], () => {
      people.unname(id)
      prepare('DELETE FROM links WHERE item = ?').run(id)
      noteGiven(prepare, id, belongings(id, item, called))
    })
    unput.add(id)
  }

  const knownAs = (same: Buffer) => knownRow.parse(prepare('SELECT id, brought FROM items WHERE same = ?').get(same))

  const addOne = (item: NewItem, batch: Batch): Outcome => {
    const same = sameOf(item.same)
    const known = knownAs(same)
    if (known === undefined) {
      addNew(item, same, batch)
      return 'added'
    }
    const news = batch.attach(known.id, item, batch.file)
    const saying = broughtBy(item)
    const isKnown = isSaidNow(known, saying) || wasSaidIn(known.id, saying, pathOf(batch.file))
    if (isKnown) return news > 0 ? 'changed' : 'duplicate'
    addVersion(known.id, item, batch)
    return 'changed'
  }

  return {
    /** What would become of each of these of one file, were it added after all that was compared before it. */
    comparison(): (items: readonly NewItem[], path: string) => Outcome[] {
      const met = new Map<number, number>()
      return (items, path) =>
        items.map(sound).map((item) => {
          const same = sameOf(item.same)
          const saying = broughtBy(item)
          const [name, print] = [shortened(same), shortened(saying)]
          const before = met.get(name)
          if (before !== undefined || met.size < mostCompared) met.set(name, print)
          if (before === print) return 'duplicate'
          const known = knownAs(same)
          if (known === undefined) return before === undefined ? 'added' : 'changed'
          const isKnown = (before === undefined && isSaidNow(known, saying)) || wasSaidIn(known.id, saying, path)
          return isKnown && files.has(known.id, item.attachments ?? []) ? 'duplicate' : 'changed'
        })
    },

    async stage(given: readonly NewItem[]): Promise<StagedItems> {
      const items = given.map(sound)
      // Each is hashed once, before anybody waits for the transaction.
      const filesOf = new Map(
        items.map((item) => [
          item,
          (item.attachments ?? []).map((one) => ({ ...fileOf(one), open: () => [one.content] })),
        ]),
      )
      const sealed = await files.seal([...filesOf.values()].flat())
      /** Answers how many of them the item did not have before. */
      const attach = (id: number, item: NewItem, file: number | null) =>
        (filesOf.get(item) ?? []).filter((one) => sealed.attach(id, { ...one, file })).length
      return {
        batch(keep) {
          const unput = new Set<number>()
          const shared = { now: clock.now().getTime(), attach, unput, mark: {}, called: new Map(), uid: createUids() }
          const result = keep((file, from, count) =>
            items.slice(from, from + count).map((item) => addOne(item, { ...shared, file })),
          )
          words.put([...unput])
          changed()
          return result
        },
        drop: sealed.drop,
      }
    },
  }
}

const isSaidNow = ({ brought }: Known, saying: Uint8Array): boolean =>
  brought !== null && Buffer.compare(saying, brought) === 0

/** Half a character in what a source says cannot be hashed, and would end the whole import. */
const sound = (item: NewItem): NewItem =>
  item.facts === undefined ? item : { ...item, facts: wellFormedIn(item.facts) }

/** What a preview remembers of what it has met; of what comes after so many, it may count some twice. */
const mostCompared = 500_000
/** Of a hash, what a number holds: enough to count by. */
const shortened = (hash: Buffer): number => hash.readUIntBE(0, 6)

const beginningBytes = 8
const ownBytes = 8
/** Asking for random bytes costs more than drawing them. */
const uidsAtOnce = 256

/**
 * Of one batch, and alike in their beginning, which was drawn for it: an index of names that are each drawn anew is written
 * to all over, a page for every item (measured: a sixth of all that an import writes).
 */
function createUids(): () => Buffer {
  const beginning = randomBytes(beginningBytes)
  let drawn = Buffer.alloc(0)
  return () => {
    if (drawn.length === 0) drawn = randomBytes(uidsAtOnce * ownBytes)
    const uid = Buffer.concat([beginning, drawn.subarray(0, ownBytes)])
    drawn = drawn.subarray(ownBytes)
    return uid
  }
}
