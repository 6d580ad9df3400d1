// The files of a source, in an order that is the same every time. Links and what is no file are named and not followed;
// what other programs leave in folders is passed over.
import { lstat, readdir } from 'node:fs/promises'
import { sep } from 'node:path'
import { isClutter } from '../../../shared/clutter.ts'
import { codeOf } from '../failures.ts'
import type { Sealed } from '../sealed-files.ts'
import type { Problem } from './protocol.ts'

const deepestFolder = 64
/** Asked of the system together: one after the other they take several times as long. */
const atOnce = 64

/** Something to read: a file or folder, or an upload that lies sealed on the disk. Never leaves the core. */
export interface Source {
  readonly name: string
  readonly path: string
  /** It comes with Mindkeep: when it was put on this computer says nothing. */
  readonly isOurs?: boolean
  readonly sealed?: { readonly key: Uint8Array; readonly bytes: number }
  /** Of what is sealed, as whoever handed it in says. */
  readonly changed?: number | undefined
}

export interface FoundFile {
  readonly path: string
  readonly bytes: number
  /** When it was last changed: milliseconds since 1970. */
  readonly changed?: number | undefined
  readonly refused?: Problem['why']
  /** Where on the disk it lies, as it is or sealed. */
  readonly lies?: string | Sealed
}

export async function* filesOf({ name, path, sealed, changed, isOurs = false }: Source): AsyncGenerator<FoundFile> {
  if (sealed !== undefined) yield { path: name, bytes: sealed.bytes, changed, lies: { path, ...sealed } }
  else if (isOurs) for await (const found of walked(name, path, 0)) yield { ...found, changed: undefined }
  else yield* walked(name, path, 0)
}

async function* walked(label: string, path: string, depth: number): AsyncGenerator<FoundFile> {
  const kind = await kindOf(path)
  if (typeof kind === 'string' && kind !== 'folder') yield { path: label, bytes: 0, refused: kind }
  else if (kind !== 'folder') yield { path: label, ...kind, lies: path }
  else if (depth >= deepestFolder) yield { path: label, bytes: 0, refused: 'too-deep' }
  else yield* inFolder(label, path, depth)
}

async function* inFolder(label: string, path: string, depth: number): AsyncGenerator<FoundFile> {
  let names: string[]
  try {
    names = (await readdir(path)).filter((name) => !isClutter(name)).toSorted((a, b) => (a < b ? -1 : 1))
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    yield { path: label, bytes: 0, refused: 'gone' }
    return
  }
  // Put together here: what `join` makes holds on to several times its length, for each of very many files.
  const inside = path.endsWith(sep) ? path : `${path}${sep}`
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce)
    const kinds = await Promise.all(some.map((name) => kindOf(`${inside}${name}`)))
    for (const [index, name] of some.entries()) {
      const kind = kinds[index]
      const [inLabel, inPath] = [`${label}/${name}`, `${inside}${name}`]
      if (typeof kind === 'object') yield { path: inLabel, ...kind, lies: inPath }
      else yield* walked(inLabel, inPath, depth + 1)
    }
  }
}

type Kind = Pick<FoundFile, 'bytes' | 'changed'> | 'folder' | Problem['why']

async function kindOf(path: string): Promise<Kind> {
  try {
    const found = await lstat(path)
    if (found.isSymbolicLink()) return 'link'
    if (found.isFile()) return { bytes: found.size, changed: Math.floor(found.mtimeMs) }
    return found.isDirectory() ? 'folder' : 'not-recognised'
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    return 'gone'
  }
}
