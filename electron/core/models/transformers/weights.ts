// Which of the files in a model's `onnx` folder is run, where there are several: the hub keeps one for each way to shorten
// numbers, and tells them apart by the end of their name.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The best first: eight bits lose next to nothing and are the fastest on a processor. */
const dtypes = ['q8', 'int8', 'uint8', 'q4', 'fp32', 'q4f16', 'fp16'] as const
export type Dtype = (typeof dtypes)[number]

const suffixes: Readonly<Record<Dtype, string>> = {
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  fp32: '',
  q4f16: '_q4f16',
  fp16: '_fp16',
}

export interface Weights {
  /** Its name in that folder. */
  readonly file: string
  readonly dtype: Dtype
  /** Of what is loaded, with what lies beside it because one file cannot hold it. */
  readonly bytes: number
}

export function findWeights(folder: string): Weights | undefined {
  const names = namesIn(join(folder, 'onnx'))
  for (const dtype of dtypes) {
    const name = `model${suffixes[dtype]}.onnx`
    if (!names.includes(name)) continue
    const parts = names.filter((one) => one === name || one.startsWith(`${name}_data`))
    return { file: name, dtype, bytes: parts.reduce((sum, one) => sum + statSync(join(folder, 'onnx', one)).size, 0) }
  }
  return undefined
}

/** The program itself and what it is at; weights lie in memory twice while they are put in order. */
export const memoryFor = ({ bytes }: Pick<Weights, 'bytes'>): number => 1024 + Math.ceil((bytes / 1024 / 1024) * 2.5)

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // There is none: it is no model in this layout.
    return []
  }
}
