// Vectors as they are kept: a signed byte for each number, which loses nothing that matters, and one bit, by which all of
// them can be looked through in a moment.

/** Null where there is no direction to keep. */
export function unit(vector: Float32Array): Float32Array | null {
  let squares = 0
  for (const number of vector) squares += number * number
  if (squares === 0 || !Number.isFinite(squares)) return null
  const by = 1 / Math.sqrt(squares)
  return vector.map((number) => number * by)
}

/** How long it is no longer shows: of two vectors only their directions are compared. */
export function toBytes(vector: Float32Array): Uint8Array {
  let largest = 0
  for (const number of vector) largest = Math.max(largest, Math.abs(number))
  const bytes = Int8Array.from(vector, (number) => Math.round((number / largest) * 127))
  return new Uint8Array(bytes.buffer)
}

export function toCode(vector: Float32Array, centre: Float32Array): Uint8Array {
  const code = new Uint8Array(vector.length / 8)
  for (const [at, number] of vector.entries()) {
    if (number > (centre[at] ?? 0)) code[at >> 3] = (code[at >> 3] ?? 0) | (1 << (at & 7))
  }
  return code
}
