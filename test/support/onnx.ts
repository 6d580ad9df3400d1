// Models that do harm, byte by byte: an ONNX file is a protocol buffer, and of that no more is written here than a graph of
// constants and nodes needs. What makes honest models is in resources/models/train.

type Field = Uint8Array

function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  for (let left = BigInt.asUintN(64, value); ; left >>= 7n) {
    const low = Number(left & 127n)
    if (left < 128n) return Uint8Array.from([...bytes, low])
    bytes.push(low | 128)
  }
}

const number = (field: number, value: number | bigint): Field =>
  Buffer.concat([varint(BigInt(field << 3)), varint(BigInt(value))])

function block(field: number, content: string | Uint8Array | readonly Field[]): Field {
  const bytes =
    typeof content === 'string'
      ? Buffer.from(content)
      : content instanceof Uint8Array
        ? content
        : Buffer.concat(content)
  return Buffer.concat([varint(BigInt((field << 3) | 2)), varint(BigInt(bytes.length)), bytes])
}

const float = 1
const int64 = 7

export function constant(name: string, values: readonly bigint[]): Field {
  return block(5, [
    number(1, values.length),
    number(2, int64),
    block(8, name),
    block(9, new Uint8Array(BigInt64Array.from(values).buffer)),
  ])
}

/** Four numbers that lie in another file. */
export function lyingIn(name: string, location: string): Field {
  const entry = (key: string, value: string) => block(13, [block(1, key), block(2, value)])
  const where = [entry('location', location), entry('offset', '0'), entry('length', '16')]
  return block(5, [number(1, 4), number(2, float), block(8, name), ...where, number(14, 1)])
}

export const node = (kind: string, inputs: readonly string[], output: string, ...attributes: readonly Field[]): Field =>
  block(1, [...inputs.map((name) => block(1, name)), block(2, output), block(4, kind), ...attributes])

const intAttribute = (name: string, value: number): Field => block(5, [block(1, name), number(3, value), number(20, 2)])

export const toFloat = (from: string, output: string): Field => node('Cast', [from], output, intAttribute('to', float))

/** Takes what a writing model takes of text, and gives `logits`. */
export function onnx(...graph: readonly Field[]): Uint8Array {
  const value = (name: string, type: number) => [block(1, name), block(2, [block(1, [number(1, type)])])]
  const made = [...graph, block(2, 'graph'), block(11, value('input_ids', int64)), block(12, value('logits', float))]
  return Buffer.concat([number(1, 8), block(7, made), block(8, [number(2, 14)])])
}
