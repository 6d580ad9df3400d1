// Where the files of an export lie: in an archive, or in a folder it was unpacked into. Both come from anywhere: of an
// archive nothing is believed but what its manifest vouches for, and nothing in a folder is followed through a link.
import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import yauzl from 'yauzl'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import { inWindows, openPlainFile, piecesOf, zipReaderOf } from '../random-access.ts'
import type { Bytes } from '../sealed-files.ts'
import { type ListedFile, type Manifest, largestManifest, manifestName, parseManifest } from './manifest.ts'

export interface Container {
  /** Every file in it; undefined where nobody can say. */
  readonly paths: ReadonlySet<string> | undefined
  readonly chunks: (path: string) => AsyncIterable<Uint8Array>
  readonly close: () => void
}

const mostEntries = 1_000_000

export async function openArchive(bytes: Bytes): Promise<Container> {
  const source = inWindows(bytes)
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(zipReaderOf(source), source.bytes, {
      autoClose: false,
      lazyEntries: true,
      strictFileNames: true,
    })
    const entries = new Map<string, yauzl.Entry>()
    for await (const entry of zip.eachEntry()) {
      const isOdd = entries.has(entry.fileName) || entry.isEncrypted() || entry.fileName.endsWith('/')
      if (isOdd || entries.size >= mostEntries) throw new AppError('EXPORT_DAMAGED')
      entries.set(entry.fileName, entry)
    }
    return {
      paths: new Set(entries.keys()),
      async *chunks(path) {
        const entry = entries.get(path)
        if (entry === undefined) throw new AppError('EXPORT_DAMAGED')
        try {
          for await (const piece of await zip.openReadStreamPromise(entry)) yield piece as Uint8Array
        } catch (error) {
          throw asDamage(error)
        }
      },
      close: bytes.close,
    }
  } catch (error) {
    bytes.close()
    throw asDamage(error)
  }
}

export const openFolder = (folder: string): Container => ({
  paths: undefined,
  async *chunks(path) {
    try {
      yield* piecesOf(() => {
        insistOnNoLinks(folder, path)
        return openPlainFile(join(folder, path))
      })
    } catch (error) {
      throw asDamage(error)
    }
  },
  close() {},
})

function insistOnNoLinks(folder: string, path: string): void {
  let at = folder
  for (const part of path.split('/')) {
    at = join(at, part)
    if (lstatSync(at).isSymbolicLink()) throw new AppError('EXPORT_DAMAGED')
  }
}

const asDamage = (error: unknown): AppError => toAppError(error) ?? new AppError('EXPORT_DAMAGED', {}, { cause: error })

export async function readManifest(container: Container): Promise<Manifest> {
  const parts: Uint8Array[] = []
  let bytes = 0
  if (container.paths?.has(manifestName) === false) throw new AppError('NOT_AN_EXPORT')
  for await (const piece of container.chunks(manifestName)) {
    bytes += piece.length
    if (bytes > largestManifest) throw new AppError('EXPORT_DAMAGED')
    parts.push(piece)
  }
  const manifest = parseManifest(Buffer.concat(parts))
  const listed = new Set(manifest.files.map(({ path }) => path))
  const isWhole =
    container.paths === undefined ||
    (container.paths.size === listed.size + 1 && [...listed].every((path) => container.paths?.has(path)))
  if (!isWhole || listed.has(manifestName)) throw new AppError('EXPORT_DAMAGED')
  return manifest
}

/** What the manifest vouches for, and not a byte more. Whether it was all of it, is known at its end. */
export async function* vouchedFor(
  container: Container,
  { path, bytes, sha256 }: ListedFile,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let came = 0
  for await (const piece of container.chunks(path)) {
    came += piece.length
    if (came > bytes) throw new AppError('EXPORT_DAMAGED')
    hash.update(piece)
    yield piece
  }
  if (came !== bytes || hash.digest('hex') !== sha256) throw new AppError('EXPORT_DAMAGED')
}
