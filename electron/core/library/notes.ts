// Notes that are written here, and their drafts. A draft is kept as it is typed and costs no version; a note that is written
// takes its draft's place.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { draft } from '../../../shared/api/library.ts'
import { longestTitle } from '../../../shared/item-names.ts'
import { AppError } from '../../../shared/errors.ts'
import { numberOfLevel } from '../levels.ts'
import type { Clock } from '../ports.ts'
import type { Prepare } from '../prepared.ts'
import type { Changes, Kept } from './changes.ts'
import { judgeAgain } from './judging.ts'
import type { List } from './list.ts'
import { createLinking } from './linking.ts'
import { levelOf } from './sensitivity.ts'
import { oneLine, wellFormed } from '../tidy.ts'
import { keepVersion, listVersions, putVersionBack } from './versions.ts'
import { filedUnder } from './when.ts'
import type { Words } from './words.ts'

type Draft = z.infer<typeof draft>

interface NoteParts {
  readonly prepare: Prepare
  readonly clock: Clock
  readonly words: Words
  readonly changes: Changes
  readonly list: List
}

interface Written {
  readonly id?: string | undefined
  readonly title: string
  readonly body: string
}

/** What is written here comes from here. */
export const ownSource = 'mindkeep'

const noteRow = z.object({ type: z.string(), title: z.string(), body: z.string() })
const draftRow = z.object({ name: z.string(), title: z.string(), body: z.string(), at: z.string() })

export function createNotes({ prepare, clock, words, changes, list }: NoteParts) {
  const links = createLinking({ prepare })
  const now = () => clock.now().getTime()
  const levelFor = (title: string, body: string) =>
    numberOfLevel(levelOf({ type: 'note', source: ownSource, title, body, facts: {} }).level)
  const dropDraft = (name: string) => prepare('DELETE FROM drafts WHERE name = ?').run(name)

  const writeNew = (title: string, body: string): string => {
    const uid = randomBytes(16)
    const filed = filedUnder({ when: { at: now() } }, now())
    const { lastInsertRowid } = prepare(`
      INSERT INTO items (uid, same, type, at, ends, east, timing, day, source, level, level_by, added, changed, made_by,
        body_is, title, facts, body)
      VALUES (@uid, @same, 'note', @at, @ends, @east, @timing, @day, @source, @level, 'rule', @now, @now, 'person',
        'markdown', @title, '{}', @body)
    `).run({
      ...filed,
      uid,
      same: randomBytes(16),
      source: ownSource,
      level: levelFor(title, body),
      now: now(),
      title,
      body,
    })
    const id = Number(lastInsertRowid)
    words.put([id])
    links.relink(id)
    links.welcome(id, title)
    dropDraft('new')
    return uid.toString('hex')
  }

  /** Whether it says anything else than before. */
  const writeAgain = (uid: string, title: string, body: string): boolean => {
    const id = list.idOf(uid)
    const old = noteRow.parse(prepare('SELECT type, title, body FROM items WHERE id = ?').get(id))
    if (old.type !== 'note') throw new AppError('NOT_A_NOTE')
    dropDraft(uid)
    if (old.title === title && old.body === body) return false
    words.following([id], () => {
      keepVersion(prepare, id)
      prepare(`
        UPDATE items SET title = @title, body = @body, version = version + 1, changed = @now, made_by = 'person',
          made_in = NULL
        WHERE id = @id
      `).run({ id, title, body, now: now() })
      judgeAgain(prepare, id)
    })
    links.relink(id)
    if (old.title !== title) links.welcome(id, title)
    return true
  }

  return {
    write({ id, ...given }: Written): Kept<{ readonly items: number; readonly id: string }> {
      const title = oneLine(given.title, longestTitle)
      const body = wellFormed(given.body)
      return changes.perform({
        act: 'note',
        change: () => {
          if (id === undefined) return { items: 1, id: writeNew(title, body) }
          return { items: writeAgain(id, title, body) ? 1 : 0, id }
        },
        told: (made) => ({ act: 'note.written', item: made.id, isNew: id === undefined }),
      })
    },

    restoreVersion({ id: uid, version }: { readonly id: string; readonly version: number }) {
      return changes.perform({
        act: 'version',
        change: () => {
          const id = list.idOf(uid)
          words.following([id], () => {
            putVersionBack(prepare, id, version, now())
            judgeAgain(prepare, id)
          })
          links.relink(id)
          return { items: 1 }
        },
        told: () => ({ act: 'version.restored', item: uid }),
      })
    },

    versions: (uid: string) => listVersions(prepare, list.idOf(uid)),

    drafts: (): Draft[] =>
      z.array(draftRow).parse(prepare('SELECT name, title, body, at FROM drafts ORDER BY at DESC').all()),

    saveDraft({ name, title, body }: Omit<Draft, 'at'>) {
      prepare(`
        INSERT INTO drafts (name, title, body, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at
      `).run(name, wellFormed(title), wellFormed(body), clock.now().toISOString())
    },

    dropDraft: ({ name }: { readonly name: string }) => void dropDraft(name),
  }
}
