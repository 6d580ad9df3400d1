// The files of a source, in an order that is the same every time. Links and what is no file are named and not followed;
// what other programs leave in folders is passed over.
import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openPlainFile } from '../../random-access.ts'
import { isClutter } from '../../../../shared/clutter.ts'
import { codeOf } from '../../failures.ts'
import { openSealedFile } from '../../sealed-files.ts'
import type { Source } from '../protocol.ts'
import { type Listed, listedFile, refusedFile } from './listed.ts'

const deepestFolder = 64

export function* filesOf({ name, path, sealed }: Source): Generator<Listed> {
  if (sealed !== undefined) yield listedFile(name, sealed.bytes, () => openSealedFile({ path, ...sealed }))
  else yield* walked(name, path, 0)
}

function* walked(label: string, path: string, depth: number): Generator<Listed> {
  try {
    const found = lstatSync(path)
    if (found.isSymbolicLink()) yield refusedFile(label, 'link')
    else if (found.isFile()) yield listedFile(label, found.size, () => openPlainFile(path))
    else if (!found.isDirectory()) yield refusedFile(label, 'not-recognised')
    else if (depth >= deepestFolder) yield refusedFile(label, 'too-deep')
    else for (const { name } of entriesOf(path)) yield* walked(`${label}/${name}`, join(path, name), depth + 1)
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    yield refusedFile(label, 'gone')
  }
}

const entriesOf = (path: string): Dirent[] =>
  readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !isClutter(name))
    .toSorted(({ name: a }, { name: b }) => (a < b ? -1 : 1))
