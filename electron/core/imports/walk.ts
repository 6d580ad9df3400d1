// The files of a source, in an order that is the same every time. Links and what is no file are named and not followed;
// what other programs leave in folders is passed over.
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
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
  readonly sealed?: { readonly key: Uint8Array; readonly bytes: number }
}

export interface FoundFile {
  readonly path: string
  readonly bytes: number
  readonly refused?: Problem['why']
  /** Where on the disk it lies, as it is or sealed. */
  readonly lies?: string | Sealed
}

export async function* filesOf({ name, path, sealed }: Source): AsyncGenerator<FoundFile> {
  if (sealed === undefined) yield* walked(name, path, 0)
  else yield { path: name, bytes: sealed.bytes, lies: { path, ...sealed } }
}

async function* walked(label: string, path: string, depth: number): AsyncGenerator<FoundFile> {
  const kind = await kindOf(path)
  if (typeof kind === 'string' && kind !== 'folder') yield { path: label, bytes: 0, refused: kind }
  else if (kind !== 'folder') yield { path: label, bytes: kind.bytes, lies: path }
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
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce)
    const kinds = await Promise.all(some.map((name) => kindOf(join(path, name))))
    for (const [index, name] of some.entries()) {
      const kind = kinds[index]
      const [inLabel, inPath] = [`${label}/${name}`, join(path, name)]
      if (typeof kind === 'object') yield { path: inLabel, bytes: kind.bytes, lies: inPath }
      else yield* walked(inLabel, inPath, depth + 1)
    }
  }
}

async function kindOf(path: string): Promise<{ readonly bytes: number } | 'folder' | Problem['why']> {
  try {
    const found = await lstat(path)
    if (found.isSymbolicLink()) return 'link'
    if (found.isFile()) return { bytes: found.size }
    return found.isDirectory() ? 'folder' : 'not-recognised'
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    return 'gone'
  }
}
