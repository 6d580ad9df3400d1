// Turns texts into vectors with a model in the hub's layout: what it says of each piece is brought together as the folder says,
// as the mean of all where it says nothing. What such a model knows of nearness is measured on texts of ours: nobody has
// written down for it where noise ends.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../../shared/errors.ts'
import { type Library, sessionOptions } from './library.ts'
import { questions, statements } from './unrelated.ts'
import type { Dtype } from './weights.ts'

export interface Embedding {
  readonly width: number
  /** Among so many texts, above which cosine one is near by more than chance. */
  readonly noise: readonly [texts: number, cosine: number]
  /** What all its vectors share. */
  readonly centre: Float32Array
  readonly embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>
  /** The pieces that it takes a text for. */
  readonly pieces: (text: string) => readonly string[]
}

interface EmbeddingParts {
  readonly folder: string
  readonly dtype: Dtype
  readonly threads: number
}

/** More at once is slower on a processor: all are as long as the longest. */
const atOnce = 8
/** No model looks at more than a part of this. */
const longestText = 16_384

const poolingFile = z.looseObject({ pooling_mode_cls_token: z.boolean().optional() })

export async function loadEmbedding(library: Library, { folder, dtype, threads }: EmbeddingParts): Promise<Embedding> {
  const tokenizer = await library.AutoTokenizer.from_pretrained(folder)
  const model = await library.AutoModel.from_pretrained(folder, {
    dtype,
    device: 'cpu',
    session_options: sessionOptions({ threads }),
  })
  insistOnUnderstanding(model.sessions)
  const pool = poolingOf(folder) === 'cls' ? first : mean
  const embed = async (texts: readonly string[]): Promise<Float32Array[]> => {
    const vectors: Float32Array[] = texts.map(() => new Float32Array())
    // Those of one length together: the others would be filled up with nothing, and nothing takes as long.
    const order = texts.map((_, at) => at).toSorted((a, b) => lengthOf(texts[a]) - lengthOf(texts[b]))
    for (let from = 0; from < order.length; from += atOnce) {
      const some = order.slice(from, from + atOnce)
      const cut = some.map((at) => (texts[at] ?? '').slice(0, longestText))
      const inputs: Inputs = tokenizer(cut, { padding: true, truncation: true })
      const { last_hidden_state: last, token_embeddings: embeddings } = outputs.parse(await model(inputs))
      const said = last ?? embeddings
      if (said === undefined) throw new AppError('MODEL_UNUSABLE')
      for (const [row, at] of some.entries()) vectors[at] = oneLong(pool(said, inputs.attention_mask.data, row))
    }
    return vectors
  }
  const [asked, said] = [await embed(questions), await embed(statements)]
  const width = asked[0]?.length ?? 0
  return {
    width,
    noise: noise(asked, said),
    centre: meanOf([...asked, ...said], width),
    embed,
    pieces: (text) => tokenizer.tokenize(text),
  }
}

const anySessions = z.object({ model: z.object({ outputNames: z.array(z.string()) }) })
const understands: ReadonlySet<string> = new Set(['last_hidden_state', 'token_embeddings', 'sentence_embedding'])

/** What one that writes says of each piece is which comes next, and would be taken for its meaning. */
function insistOnUnderstanding(sessions: unknown): void {
  const { outputNames } = anySessions.parse(sessions).model
  if (!outputNames.some((name) => understands.has(name))) throw new AppError('MODEL_UNUSABLE')
}

/** What is needed of what a tokenizer makes of texts. */
interface Inputs {
  readonly attention_mask: { readonly data: ArrayLike<unknown> }
}

/** By text, by piece, by number. */
const numbers = z.object({ dims: z.tuple([z.int(), z.int(), z.int()]), data: z.instanceof(Float32Array) })
type Numbers = z.infer<typeof numbers>
const outputs = z.object({ last_hidden_state: numbers.optional(), token_embeddings: numbers.optional() })

type Pool = (said: Numbers, mask: ArrayLike<unknown>, row: number) => Float32Array

const first: Pool = ({ dims: [, length, width], data }, _, row) =>
  data.slice(row * length * width, row * length * width + width)

/** Of the pieces that are no filling. Most of what is done here besides the model itself, so that it is done plainly. */
const mean: Pool = ({ dims: [, length, width], data }, mask, row) => {
  const sum = new Float32Array(width)
  for (let piece = 0; piece < length; piece += 1) {
    if (Number(mask[row * length + piece]) === 0) continue
    const from = (row * length + piece) * width
    for (let at = 0; at < width; at += 1) sum[at] = (sum[at] ?? 0) + (data[from + at] ?? 0)
  }
  return sum
}

function oneLong(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  return length === 0 ? vector : vector.map((number) => number / length)
}

const lengthOf = (text: string | undefined): number => Math.min(text?.length ?? 0, longestText)

function poolingOf(folder: string): 'cls' | 'mean' {
  const file = join(folder, '1_Pooling', 'config.json')
  if (!existsSync(file)) return 'mean'
  return poolingFile.parse(JSON.parse(readFileSync(file, 'utf8'))).pooling_mode_cls_token === true ? 'cls' : 'mean'
}

/** Of twenty questions, one finds something among them that is nearer than this, though nothing answers it. */
function noise(asked: readonly Float32Array[], said: readonly Float32Array[]): Embedding['noise'] {
  const nearest = asked.map((one) => Math.max(...said.map((other) => dot(one, other)))).toSorted((a, b) => b - a)
  return [said.length, nearest[Math.floor(nearest.length / 20)] ?? 1]
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (const [at, number] of a.entries()) sum += number * (b[at] ?? 0)
  return sum
}

function meanOf(vectors: readonly Float32Array[], width: number): Float32Array {
  const mean = new Float32Array(width)
  for (const vector of vectors) for (const [at, number] of vector.entries()) mean[at] = (mean[at] ?? 0) + number
  return mean.map((sum) => sum / vectors.length)
}
