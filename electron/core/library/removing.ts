// Items that go for good: their words, what they said before, their files, and all that undo remembers of them. Nobody is
// asked here; whoever calls has been told to.
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'
import type { Changes } from './changes.ts'
import type { Files } from './files.ts'
import type { Names } from './names.ts'
import type { People } from './people.ts'
import type { Words } from './words.ts'

interface RemovingParts {
  readonly prepare: Prepare
  readonly words: Words
  readonly changes: Changes
  readonly files: Files
  readonly names: Names
  readonly people: People
}

const idRows = z.array(z.object({ id: z.int() }))

export type Remove = (items: readonly number[]) => void

export function createRemoving({ prepare, words, changes, files, names, people }: RemovingParts): Remove {
  const idsOf = (sql: string, item: number): number[] => idRows.parse(prepare(sql).all(item)).map(({ id }) => id)

  const removeOne = (item: number) => {
    const blobs = files.blobsOf(item)
    const tags = idsOf('SELECT tag AS id FROM item_tags WHERE item = ?', item)
    const collections = idsOf('SELECT collection AS id FROM item_collections WHERE item = ?', item)
    prepare('DELETE FROM drafts WHERE name = (SELECT lower(hex(uid)) FROM items WHERE id = ?)').run(item)
    prepare('DELETE FROM items WHERE id = ?').run(item)
    files.dropUnused(blobs)
    names.dropUnused(tags)
    names.dropEmptied(collections)
  }

  /** In the caller's transaction. The files of what was removed go with the next sweep of the blobs. */
  return (items) => {
    words.drop(items)
    people.following(items, () => items.forEach(removeOne))
    changes.forget(items)
  }
}
