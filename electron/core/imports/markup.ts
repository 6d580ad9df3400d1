// HTML as it comes, tag by tag, for files that are lists written as HTML and may have any size. Nothing in it is run or
// fetched, and what is deeper or longer than any such list stops the reading with a reason.
import { Parser } from 'htmlparser2'
import { type Entry, type Reading, Unreadable } from './importer.ts'
import { type Seen, tolerated } from './tolerant.ts'

export type Markup =
  | { readonly open: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly close: string }
  | { readonly text: string }

const deepest = 512
/** Of one tag or comment: icons are written into attributes. */
const longestPiece = 8 * 1024 * 1024
/** Names of what is open are held. */
const longestName = 1000
const writeAtOnce = 64 * 1024

export async function* markupOf(entry: Entry, reading: Reading, seen: Seen): AsyncIterable<Markup> {
  let ready: Markup[] = []
  let depth = 0
  let sinceEvent = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      sinceEvent = 0
      depth += 1
      if (depth > deepest) throw new Unreadable('too-deep')
      if (name.length > longestName) throw new Unreadable('damaged')
      ready.push({ open: name, attributes })
    },
    onclosetag(name) {
      sinceEvent = 0
      depth -= 1
      ready.push({ close: name })
    },
    ontext(text) {
      sinceEvent = 0
      ready.push({ text })
    },
    oncommentend() {
      sinceEvent = 0
    },
  })
  for await (const piece of tolerated(entry, reading, seen)) {
    for (let at = 0; at < piece.length; at += writeAtOnce) {
      const part = piece.slice(at, at + writeAtOnce)
      sinceEvent += part.length
      let failed: Unreadable | undefined
      try {
        parser.write(part)
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        failed = error
      }
      const now = ready
      ready = []
      yield* now
      if (failed !== undefined) throw failed
      if (sinceEvent > longestPiece) throw new Unreadable('too-large')
    }
  }
  parser.end()
  yield* ready
}
