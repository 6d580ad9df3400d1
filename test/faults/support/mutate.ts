// Changes to a file as damage and attackers make them: bits flipped, runs overwritten, pages swapped or repeated, the end
// cut off, bytes added. Every change it hands out changes at least one byte.
import type { Random } from '../../support/random.ts'

const page = 4096

type Change = (bytes: Buffer, random: Random) => Buffer

const changes: Readonly<Record<string, Change>> = {
  'a flipped bit': flipBit,
  'another flipped bit': flipBit,
  'a run overwritten': (bytes, random) => {
    const changed = Buffer.from(bytes)
    const from = random.int(bytes.length)
    random.bytes(1 + random.int(600)).copy(changed, from)
    return changed
  },
  'a run of zeros': (bytes, random) => {
    const from = random.int(bytes.length)
    return Buffer.from(bytes).fill(0, from, Math.min(bytes.length, from + 1 + random.int(page)))
  },
  'two pages swapped': (bytes, random) => {
    const [one, other] = [pageOf(bytes, random), pageOf(bytes, random)]
    const changed = Buffer.from(bytes)
    bytes.copy(changed, one.from, other.from, other.to)
    bytes.copy(changed, other.from, one.from, one.to)
    return changed.subarray(0, bytes.length)
  },
  'a page repeated over another': (bytes, random) => {
    const [one, other] = [pageOf(bytes, random), pageOf(bytes, random)]
    const changed = Buffer.from(bytes)
    bytes.copy(changed, one.from, other.from, other.to)
    return changed
  },
  'the end cut off': (bytes, random) => bytes.subarray(0, random.int(bytes.length)),
  'bytes added': (bytes, random) => Buffer.concat([bytes, random.bytes(1 + random.int(2 * page))]),
}

function flipBit(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  const at = random.int(bytes.length)
  changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8))
  return changed
}

/** A page of the file, or a sixteenth of it where it is smaller than a few pages. */
function pageOf(bytes: Buffer, random: Random) {
  const size = bytes.length > 4 * page ? page : Math.max(1, Math.floor(bytes.length / 16))
  const from = random.int(Math.max(1, Math.floor(bytes.length / size))) * size
  return { from, to: from + size }
}

export function mutate(bytes: Buffer, random: Random): { readonly what: string; readonly changed: Buffer } {
  for (;;) {
    const [what, change] = random.pick(Object.entries(changes))
    const changed = change(bytes, random)
    if (!changed.equals(bytes)) return { what, changed }
  }
}
