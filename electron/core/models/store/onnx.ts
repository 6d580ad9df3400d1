// Which other files an ONNX file wants opened with it. It is read as Protocol Buffers lie on the wire, piece by piece, and
// nothing of it is run: the weights in it are stepped over. What does not add up is no ONNX file.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** The messages of onnx.proto3 in which a tensor may stand, and under which number each is found. */
const inside = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'entry' },
  entry: {},
} as const satisfies Record<string, Readonly<Record<number, string>>>
type Message = keyof typeof inside

const deepest = 24
const longestEntry = 4096
const mostPlaces = 1000
const windowBytes = 65_536

export class NotOnnx extends Error {
  override readonly name = 'NotOnnx'
}

/** The `location` of every tensor that lies outside of the file, as it is written there. */
export function placesOutside(path: string): readonly string[] {
  const file = openSync(path, 'r')
  try {
    return createReader(file).placesOutside()
  } finally {
    closeSync(file)
  }
}

function createReader(file: number) {
  const size = fstatSync(file).size
  const window = Buffer.alloc(windowBytes)
  let start = 0
  let length = 0
  const found = new Set<string>()
  let graphs = 0

  const byteAt = (at: number): number => {
    if (at < start || at >= start + length) {
      start = at
      length = readSync(file, window, 0, windowBytes, at)
      if (length === 0) throw new NotOnnx()
    }
    return window[at - start] ?? 0
  }

  /** A number and where it ends. Lengths beyond what a file can have are no lengths. */
  const varint = (from: number, to: number): readonly [value: number, at: number] => {
    let value = 0
    for (let at = from, shift = 1; at < to && at < from + 10; at += 1, shift *= 128) {
      const byte = byteAt(at)
      value += (byte & 127) * shift
      if (byte < 128) return [value, at + 1]
    }
    throw new NotOnnx()
  }

  const text = (from: number, to: number): string => {
    if (to - from > longestEntry) throw new NotOnnx()
    const bytes = Buffer.alloc(to - from)
    for (let at = from; at < to; at += 1) bytes[at - from] = byteAt(at)
    return bytes.toString('utf8')
  }

  /** Each field: its number, and where what it holds begins and ends. */
  function* fields(from: number, to: number): Generator<readonly [field: number, from: number, to: number]> {
    for (let at = from; at < to; ) {
      const [tag, after] = varint(at, to)
      const field = Math.floor(tag / 8)
      const wire = tag % 8
      const [begins, ends] =
        wire === 2 ? lengthFrom(after, to) : wire === 0 ? [after, varint(after, to)[1]] : [after, after + fixed(wire)]
      if (field === 0 || ends > to) throw new NotOnnx()
      yield [wire === 2 ? field : 0, begins, ends]
      at = ends
    }
  }

  const lengthFrom = (at: number, to: number): readonly [number, number] => {
    const [long, begins] = varint(at, to)
    return [begins, begins + long]
  }

  const fixed = (wire: number): number => {
    if (wire === 1) return 8
    if (wire === 5) return 4
    throw new NotOnnx()
  }

  const walk = (message: Message, from: number, to: number, depth: number): void => {
    if (depth > deepest) throw new NotOnnx()
    if (message === 'entry') {
      entry(from, to)
      return
    }
    const known: Readonly<Record<number, Message>> = inside[message]
    for (const [field, begins, ends] of fields(from, to)) {
      const next = known[field]
      if (message === 'model' && field === 7) graphs += 1
      if (next !== undefined) walk(next, begins, ends, depth + 1)
    }
  }

  const entry = (from: number, to: number): void => {
    const parts = new Map<number, string>()
    for (const [field, begins, ends] of fields(from, to)) parts.set(field, text(begins, ends))
    if (parts.get(1) !== 'location') return
    found.add(parts.get(2) ?? '')
    if (found.size > mostPlaces) throw new NotOnnx()
  }

  return {
    placesOutside(): readonly string[] {
      walk('model', 0, size, 0)
      if (graphs !== 1) throw new NotOnnx()
      return [...found]
    },
  }
}
