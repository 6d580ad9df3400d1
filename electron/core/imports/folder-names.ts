// Two folders of one name may come together: the second is numbered as a whole, so that what is in it keeps its name and its
// neighbours. A file that comes alone is numbered by whoever reads it.
import type { FoundFile, Source } from './walk.ts'

export interface NamedFile extends FoundFile {
  /** As it was handed in, where its path has a number of ours in it. */
  readonly called?: string
}

export function createFolderNames(): (source: Pick<Source, 'name' | 'sealed'>) => (found: FoundFile) => NamedFile {
  const counts = new Map<string, number>()
  const taken = new Set<string>()
  /** Uploads come file by file: under which name the files of a folder go by now, and those that do. */
  const open = new Map<string, { readonly label: string; readonly inside: Set<string> }>()

  const begin = (name: string): string => {
    let label = name
    while (taken.has(label)) {
      const number = (counts.get(name) ?? 1) + 1
      counts.set(name, number)
      label = `${name} (${number})`
    }
    taken.add(label)
    return label
  }

  /** A folder that has what it has already is another one, of which the first file comes. */
  const labelOfUpload = (name: string, inside: string): string => {
    const known = open.get(name)
    const folder = known?.inside.has(inside) === false ? known : { label: begin(name), inside: new Set<string>() }
    folder.inside.add(inside)
    open.set(name, folder)
    return folder.label
  }

  const under = (found: FoundFile, name: string, label: string): NamedFile =>
    label === name ? found : { ...found, path: `${label}${found.path.slice(name.length)}`, called: found.path }

  return ({ name, sealed }) => {
    if (sealed === undefined) {
      let label: string | undefined
      return (found) => (found.path === name ? found : under(found, name, (label ??= begin(name))))
    }
    const slash = name.indexOf('/')
    if (slash === -1) return (found) => found
    const [folder, inside] = [name.slice(0, slash), name.slice(slash + 1)]
    return (found) => under(found, folder, labelOfUpload(folder, inside))
  }
}
