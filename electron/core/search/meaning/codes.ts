// The codes of all passages, in memory while the vault is open: one bit for each number of a vector, so that a hundred
// thousand take 3 MB and are looked through in a few milliseconds. Nothing of them is written anywhere but in the vault.

export interface Codes {
  readonly add: (passage: number, item: number, code: Uint8Array) => void
  /** It is there no more, or is another by now. */
  readonly drop: (passage: number) => void
  /** The passages whose codes differ least, of these items where they are named; at least `atLeast` where there are so many. */
  readonly nearest: (code: Uint8Array, atLeast: number, items?: ReadonlySet<number>) => readonly Near[]
  /** Of some items. */
  readonly passagesOf: (items: ReadonlySet<number>) => readonly Near[]
  readonly size: () => number
}

export interface Near {
  readonly passage: number
  readonly item: number
}

const roomAtFirst = 1024

export function createCodes(width: number): Codes {
  const wordsEach = Math.ceil(width / 32)
  let bits = new Uint32Array(roomAtFirst * wordsEach)
  let passages = new Float64Array(roomAtFirst)
  let items = new Float64Array(roomAtFirst)
  let distances = new Uint16Array(roomAtFirst)
  let size = 0
  const at = new Map<number, number>()

  const makeRoom = () => {
    if (size < passages.length) return
    const grown = <T extends Uint32Array | Float64Array | Uint16Array>(old: T, made: T): T => {
      made.set(old)
      return made
    }
    bits = grown(bits, new Uint32Array(bits.length * 2))
    passages = grown(passages, new Float64Array(passages.length * 2))
    items = grown(items, new Float64Array(items.length * 2))
    distances = new Uint16Array(distances.length * 2)
  }
  const wordsOf = (code: Uint8Array): Uint32Array => {
    const whole = new Uint8Array(wordsEach * 4)
    whole.set(code.subarray(0, whole.length))
    return new Uint32Array(whole.buffer)
  }
  const near = (index: number): Near => ({ passage: passages[index] ?? 0, item: items[index] ?? 0 })

  return {
    add(passage, item, code) {
      let index = at.get(passage)
      if (index === undefined) {
        makeRoom()
        index = size
        size += 1
        at.set(passage, index)
      }
      passages[index] = passage
      items[index] = item
      bits.set(wordsOf(code), index * wordsEach)
    },
    drop(passage) {
      const index = at.get(passage)
      if (index === undefined) return
      size -= 1
      at.delete(passage)
      if (index === size) return
      // The last one takes its place.
      const moved = passages[size] ?? 0
      passages[index] = moved
      items[index] = items[size] ?? 0
      bits.copyWithin(index * wordsEach, size * wordsEach, (size + 1) * wordsEach)
      at.set(moved, index)
    },
    nearest(code, atLeast, among) {
      const sought = wordsOf(code)
      const farthest = wordsEach * 32 + 1
      const counts = new Uint32Array(farthest + 1)
      for (let index = 0, from = 0; index < size; index += 1, from += wordsEach) {
        let distance = farthest
        if (among === undefined || among.has(items[index] ?? 0)) {
          distance = 0
          for (let word = 0; word < wordsEach; word += 1) {
            distance += ones((bits[from + word] ?? 0) ^ (sought[word] ?? 0))
          }
        }
        distances[index] = distance
        counts[distance] = (counts[distance] ?? 0) + 1
      }
      let within = 0
      for (let sum = counts[0] ?? 0; sum < atLeast && within < farthest - 1; sum += counts[within] ?? 0) within += 1
      const found: Near[] = []
      for (let index = 0; index < size; index += 1) if ((distances[index] ?? 0) <= within) found.push(near(index))
      return found
    },
    passagesOf(wanted) {
      const found: Near[] = []
      for (let index = 0; index < size; index += 1) if (wanted.has(items[index] ?? 0)) found.push(near(index))
      return found
    },
    size: () => size,
  }
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
