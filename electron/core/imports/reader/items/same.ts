// What makes a thing the same when it comes again, for sources that give it no name, or give one name to two things. Never
// the path or place in a file alone: the same file under another name adds nothing.
import { createHash } from 'node:crypto'
import type { Found } from '../importer.ts'
import type { NewItem } from '../../../library/library.ts'

/** Of what makes it that thing. Parts cannot run into each other. */
export function hashed(...parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest('hex').slice(0, 32)
}

/** Names seen in one file are remembered up to here; two things of one name further apart count as versions of one. */
const mostNames = 200_000

/** Tells apart what one file gives one name to: a second thing that differs gets a name of its own, an equal one does not. */
export function createNames(): (same: string, content: string) => string {
  const seen = new Map<string, string>()
  return (same, content) => {
    const [name, print] = [hashed(same).slice(0, 16), hashed(content).slice(0, 16)]
    const first = seen.get(name)
    if (first !== undefined) return first === print ? same : `${same}#${print}`
    if (seen.size >= mostNames) for (const oldest of seen.keys()) if (seen.delete(oldest)) break
    seen.set(name, print)
    return same
  }
}

/** Counts equal things that follow each other: the second `ok` of one minute is another message than the first. */
export function createCounts(): (time: string, same: string) => string {
  let current = ''
  let counts = new Map<string, number>()
  return (time, same) => {
    if (time !== current || counts.size >= mostNames) [current, counts] = [time, new Map<string, number>()]
    const count = (counts.get(same) ?? 0) + 1
    counts.set(same, count)
    return count === 1 ? same : `${same}#${count}`
  }
}

/** The longest text of one item; longer ones become several. */
export const longestBody = 2_000_000

/** An item, and more that go on where its text becomes too long for one, each leading to the one before. */
export function* inParts(item: NewItem): Generator<Found> {
  if (item.body.length <= longestBody) {
    yield { item }
    return
  }
  let [from, part] = [0, 1]
  while (from < item.body.length) {
    const to = breakBefore(item.body, from + longestBody)
    const body = item.body.slice(from, to)
    const { attachments: _, links: __, ...rest } = item
    yield { item: part === 1 ? { ...item, body } : partOf({ ...rest, body }, part) }
    ;[from, part] = [to, part + 1]
  }
}

/** An item as one of several that go on where the one before ends. */
export function partOf(item: NewItem, part: number): NewItem {
  if (part === 1) return item
  const before = part === 2 ? item.same : `${item.same}/${part - 1}`
  return {
    ...item,
    same: `${item.same}/${part}`,
    title: `${item.title.slice(0, 190)} (${part})`,
    links: [{ kind: 'part', same: before }, ...(item.links ?? [])],
  }
}

/** Between two lines where one ends nearby, and never inside a character. */
export function breakBefore(text: string, most: number): number {
  if (most >= text.length) return text.length
  const line = text.lastIndexOf('\n', most - 1)
  if (line > most - 10_000) return line + 1
  return /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most
}
