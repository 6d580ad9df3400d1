// Mailboxes (RFC 4155 and its older relatives): mails one after the other, each behind a line that begins with `From `. What
// looks like such a line but is followed by no header is part of a mail. Held at a time: one mail.
import { certainty, type Entry, type Importer } from '../importer.ts'
import { headersAtStart, largestMail, mailIn } from './mail.ts'
import { createNames } from '../items/same.ts'

interface Raw {
  readonly bytes: Uint8Array
  /** Where it begins, its `From ` line first. */
  readonly at: number
  /** What stands behind the sender in that line: when it came. */
  readonly came: string
  readonly tooLarge: boolean
}

/** Its sender, perhaps missing, and a time. */
const separator = /^From (?:\S* +)?(\S.*\d{1,2}:\d{2}.*)$/
const header = /^(?:[!-9;-~]+:|>*From )/
const longestSeparator = 2000
const newline = 0x0a

export const mbox: Importer = {
  format: 'mbox',
  counts: 'bytes',
  recognises({ text }) {
    const [first = '', ...rest] = (text ?? '').trimStart().split(/\r?\n/, 400)
    if (first.length > longestSeparator || !separator.test(first)) return certainty.no
    const headers = rest.slice(rest.findIndex((line) => !/^>*From /.test(line)))
    return headersAtStart(headers.join('\n')).mail ? certainty.certain : certainty.likely
  },
  async *read(entry, reading) {
    const named = createNames()
    for await (const { bytes, at, came, tooLarge } of mailsOf(entry)) {
      if (tooLarge) yield { problem: { why: 'too-large', at } }
      else yield* mailIn(bytes, { source: 'mbox', position: at, came, named }, reading)
    }
  },
}

/** What stands at the beginning of a line that begins with `From `: a mail, none, or not known before more has come. */
function mailAt(
  store: Buffer,
  at: number,
  last: boolean,
): { readonly from: number; readonly came: string } | 'none' | 'unknown' {
  const enough = last || store.length - at > 2 * longestSeparator
  const end = store.indexOf(newline, at)
  if (end === -1 || end - at > longestSeparator) return end === -1 && !enough ? 'unknown' : 'none'
  const came = separator.exec(store.toString('latin1', at, end).trimEnd())?.[1]
  if (came === undefined) return 'none'
  const next = store.indexOf(newline, end + 1)
  if (next === -1 && !enough) return 'unknown'
  const line = store.toString('latin1', end + 1, Math.min(next === -1 ? store.length : next, end + longestSeparator))
  return header.test(line) ? { from: end + 1, came } : 'none'
}

async function* mailsOf(entry: Entry): AsyncIterable<Raw> {
  // Every line begins behind a line end, the first as well; so the store begins one byte before the file.
  let store = Buffer.alloc(1024 * 1024, newline)
  let used = 1
  let base = -1
  let looked = 0
  let mail:
    | { readonly from: number; readonly at: number; readonly came: string; readonly tooLarge: boolean }
    | undefined

  function* cutUp(last: boolean): Generator<Raw> {
    const filled = store.subarray(0, used)
    for (;;) {
      const found = filled.indexOf('\nFrom ', looked)
      if (found === -1) {
        looked = Math.max(looked, used - 5)
        return
      }
      const begins = mailAt(filled, found + 1, last)
      if (begins === 'unknown') {
        looked = found
        return
      }
      looked = begins === 'none' ? found + 5 : begins.from - 1
      if (begins === 'none') continue
      if (mail !== undefined) yield { ...mail, bytes: unquoted(filled.subarray(mail.from, Math.max(mail.from, found))) }
      mail = { ...begins, at: base + found + 1, tooLarge: false }
    }
  }

  for await (const chunk of entry.chunks()) {
    if (used + chunk.length > store.length) {
      const larger = Buffer.allocUnsafe(Math.max(store.length * 2, used + chunk.length))
      store.copy(larger, 0, 0, used)
      store = larger
    }
    store.set(chunk, used)
    used += chunk.length
    yield* cutUp(false)
    // Of a mail too large to be held nothing stays but where the next may begin.
    if (mail !== undefined && used - mail.from > largestMail) mail = { ...mail, tooLarge: true }
    const done = mail === undefined || mail.tooLarge ? looked : Math.min(looked, mail.from)
    if (mail !== undefined) mail = { ...mail, from: Math.max(0, mail.from - done) }
    store.copyWithin(0, done, used)
    ;[used, base, looked] = [used - done, base + done, looked - done]
  }
  yield* cutUp(true)
  if (mail !== undefined) yield { ...mail, bytes: unquoted(store.subarray(mail.from, used)) }
}

/** `>From ` stands for `From ` at the beginning of a line, `>>From ` for `>From `. */
function unquoted(bytes: Buffer): Uint8Array {
  const parts: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf('\n>'); at !== -1; at = bytes.indexOf('\n>', at + 1)) {
    let end = at + 2
    while (bytes[end] === 0x3e) end += 1
    if (bytes.toString('latin1', end, end + 5) !== 'From ') continue
    parts.push(bytes.subarray(from, at + 1))
    from = at + 2
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)])
}
