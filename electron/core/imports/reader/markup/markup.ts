// HTML as it comes, tag by tag, for files that are lists written as HTML and may have any size. Nothing in it is run or
// fetched, and what is deeper than any such list stops the reading with a reason. Icons are written into attributes: one that
// is longer than any is shortened.
import { Parser } from 'htmlparser2'
import { type Entry, type Reading, Unreadable } from '../importer.ts'
import { createShortener } from './long-markup.ts'
import { type Seen, tolerated } from './tolerant.ts'

export type Markup =
  | { readonly open: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly close: string }
  | { readonly text: string }

const deepest = 512
/** Of one tag or comment. Text is handed on as it comes. */
const limits = { text: Number.POSITIVE_INFINITY, tag: 2 * 1024 * 1024 }
/** Names of what is open are held. */
const longestName = 1000
const writeAtOnce = 64 * 1024

export async function* markupOf(entry: Entry, reading: Reading, seen: Seen): AsyncIterable<Markup> {
  let ready: Markup[] = []
  let depth = 0
  const shorten = createShortener(limits)
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1
      if (depth > deepest) throw new Unreadable('too-deep')
      if (name.length > longestName) throw new Unreadable('damaged')
      ready.push({ open: name, attributes })
    },
    onclosetag(name) {
      depth -= 1
      ready.push({ close: name })
    },
    ontext(text) {
      ready.push({ text })
    },
  })
  for await (const piece of tolerated(entry, reading, seen)) {
    for (let at = 0; at < piece.length; at += writeAtOnce) {
      let failed: Unreadable | undefined
      try {
        for (const step of shorten(piece.slice(at, at + writeAtOnce), false))
          if ('text' in step) parser.write(step.text)
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        failed = error
      }
      const now = ready
      ready = []
      yield* now
      if (failed !== undefined) throw failed
    }
  }
  for (const step of shorten('', true)) if ('text' in step) parser.write(step.text)
  parser.end()
  yield* ready
}
