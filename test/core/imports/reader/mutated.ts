// The same file, hurt in many ways: cut short, a byte changed, a piece repeated. Seeded, so that a failure comes again.
export function* mutated(file: Uint8Array, count: number, seed = 1): Generator<Uint8Array> {
  let state = seed
  /** Park and Miller's minimal standard generator: enough to choose places. */
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % Math.max(1, limit)
  }
  for (let made = 0; made < count; made++) {
    const copy = Uint8Array.from(file)
    const kind = made % 3
    if (kind === 0) yield copy.subarray(0, below(copy.length))
    else if (kind === 1) {
      for (let flips = 1 + below(8); flips > 0; flips--) copy[below(copy.length)] = below(256)
      yield copy
    } else {
      const from = below(copy.length)
      const piece = copy.slice(from, from + below(200))
      copy.set(piece.subarray(0, copy.length - from), below(copy.length - piece.length))
      yield copy
    }
  }
}
