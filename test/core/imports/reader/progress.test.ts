import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { onDisk } from '../../../../electron/core/imports/reader/archives/listed.ts'
import { createProgress } from '../../../../electron/core/imports/reader/progress.ts'
import { createShelf } from '../../../../electron/core/imports/reader/shelf.ts'

const place = onDisk(() => ({ bytes: 0, read: () => new Uint8Array(), close() {} }))

function started(sizes: readonly number[]) {
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000))
  onTestFinished(() => clock.mockRestore())
  const shelf = createShelf()
  const files = sizes.map((bytes, number) => shelf.add({ path: `${number}`, bytes, place, number }))
  const shares: number[] = []
  const progress = createProgress(shelf, (done, total) => shares.push(done / total))
  return { files, shares, ...progress }
}

describe('how far a reader has come', () => {
  it('is how many files are read, where an archive is full of very small ones', () => {
    const [archive, ...inside] = [19_000_000, ...Array.from({ length: 1000 }, () => 100)]
    const { files, shares, onUnpacked, onRead, onDone } = started([archive, ...inside])
    const [zip, ...notes] = files
    if (zip !== undefined) onUnpacked(zip)
    for (const note of notes.slice(0, 500)) {
      onRead(note.bytes)
      onDone(note)
    }
    expect(shares.at(-1)).toBeCloseTo(0.5, 2)
    for (const note of notes.slice(500)) onDone(note)
    if (zip !== undefined) onDone(zip)
    expect(shares.at(-1)).toBe(1)
  })

  it('is how much is read, where one file is very large, and never less than it was', () => {
    const { files, shares, onRead, onDone } = started([1_000_000_000, 500])
    const [large, small] = files
    for (let read = 0; read < 10; read += 1) onRead(100_000_000)
    expect(shares.map((share) => Math.round(share * 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    // Another one is looked into as well, and read by itself after.
    onRead(500)
    for (const file of [large, small]) if (file !== undefined) onDone(file)
    expect(shares).toEqual(shares.toSorted((one, other) => one - other))
    expect(shares.at(-1)).toBe(1)
  })
})
