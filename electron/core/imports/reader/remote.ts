// The reader's side of what the core supplies: files whose bytes are asked for as they are needed, and room for what has to
// be unpacked first. Every request says which file the reader is at, where that has changed; a careful reader says so before
// it begins with it.
import type { Source } from '../../random-access.ts'
import { type Problem, Unreadable } from './importer.ts'
import {
  type Kept,
  type Question,
  type SuppliedFile,
  type Want,
  filesAskedFor,
  largestPiece,
  smallAtOnce,
  smallBytes,
} from '../protocol.ts'
import { type Listed, chunksOf, onDisk, refusedFile } from './archives/listed.ts'
import { readingOn } from './reading-on.ts'

type WithoutAt<T> = T extends unknown ? Omit<T, 'at'> : never

export interface Remote {
  /** The next ones; none when there are no more. */
  readonly files: () => Promise<Listed[]>
  /** Each with how far it was read before, in their order. */
  readonly withKept: (files: readonly Listed[]) => AsyncIterable<readonly [Listed, Kept | undefined]>
  /** From here on what happens, happens because of this file. */
  readonly standAt: (file: Pick<Listed, 'path' | 'place'>) => Promise<void>
  /** Makes a file that can only be read from its start one that can be read from any place. */
  readonly spooled: (file: Listed) => Promise<Listed>
  /** Clears away what was put down since it was made. */
  readonly mark: () => () => Promise<void>
}

export function createRemote(
  send: (want: Want) => Promise<unknown>,
  { again, careful }: Pick<Question, 'again' | 'careful'>,
): Remote {
  let at: string | undefined
  let toldAt: string | undefined
  let laid: number[] = []

  const ask = (want: WithoutAt<Want>): Promise<unknown> => {
    const known = at === toldAt
    toldAt = at
    return send(known ? want : { ...want, at })
  }

  /** How large the files are that were given and are small, by their place in the list. */
  const small: (number | undefined)[] = []
  /** What came with the last small file that was asked for. */
  let ahead = new Map<number, unknown>()

  /** The next small files come with the first of them: in their order, until one is large, or there is enough. */
  const readSmall = async (first: number): Promise<unknown> => {
    const files: { file: number; bytes: number }[] = []
    let sum = 0
    for (let file = first; files.length < smallAtOnce; file += 1) {
      const bytes = small[file]
      if (bytes === undefined || sum + bytes > largestPiece) break
      files.push({ file, bytes })
      sum += bytes
    }
    const given = (await ask({ for: 'small', files })) as unknown[]
    ahead = new Map(files.map(({ file }, index) => [file, given[index]]))
    return given[0]
  }

  const read = async (file: number, from: number, length: number): Promise<Uint8Array> => {
    const isSmall = small[file] !== undefined
    const given: unknown = isSmall
      ? (ahead.get(file) ?? (await readSmall(file)))
      : await ask({ for: 'bytes', file, from, length: Math.min(length, largestPiece) })
    if (!(given instanceof Uint8Array)) throw new Unreadable(given as Problem['why'])
    return isSmall ? given.subarray(from, from + length) : given
  }
  const sourceOf = (file: number, bytes: number): Source & { readonly pieceBytes: number } => ({
    bytes,
    pieceBytes: largestPiece,
    async read(from, length) {
      const first = await read(file, from, length)
      if (first.length >= length || first.length < largestPiece) return first
      const parts: Uint8Array[] = [first]
      for (let got = first.length; got < length; ) {
        const next = await read(file, from + got, length - got)
        if (next.length === 0) break
        parts.push(next)
        got += next.length
      }
      return Buffer.concat(parts)
    },
    close() {},
  })

  const place = onDisk(({ number, bytes }) => readingOn(sourceOf(number, bytes)))

  return {
    async files() {
      const some = (await ask({ for: 'files' })) as SuppliedFile[]
      return some.map(({ file, path, called, bytes, changed, refused }) => {
        if (refused !== undefined) return refusedFile(path, refused, place)
        // Of what was read before, most is passed over; and a careful reader says of each file that it begins with it.
        if (!again && !careful && bytes <= smallBytes) small[file] = bytes
        return { path, called, bytes, changed, place, number: file }
      })
    },
    async *withKept(files) {
      for (let from = 0; from < files.length; from += filesAskedFor) {
        const some = files.slice(from, from + filesAskedFor)
        const paths = some.map(({ path }) => path)
        const kept = again ? ((await ask({ for: 'kept', paths })) as (Kept | undefined)[]) : []
        for (const [index, file] of some.entries()) yield [file, kept[index]]
      }
    },
    async standAt({ path, place: { depth } }) {
      at = path
      // The core hears of a file of its own with the first question for its bytes. Of the others it would wait for each.
      if (careful && depth > 0) await ask({ for: 'standing' })
    },
    async spooled(file) {
      const room = (await ask({ for: 'room' })) as number
      laid.push(room)
      for await (const bytes of chunksOf(file)) {
        if ((await ask({ for: 'putting', file: room, bytes })) !== true) throw new Unreadable('too-large')
      }
      const bytes = (await ask({ for: 'settling', file: room })) as number
      return { ...file, bytes, place: { ...file.place, open: () => readingOn(sourceOf(room, bytes)) } }
    },
    mark() {
      const from = laid.length
      return async () => {
        const over = laid.slice(from)
        laid = laid.slice(0, from)
        for (const file of over) await ask({ for: 'clearing', file })
      }
    },
  }
}
