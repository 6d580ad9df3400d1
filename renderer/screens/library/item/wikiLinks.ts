// What is written as [[Name]] or [[Name|words]] is drawn as a link where the vault knows what it leads to, and as its words
// where it does not.
import type { Item } from '../../../../shared/api/library.ts'

interface Node {
  readonly type: string
  readonly value?: string
  children?: Node[]
  readonly url?: string
}

export const itemAddress = /^#\/library\/[0-9a-f]{32}$/
const written = /\[\[([^[\]|#]+)(?:#[^[\]|]*)?(?:\|([^[\]]+))?\]\]/g

/** Of a note in a folder, the last part is its name. */
const plain = (name: string): string =>
  (name.split('/').at(-1) ?? name).replace(/\.md$/i, '').trim().normalize('NFC').toLowerCase()

export const wikiLinks = (links: Item['links']) => (tree: unknown) => {
  const known = new Map(links.map(({ item, title }) => [plain(title), item]))
  draw(tree as Node, known)
}

function draw(node: Node, known: ReadonlyMap<string, string>): void {
  if (node.children === undefined || node.type === 'link') return
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text' && child.value?.includes('[[') === true) return pieces(child.value, known)
    draw(child, known)
    return [child]
  })
}

function pieces(text: string, known: ReadonlyMap<string, string>): Node[] {
  const found: Node[] = []
  let end = 0
  for (const match of text.matchAll(written)) {
    const [whole, name = '', words = name] = match
    found.push({ type: 'text', value: text.slice(end, match.index) })
    const item = known.get(plain(name))
    const shown: Node = { type: 'text', value: words.trim() }
    found.push(item === undefined ? shown : { type: 'link', url: `#/library/${item}`, children: [shown] })
    end = match.index + whole.length
  }
  return [...found, { type: 'text', value: text.slice(end) }]
}
