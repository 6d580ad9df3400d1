// The core's side of reading: gives a reader the files it is to read, piece by piece from any place in them, and room to put
// down what has to be unpacked first. The reader names files by their place in the list it was given; paths and keys stay here.
import { randomBytes } from 'node:crypto'
import { rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { makeFolder } from '../files.ts'
import { openPlainFile } from '../random-access.ts'
import {
  type Bytes,
  type Sealed,
  type SealedWriter,
  SealedDamaged,
  createSealedFile,
  openSealedFile,
} from '../sealed-files.ts'
import type { Kept, Problem, SuppliedFile, Want } from './protocol.ts'
import { type NamedFile, createFolderNames } from './folder-names.ts'
import { type Source, filesOf } from './walk.ts'

const filesAtOnce = 1000
const mostOpen = 8
const roomToLeave = 200 * 1024 * 1024
/** How often it is looked whether there is still room. */
const lookEvery = 16 * 1024 * 1024

/** A file may take so long to read, and so much longer for each byte it has: slow, and still not for ever. */
const leastWork = 10 * 60_000
const workOfByte = 0.01

export interface Supply {
  readonly answer: (want: Want, lap: (ms: number) => void) => Promise<unknown>
  /** The file a reader is at; undefined where it had not begun with any. */
  readonly standing: () => string | undefined
  /** How much the first files hold: known before a reader has begun. */
  readonly bytesAhead: () => Promise<number>
  readonly close: () => void
}

interface Room {
  readonly path: string
  readonly writer: SealedWriter
  sinceLook: number
}

interface SupplyParts {
  readonly sources: readonly Source[]
  /** Where what has to be unpacked may lie, sealed. */
  readonly folder: string
  /** How far each of these files was read before. */
  readonly kept: (paths: readonly string[]) => (Kept | undefined)[]
}

export function createSupply({ sources, folder, kept }: SupplyParts): Supply {
  const walking = walk(sources)
  const given: (string | Sealed | undefined)[] = []
  const open = new Map<number, Bytes>()
  const rooms = new Map<number, Room>()
  const laid = new Map<number, string>()
  let standing: string | undefined
  let largest = 0

  const add = (lies: string | Sealed | undefined) => given.push(lies) - 1

  const list = async (): Promise<SuppliedFile[]> => {
    const files: SuppliedFile[] = []
    while (files.length < filesAtOnce) {
      const next = await walking.next()
      if (next.done === true) break
      const { path, called, bytes, changed, refused, lies } = next.value
      const file = add(lies)
      largest = Math.max(largest, bytes)
      files.push({ file, path, called, bytes, changed, refused })
    }
    return files
  }

  const ahead = list()
  // Whoever waits for it hears of its failure.
  ahead.catch(() => {})
  let isGiven = false
  const next = () => {
    if (isGiven) return list()
    isGiven = true
    return ahead
  }

  const opened = (file: number): Bytes => {
    const known = open.get(file)
    if (known !== undefined) return known
    const lies = given[file]
    if (lies === undefined) throw new AppError('NO_SUCH_FILE')
    for (const [oldest] of open) if (open.size >= mostOpen) shut(oldest)
    const bytes = typeof lies === 'string' ? openPlainFile(lies) : openSealedFile(lies)
    open.set(file, bytes)
    return bytes
  }
  const shut = (file: number) => {
    open.get(file)?.close()
    open.delete(file)
  }
  const read = (file: number, from: number, length: number): Uint8Array | Problem['why'] => {
    try {
      return opened(file).read(from, length)
    } catch (error) {
      return error instanceof SealedDamaged ? 'damaged' : 'gone'
    }
  }

  const makeRoom = (): number => {
    makeFolder(folder)
    const path = join(folder, randomBytes(16).toString('hex'))
    const file = add(undefined)
    rooms.set(file, { path, writer: createSealedFile(path), sinceLook: lookEvery })
    laid.set(file, path)
    return file
  }
  const roomOf = (file: number): Room => {
    const room = rooms.get(file)
    if (room === undefined) throw new AppError('NO_SUCH_FILE')
    return room
  }
  /** False where the disk has no room for more. */
  const put = (file: number, bytes: Uint8Array): boolean => {
    const room = roomOf(file)
    room.sinceLook += bytes.length
    if (room.sinceLook >= lookEvery) {
      room.sinceLook = 0
      const { bavail, bsize } = statfsSync(folder)
      if (bavail * bsize < roomToLeave) return false
    }
    room.writer.push(bytes)
    return true
  }
  const settle = (file: number): number => {
    const sealed = roomOf(file).writer.end()
    rooms.delete(file)
    given[file] = sealed
    return sealed.bytes
  }
  const clear = (file: number) => {
    rooms.get(file)?.writer.close()
    rooms.delete(file)
    shut(file)
    given[file] = undefined
    const path = laid.get(file)
    laid.delete(file)
    if (path !== undefined) rmSync(path, { force: true })
  }

  return {
    async answer(want, lap) {
      if (want.at !== undefined && want.at !== standing) {
        standing = want.at
        lap(leastWork + largest * workOfByte)
      }
      switch (want.for) {
        case 'files':
          return await next()
        case 'kept':
          return kept(want.paths)
        case 'bytes':
          return read(want.file, want.from, want.length)
        case 'small':
          return want.files.map(({ file, bytes }) => {
            const given = read(file, 0, bytes)
            shut(file)
            return given
          })
        case 'room':
          return makeRoom()
        case 'putting':
          return put(want.file, want.bytes)
        case 'settling':
          return settle(want.file)
        case 'clearing':
          return clear(want.file)
        case 'standing':
          return undefined
      }
    },
    standing: () => standing,
    bytesAhead: async () => (await ahead).reduce((sum, { bytes }) => sum + bytes, 0),
    close() {
      for (const file of [...open.keys()]) shut(file)
      for (const file of [...laid.keys()]) clear(file)
    },
  }
}

async function* walk(sources: readonly Source[]): AsyncGenerator<NamedFile, undefined> {
  const folderNames = createFolderNames()
  for (const source of sources) {
    const named = folderNames(source)
    for await (const found of filesOf(source)) yield named(found)
  }
  return undefined
}
