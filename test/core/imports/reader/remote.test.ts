// The reader's side of what the core supplies, asked over a line that counts.
import { describe, expect, it } from 'vitest'
import { type Want, largestPiece } from '../../../../electron/core/imports/protocol.ts'
import { chunksOf } from '../../../../electron/core/imports/reader/archives/listed.ts'
import { createRemote } from '../../../../electron/core/imports/reader/remote.ts'

/** Answers as the core does: undefined stands for a file that is gone by now. */
function core(files: readonly (Uint8Array | undefined)[], how = { again: false, careful: false }) {
  const wants: Want[] = []
  let isListed = false
  const bytesOf = (file: number, from: number, length: number) =>
    files[file] === undefined ? 'gone' : files[file].slice(from, from + length)
  const answer = async (want: Want): Promise<unknown> => {
    wants.push(want)
    if (want.for === 'bytes') return bytesOf(want.file, want.from, want.length)
    if (want.for === 'small') return want.files.map(({ file, bytes }) => bytesOf(file, 0, bytes))
    if (want.for !== 'files' || isListed) return []
    isListed = true
    return files.map((bytes, file) => ({ file, path: `f${file}`, bytes: bytes?.length ?? 10 }))
  }
  return { wants, remote: createRemote(answer, how) }
}

async function readAll({ remote }: ReturnType<typeof core>) {
  const came: (string | number)[] = []
  for (const file of await remote.files()) {
    await remote.standAt(file)
    try {
      let length = 0
      for await (const chunk of chunksOf(file)) length += chunk.filter((byte) => byte === file.number % 251).length
      came.push(length)
    } catch (error) {
      came.push(error instanceof Error && 'why' in error ? String(error.why) : 'failed')
    }
  }
  return came
}

const filled = (at: number, length: number) => new Uint8Array(length).fill(at % 251)
const sizes = Array.from({ length: 300 }, (_, at) => (at === 77 ? largestPiece * 2 + 5 : (at * 311) % 9000))

describe('a large file', () => {
  const large = filled(0, largestPiece * 4 + 9)
  const from = ({ wants }: ReturnType<typeof core>) =>
    wants.flatMap((want) => (want.for === 'bytes' ? [want.from] : []))

  it('is asked for ahead by whoever reads on, no piece of it twice, and no further than it goes', async () => {
    const line = core([large])
    const [file] = await line.remote.files()
    const chunks = file === undefined ? undefined : chunksOf(file)[Symbol.asyncIterator]()
    await chunks?.next()
    await chunks?.next()
    expect(from(line)).toEqual([0, largestPiece, largestPiece * 2])
    let length = largestPiece * 2
    for (let next = await chunks?.next(); next?.done === false; next = await chunks?.next()) length += next.value.length
    expect(length).toBe(large.length)
    expect(from(line)).toEqual([0, 1, 2, 3, 4].map((piece) => piece * largestPiece))
  })

  it('is not asked for ahead by whoever reads here and there', async () => {
    const line = core([large])
    const [file] = await line.remote.files()
    const source = file?.place.open?.(file)
    for (const at of [900, 17, largestPiece, 4]) expect(await source?.read(at, 10)).toEqual(filled(0, 10))
    expect(from(line)).toEqual([900, 17, largestPiece, 4])
  })

  it('that goes while it is read fails where it is read so far, and not before', async () => {
    const files = [large]
    const line = core(files)
    const [file] = await line.remote.files()
    const source = file?.place.open?.(file)
    await source?.read(0, largestPiece)
    await source?.read(largestPiece, largestPiece)
    await source?.read(largestPiece * 2, largestPiece)
    files[0] = undefined as never
    expect((await source?.read(largestPiece * 3, largestPiece))?.length).toBe(largestPiece)
    await expect(source?.read(largestPiece * 4, 9)).rejects.toMatchObject({ why: 'gone' })
  })
})

describe('small files', () => {
  it('come together, each whole and in its turn, and a large one among them by itself', async () => {
    const line = core(sizes.map((length, at) => filled(at, length)))
    expect(await readAll(line)).toEqual(sizes)
    const small = line.wants.flatMap((want) => (want.for === 'small' ? [want.files] : []))
    expect(small.length).toBeLessThan(12)
    for (const some of small) {
      expect(some.length).toBeLessThanOrEqual(64)
      expect(some.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(largestPiece)
    }
    expect(line.wants.filter((want) => want.for === 'bytes').map(({ file }) => file)).toEqual([77, 77, 77])
  })

  it('that are gone by now, or shorter, fail alone', async () => {
    const files = [filled(0, 5), undefined, filled(2, 7)]
    const line = core(files)
    const [, , last] = await line.remote.files()
    files[2] = filled(2, 3)
    expect(last?.bytes).toBe(7)
    expect(await readAll(core([filled(0, 5), undefined, filled(2, 7)]))).toEqual([5, 'gone', 7])
    await expect(Array.fromAsync(last === undefined ? [] : chunksOf(last))).rejects.toMatchObject({ why: 'cut-short' })
  })

  it.each([
    { again: true, careful: true },
    { again: true, careful: false },
  ])('are asked for one by one where some of them may be passed over: %o', async (how) => {
    const line = core(
      sizes.slice(0, 20).map((length, at) => filled(at, length)),
      how,
    )
    expect(await readAll(line)).toEqual(sizes.slice(0, 20))
    expect(line.wants.some((want) => want.for === 'small')).toBe(false)
    expect(new Set(line.wants.flatMap(({ at }) => at ?? []))).toEqual(
      new Set(sizes.slice(0, 20).flatMap((length, at) => (length > 0 ? [`f${at}`] : []))),
    )
  })
})
