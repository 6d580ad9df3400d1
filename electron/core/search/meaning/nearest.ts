// Which items are nearest to what is looked for: all codes are looked through, and the best of them compared byte by byte.
import type { Description, Embedded } from '../../models/models.ts'
import type { Codes, Near } from './codes.ts'
import type { Kept } from './kept.ts'

/** How near an item is, by the passage of it that is nearest. */
export interface Nearest {
  readonly item: number
  /** From −1 to 1. */
  readonly cosine: number
  readonly starts: number
  readonly ends: number
}

export interface Meaning {
  /** The nearest first, of these items where they are named; none that is not near. */
  readonly nearest: (atMost: number, among?: ReadonlySet<number>) => readonly Nearest[]
  /** However far they are; what has no passage is not among them. */
  readonly of: (items: ReadonlySet<number>) => ReadonlyMap<number, Nearest>
  readonly alpha: number
  readonly floor: number
}

/** Of a hundred thousand passages, comparing so many exactly finds 98 of 100 that comparing all would find; of more, more. */
const comparedAtLeast = 1000
const comparedOfAll = 250

interface Compared extends Pick<Nearest, 'item' | 'cosine'> {
  readonly passage: number
}

interface MeaningParts {
  readonly sought: NonNullable<Embedded['meaning']>
  readonly codes: Codes
  readonly kept: Kept
  readonly embedder: number
  readonly alpha: number
  readonly floor: number
}

export function createMeaningOf({ sought, codes, kept, embedder, alpha, floor }: MeaningParts): Meaning {
  /** Of each item, the passage that is nearest. */
  const compare = (near: readonly Near[]): Compared[] => {
    const vectors = kept.vectors(
      near.map(({ passage }) => passage),
      embedder,
    )
    const best = new Map<number, Compared>()
    for (const { passage, item } of near) {
      const vector = vectors.get(passage)
      if (vector === undefined) {
        // It went with its item, or with its words.
        codes.drop(passage)
        continue
      }
      const cosine = cosineOf(sought.vector, vector)
      if (cosine > (best.get(item)?.cosine ?? -2)) best.set(item, { item, cosine, passage })
    }
    return [...best.values()]
  }
  const whole = ({ item, cosine, passage }: Compared): Nearest => ({ item, cosine, ...kept.spanOf(passage) })
  return {
    alpha,
    floor,
    nearest: (atMost, among) =>
      compare(codes.nearest(sought.code, comparedAtLeast + Math.round(codes.size() / comparedOfAll), among))
        .filter(({ cosine }) => cosine >= floor)
        .toSorted((a, b) => b.cosine - a.cosine || b.item - a.item)
        .slice(0, atMost)
        .map(whole),
    of: (items) => new Map(compare(codes.passagesOf(items)).map((one) => [one.item, whole(one)])),
  }
}

/** Between the sizes it was measured at, by the logarithm of how many there are. */
export function floorAmong(passages: number, floors: Description['floors']): number {
  const sorted = floors.toSorted(([a], [b]) => a - b)
  const above = sorted.find(([size]) => size >= passages) ?? sorted.at(-1)
  const below = sorted.findLast(([size]) => size <= passages) ?? sorted[0]
  if (above === undefined || below === undefined) return 1
  const span = Math.log(above[0] / below[0])
  const share = span === 0 ? 0 : Math.log(passages / below[0]) / span
  return below[1] + Math.max(0, Math.min(1, share)) * (above[1] - below[1])
}

/** One is long 1; of the other, kept in signed bytes, only the direction matters. */
function cosineOf(vector: readonly number[], bytes: Uint8Array): number {
  const kept = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let product = 0
  let squares = 0
  for (let at = 0; at < kept.length; at += 1) {
    const number = kept[at] ?? 0
    product += number * (vector[at] ?? 0)
    squares += number * number
  }
  return squares === 0 ? 0 : product / Math.sqrt(squares)
}
