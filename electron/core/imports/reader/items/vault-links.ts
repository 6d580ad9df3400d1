// Where the links of a note lead that came in a file: only what came together with the note is ever reached; an address in
// the world stays words.
import type { NoteLink } from '../../../note-links.ts'
import { nameOf, relative } from './labels.ts'

/** Finds files by name, as Obsidian does: in any folder, whatever the case, the one nearest to the top first. */
export function createFinder(paths: readonly string[]): (from: string, link: NoteLink) => string | undefined {
  // Made when a note first leads somewhere. Most names are the only one of their kind, and there may be very many.
  let byLastName: Map<string, string | string[]> | undefined
  const namedAs = (path: string): readonly string[] => {
    byLastName ??= byLastNameOf(paths)
    const named = byLastName.get(plain(nameOf(path))) ?? []
    return typeof named === 'string' ? [named] : named
  }
  const isKnown = (path: string) => namedAs(path).includes(path)
  const exact = (path: string | undefined) => {
    if (path === undefined) return undefined
    return isKnown(path) ? path : isKnown(`${path}.md`) ? `${path}.md` : undefined
  }
  return (from, { target, byName }) => {
    const beside = exact(relative(from, target))
    if (beside !== undefined || !byName) return beside
    const wanted = plain(target)
    const notes = namedAs(`${target}.md`)
    return (notes.length > 0 ? notes : namedAs(target))
      .filter((path) => `/${plain(path)}`.endsWith(`/${wanted}`) || `/${plain(path)}`.endsWith(`/${wanted}.md`))
      .toSorted((one, other) => one.split('/').length - other.split('/').length || (one < other ? -1 : 1))[0]
  }
}

function byLastNameOf(paths: readonly string[]): Map<string, string | string[]> {
  const found = new Map<string, string | string[]>()
  for (const path of paths) {
    const name = plain(nameOf(path))
    const before = found.get(name)
    if (typeof before === 'object') before.push(path)
    else found.set(name, before === undefined ? path : [before, path])
  }
  return found
}

/** Macs write accents as signs of their own; to people they are one letter. */
const plain = (path: string): string => path.normalize('NFC').toLowerCase()
