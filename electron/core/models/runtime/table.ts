// The table that ships with Mindkeep: a row of small numbers for each piece of a word. A text is the sum of the rows of its
// pieces, made one long. It knows no order of words, and a thousand texts take it a tenth of a second.
import * as tokenizers from '@huggingface/tokenizers'
import { z } from 'zod'
import type { Embedder, ModelFiles } from './embedder.ts'
import { knowsWords, shareOfWholeWords } from './language.ts'
import { description } from './protocol.ts'
import { readTensors } from './safetensors.ts'

export const tableConfig = z.object({
  model_type: z.literal('mindkeep-table'),
  width: z.int().min(8).max(4096).multipleOf(8),
  pieces: z.int().min(1).max(1_000_000),
  alpha: z.number().min(0).max(1),
  floors: description.shape.floors,
  /** Of the words of a text in a language it knows, at least this share are one whole piece each. */
  wholeWords: z.number().min(0).max(1),
})

interface Tokenizer {
  readonly encode: (
    text: string,
    options: { readonly add_special_tokens: boolean },
  ) => { readonly ids: readonly number[]; readonly tokens: readonly string[] }
}
/** Its own types name their files without endings, which Node's way of finding them does not follow. */
const { Tokenizer } = tokenizers as unknown as {
  readonly Tokenizer: new (file: object, config: object) => Tokenizer
}

const tokenizerFile = z.looseObject({ model: z.looseObject({ type: z.literal('WordPiece') }) })

export async function loadTable(files: ModelFiles): Promise<Embedder> {
  const { width, pieces, alpha, floors, wholeWords } = tableConfig.parse(files.json('config.json'))
  const tokenizer = new Tokenizer(tokenizerFile.parse(files.json('tokenizer.json')), {})
  const tensors = readTensors(files.bytes('model.safetensors'))
  const rows = tensors.bytes('rows', 'I8', [pieces, width])
  const scale = tensors.floats('scale', [pieces])
  const centre = tensors.has('centre') ? tensors.floats('centre', [width]) : new Float32Array(width)

  const inPieces = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).tokens
  const embed = (text: string): Float32Array => {
    const sum = new Float32Array(width)
    for (const piece of tokenizer.encode(text, { add_special_tokens: false }).ids) {
      const by = scale[piece] ?? 0
      const from = piece * width
      for (let at = 0; at < width; at += 1) sum[at] = (sum[at] ?? 0) + by * (rows[from + at] ?? 0)
    }
    return sum
  }
  return {
    width,
    alpha,
    floors,
    centre,
    embed: async (texts) => texts.map(embed),
    knows: (text) => shareOfWholeWords(inPieces(text)) >= wholeWords,
    knowsWords: (text) => knowsWords(inPieces(text)),
  }
}
