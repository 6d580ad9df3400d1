// Reads tensors from a safetensors file (https://github.com/huggingface/safetensors, "Format"): the length of a header, the
// header as JSON, and the numbers. Whatever does not fit together is refused.
import { z } from 'zod'

const longestHeader = 1_000_000
const bytesOf = { I8: 1, F32: 4 } as const

const header = z.record(
  z.string(),
  z.union([
    z.strictObject({
      dtype: z.enum(['I8', 'F32']),
      shape: z.array(z.int().nonnegative()).max(8),
      data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
    }),
    // `__metadata__`: words about the file.
    z.record(z.string(), z.string()),
  ]),
)

export interface Tensors {
  readonly has: (name: string) => boolean
  readonly bytes: (name: string, type: 'I8', shape: readonly number[]) => Int8Array
  readonly floats: (name: string, shape: readonly number[]) => Float32Array
}

export function readTensors(file: Uint8Array): Tensors {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const length = file.byteLength < 8 ? 0 : Number(view.getBigUint64(0, true))
  if (length === 0 || length > longestHeader || 8 + length > file.byteLength) throw new Error('not a safetensors file')
  const tensors = header.parse(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))))
  const data = file.subarray(8 + length)

  const find = (name: string, dtype: keyof typeof bytesOf, shape: readonly number[]): Uint8Array => {
    const tensor = tensors[name]
    const fits =
      tensor !== undefined &&
      'data_offsets' in tensor &&
      Array.isArray(tensor.data_offsets) &&
      tensor.dtype === dtype &&
      JSON.stringify(tensor.shape) === JSON.stringify(shape)
    if (!fits) throw new Error('a tensor is missing, or is not what it should be')
    const [from, to] = tensor.data_offsets as [number, number]
    const bytes = data.subarray(from, to)
    if (bytes.byteLength !== shape.reduce((product, size) => product * size, bytesOf[dtype]))
      throw new Error('a tensor is cut short')
    return bytes
  }
  return {
    has: (name) => name in tensors,
    bytes: (name, type, shape) => {
      const { buffer, byteOffset, byteLength } = find(name, type, shape)
      return new Int8Array(buffer, byteOffset, byteLength)
    },
    // Copied, since floats may lie only where four divides; a Buffer's own `slice` would not copy.
    floats: (name, shape) => new Float32Array(Uint8Array.from(find(name, 'F32', shape)).buffer),
  }
}
