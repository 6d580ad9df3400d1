// What has to be known of each entry of a zip to read it. An archive may have a million of them: here one takes thirty bytes.
import type yauzl from 'yauzl'
import type { Lock, lockOf } from './zip-locks.ts'

export interface PackedEntry {
  /** Where its local header stands. */
  readonly offset: number
  readonly packed: number
  readonly check: number
  readonly method: number
  readonly lock: Lock | undefined
}

const figures = 4
const entriesAtOnce = 4096

export function createDirectory() {
  const tables: Float64Array[] = []
  const locks = new Map<number, Lock>()
  let entries = 0

  return {
    /** Answers its number. */
    add(entry: yauzl.Entry, lock: Exclude<ReturnType<typeof lockOf>, 'unknown'>): number {
      const number = entries
      entries += 1
      if (number % entriesAtOnce === 0) tables.push(new Float64Array(entriesAtOnce * figures))
      const { relativeOffsetOfLocalHeader, compressedSize, crc32, compressionMethod } = entry
      const told = [relativeOffsetOfLocalHeader, compressedSize, crc32, lock?.method ?? compressionMethod]
      tables.at(-1)?.set(told, (number % entriesAtOnce) * figures)
      if (lock !== undefined) locks.set(number, lock)
      return number
    },

    at(number: number): PackedEntry {
      const from = (number % entriesAtOnce) * figures
      const table = tables[Math.floor(number / entriesAtOnce)]
      const [offset = 0, packed = 0, check = 0, method = 0] = table?.subarray(from, from + figures) ?? []
      return { offset, packed, check, method, lock: locks.get(number) }
    },
  }
}
