// Links between notes that are written here: `[[A title]]` leads to the note of that title, as it would in the folder of notes
// it may have come from. A link may be written before what it leads to: it leads there from the day that note is written,
// and so the titles that a note names are kept beside where its links lead.
import { z } from 'zod'
import { linksIn, withoutCode } from '../note-links.ts'
import type { Prepare } from '../prepared.ts'
import { oneLine } from '../tidy.ts'
import { sameOf } from './hashes.ts'

const sameRow = z.object({ same: z.string() }).optional()
const linkRows = z.array(z.object({ target: z.string(), label: z.string() }))
const bodyRow = z.object({ body: z.string() })
/** What a link is called where it stands. */
export const longestLabel = 200
/** Notes that wait for one title. More is no accident. */
const mostWaiting = 200

/** `folder/Note.md` is called Note. */
const titleIn = (target: string): string =>
  (target.split('/').at(-1) ?? '').replace(/\.md$/i, '').normalize('NFC').trim()

/** The notes of this title, whichever they are by then. */
const calledOf = (title: string): string =>
  sameOf(`called:${title.normalize('NFC').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())}`).toString('hex')

export function createLinking({ prepare }: { readonly prepare: Prepare }) {
  const noteCalled = (title: string, item: number): string | undefined =>
    sameRow.parse(
      prepare(`
        SELECT lower(hex(same)) AS same FROM items WHERE type = 'note' AND title = ? COLLATE NOCASE AND id <> ?
        ORDER BY trashed IS NOT NULL, changed DESC LIMIT 1
      `).get(title, item),
    )?.same

  /** In the caller's transaction, after the note says something else. */
  const relink = (item: number) => {
    const { body } = bodyRow.parse(prepare('SELECT body FROM items WHERE id = ?').get(item))
    const wanted = new Map<string, string>()
    const elsewhere = new Set<string>()
    for (const { target, words, byName } of linksIn(withoutCode(body))) {
      const label = oneLine(words, longestLabel)
      const title = byName ? titleIn(target) : ''
      if (title !== '') wanted.set(calledOf(title), '')
      const same = title === '' ? undefined : noteCalled(title, item)
      if (same === undefined) elsewhere.add(label)
      else wanted.set(same, label)
    }
    const old = linkRows.parse(
      prepare("SELECT lower(hex(target)) AS target, label FROM links WHERE item = ? AND kind = 'mentions'").all(item),
    )
    for (const { target, label } of old) {
      // What led to a file that came along goes on leading there, for as long as its words stand in the note.
      if (wanted.delete(target) || elsewhere.has(label)) continue
      prepare("DELETE FROM links WHERE item = ? AND kind = 'mentions' AND target = unhex(?)").run(item, target)
    }
    for (const [target, label] of wanted) {
      const sql = "INSERT INTO links (item, kind, target, label) VALUES (?, 'mentions', unhex(?), ?)"
      prepare(sql).run(item, target, label)
    }
  }

  return {
    relink,

    /** Of a note that has a new title: those that were waiting for it now lead there. */
    welcome(item: number, title: string) {
      if (title === '') return
      const waiting = z.array(z.int()).parse(
        prepare(`
          SELECT item FROM links CROSS JOIN items ON items.id = item
          WHERE target = unhex(@called) AND item <> @item AND trashed IS NULL LIMIT ${mostWaiting}
        `)
          .pluck()
          .all({ item, called: calledOf(title) }),
      )
      for (const one of waiting) relink(one)
    },
  }
}
