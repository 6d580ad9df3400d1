// All files that came together, each under a name of its own.
import type { Entry } from './importer.ts'
import { type Listed, entryOf } from './archives/listed.ts'

export interface Shelf {
  readonly add: (file: Listed) => Listed
  readonly all: () => Iterable<Listed>
  readonly bytes: () => number
  readonly count: () => number
  /** For an importer that looks for what belongs to its file. */
  readonly find: (path: string, onRead: (bytes: number) => void) => Entry | undefined
  /** Whether another file has taken it in: who only looks whether it is there, or what it begins with, has not. */
  readonly wasFound: (path: string) => boolean
  /** The same list until there are more: importers make their own of it once. */
  readonly paths: () => readonly string[]
}

export function createShelf(): Shelf {
  const files = new Map<string, Listed>()
  const found = new Set<string>()
  const doubles = new Map<string, number>()
  let bytes = 0
  let paths: readonly string[] | undefined
  return {
    add(file) {
      let path = file.path
      while (files.has(path)) {
        const number = (doubles.get(file.path) ?? 1) + 1
        doubles.set(file.path, number)
        path = numbered(file.path, number)
      }
      const added = path === file.path ? file : { ...file, path, called: file.called ?? file.path }
      files.set(path, added)
      bytes += file.bytes
      paths = undefined
      return added
    },
    all: () => files.values(),
    bytes: () => bytes,
    count: () => files.size,
    find(path, onRead) {
      const file = files.get(path)
      if (file === undefined || file.refused !== undefined) return undefined
      const entry = entryOf(file, onRead)
      const whole: Entry['whole'] = async (mostBytes) => {
        const content = await entry.whole(mostBytes)
        found.add(path)
        return content
      }
      return { ...entry, whole }
    },
    wasFound: (path) => found.has(path),
    paths: () => (paths ??= [...files.keys()]),
  }
}

/** Before what tells the kind of file, which importers go by. Of `table.csv.gz` that is both. */
function numbered(path: string, number: number): string {
  const ending = /(?<=[^/])\.[^./\s]+(?:\.gz)?$/i.exec(path)?.[0] ?? ''
  return `${path.slice(0, path.length - ending.length)} (${number})${ending}`
}
