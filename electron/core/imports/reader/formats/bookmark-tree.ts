// Bookmarks as a tree in JSON, which Chrome keeps and Firefox backs up to. It is walked without recursion: a tree may be as
// deep as its file is long.
import { Unreadable } from '../importer.ts'
import { isObject } from '../text/json.ts'

const deepest = 256

export type Node = Readonly<Record<string, unknown>>

export function parseTree(json: string): Node {
  let tree: unknown
  try {
    tree = JSON.parse(json)
  } catch {
    // What exactly is wrong would repeat what the file says.
    throw new Unreadable('damaged')
  }
  return isObject(tree) ? tree : {}
}

/** Every node in the order of the file, with the names of the folders around it; `naming` is the field of a name. */
export function* nodesIn(
  roots: readonly unknown[],
  naming: string,
): Generator<{ readonly node: Node; readonly folder: readonly string[] }> {
  const waiting = roots.toReversed().map((node) => ({ node, folder: [] as readonly string[] }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, folder } = next
    if (!isObject(node)) continue
    yield { node, folder }
    const children = node['children']
    if (!Array.isArray(children)) continue
    if (folder.length >= deepest) throw new Unreadable('too-deep')
    const inside = [...folder, text(node[naming])]
    for (const child of children.toReversed()) waiting.push({ node: child, folder: inside })
  }
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
