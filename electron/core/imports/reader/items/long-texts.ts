// Texts of any length. One that is longer than an item may be becomes several, and is never held as a whole: it is looked
// through first, for what it is called by, and then read again for its items.
import type { NewItem } from '../../../library/library.ts'
import type { Found } from '../importer.ts'
import { breakBefore, hashed, longestBody, partOf } from './same.ts'

/** A text without space around it and with plain line ends, cut where items are to end. */
export async function* bodiesOf(texts: AsyncIterable<string>): AsyncIterable<string> {
  let parts: string[] = []
  let length = 0
  let started = false
  let loose = ''
  for await (const piece of texts) {
    // A line end may be cut in two.
    const all = loose + piece
    loose = all.endsWith('\r') ? '\r' : ''
    let text = plainEnds(all.slice(0, all.length - loose.length))
    if (!started) text = text.trimStart()
    if (text === '') continue
    started = true
    parts.push(text)
    length += text.length
    while (length > longestBody) {
      const held = parts.join('')
      const to = breakBefore(held, longestBody)
      yield held.slice(0, to)
      parts = [held.slice(to)]
      length = held.length - to
    }
  }
  const last = parts.join('').trimEnd()
  if (last !== '') yield last
}

const plainEnds = (text: string) => (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text)

export interface Looked {
  /** Its beginning, or all of it where that is no longer than an item; undefined where there are no words. */
  readonly first: string | undefined
  readonly isLong: boolean
  /** The same for the same words. */
  readonly print: string
}

export async function lookThrough(bodies: AsyncIterable<string>): Promise<Looked> {
  let first: string | undefined
  const prints: string[] = []
  for await (const body of bodies) {
    first ??= body
    prints.push(hashed(body))
  }
  return { first, isLong: prints.length > 1, print: prints.length === 1 ? (prints[0] ?? '') : hashed(...prints) }
}

/** Its items. `itemOf` is given the words of each, which may say more than those of the first. */
export async function* itemsOf(
  { first, isLong }: Looked,
  again: () => AsyncIterable<string>,
  itemOf: (body: string) => NewItem | Promise<NewItem>,
): AsyncIterable<Found> {
  if (first === undefined) return
  if (!isLong) {
    yield { item: await itemOf(first) }
    return
  }
  let part = 0
  for await (const body of again()) yield { item: partOf(await itemOf(body), (part += 1)) }
}
