// Where the links of a note lead: `[[Note]]`, `![[picture.png|300]]`, `[words](folder/other%20note.md)`. Only what came
// together with the note is ever reached; an address in the world stays words.
import { nameOf, relative } from './labels.ts'

export interface NoteLink {
  /** As it is written, without what it points to inside its target. */
  readonly target: string
  readonly words: string
  /** `[[…]]`, which names a file wherever it lies, rather than a way to it. */
  readonly byName: boolean
}

const mostLinks = 2000
const byName = /!?\[\[([^[\]\n]{1,500})\]\]/g
const byAddress = /!?\[([^[\]\n]{0,500})\]\(<?([^()<>\n]{1,1000})>?\)/g

/** Without what is code, where a `#` or a bracket is none of ours. */
export const withoutCode = (body: string): string =>
  body.replaceAll(/^ {0,3}(```+|~~~+)[^\n]*\n[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))/gm, '').replaceAll(/`[^`\n]+`/g, '')

export function linksIn(text: string): NoteLink[] {
  const links: NoteLink[] = []
  for (const [, inside = ''] of text.matchAll(byName)) {
    const [address = '', words] = inside.split('|', 2)
    const target = (address.split(/[#^]/, 1)[0] ?? '').trim()
    if (target !== '') links.push({ target, words: words ?? address, byName: true })
    if (links.length === mostLinks) return links
  }
  for (const [, words = '', address = ''] of text.matchAll(byAddress)) {
    const target = (address.replace(/ +["'][^"']*["']$/, '').split('#', 1)[0] ?? '').trim()
    if (target !== '') links.push({ target, words, byName: false })
    if (links.length === mostLinks) return links
  }
  return links
}

/** Finds files by name, as Obsidian does: in any folder, whatever the case, the one nearest to the top first. */
export function createFinder(paths: readonly string[]): (from: string, link: NoteLink) => string | undefined {
  const known = new Set(paths)
  const byLastName = new Map<string, string[]>()
  for (const path of paths) {
    const name = plain(nameOf(path))
    byLastName.set(name, [...(byLastName.get(name) ?? []), path])
  }
  const exact = (path: string | undefined) => {
    if (path === undefined) return undefined
    return known.has(path) ? path : known.has(`${path}.md`) ? `${path}.md` : undefined
  }
  return (from, { target, byName }) => {
    const beside = exact(relative(from, target))
    if (beside !== undefined || !byName) return beside
    const wanted = plain(target)
    const named = byLastName.get(plain(nameOf(`${target}.md`))) ?? byLastName.get(plain(nameOf(target))) ?? []
    return named
      .filter((path) => `/${plain(path)}`.endsWith(`/${wanted}`) || `/${plain(path)}`.endsWith(`/${wanted}.md`))
      .toSorted((one, other) => one.split('/').length - other.split('/').length || (one < other ? -1 : 1))[0]
  }
}

/** Macs write accents as signs of their own; to people they are one letter. */
const plain = (path: string): string => path.normalize('NFC').toLowerCase()
