// Where the links of a note lead that came in a file: only what came together with the note is ever reached; an address in
// the world stays words.
import type { NoteLink } from '../../../note-links.ts'
import { nameOf, relative } from './labels.ts'

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
