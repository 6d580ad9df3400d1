// A model in the hub's layout that understands: a transformer, run by transformers.js.
import { z } from 'zod'
import { AppError } from '../../../../shared/errors.ts'
import { type Embedding, loadEmbedding } from '../transformers/embedding.ts'
import { openLibrary } from '../transformers/library.ts'
import { threadsHere } from '../transformers/threads.ts'
import { findWeights } from '../transformers/weights.ts'
import type { Embedder, ModelFiles } from './embedder.ts'
import { knowsWords, shareOfWholeWords } from './language.ts'

/** What of a score is the meaning's; such models weigh more than a table does. */
const alpha = 0.5
/** As of the shipped table, whose pieces are of the same making. */
const wholeWords = 0.5
/** With fewer pieces than this, words of every language fall apart. */
const enoughPieces = 20_000

const tokenizerFile = z.looseObject({
  model: z.looseObject({ type: z.string(), vocab: z.union([z.record(z.string(), z.number()), z.array(z.unknown())]) }),
})

export async function loadTransformer(folder: string, files: ModelFiles): Promise<Embedder> {
  const weights = findWeights(folder)
  if (weights === undefined) throw new AppError('MODEL_UNUSABLE')
  const library = await openLibrary()
  const embedding = await loaded(async () => {
    for (const name of ['config.json', 'tokenizer_config.json', `onnx/${weights.file}`]) files.bytes(name)
    return await loadEmbedding(library, { folder, dtype: weights.dtype, threads: threadsHere() })
  })
  // Vectors are kept with a bit for each number.
  if (embedding.width === 0 || embedding.width % 8 !== 0) throw new AppError('MODEL_UNUSABLE')
  const { type, vocab } = tokenizerFile.parse(files.json('tokenizer.json')).model
  const tellsLanguages = type === 'WordPiece' && Object.keys(vocab).length >= enoughPieces
  const knows = (text: string) => !tellsLanguages || shareOfWholeWords(embedding.pieces(text)) >= wholeWords
  const { width, centre, noise, embed, pieces } = embedding
  const words = { knows, knowsWords: (text: string) => !tellsLanguages || knowsWords(pieces(text)) }
  return { width, centre, embed, floors: [noise], alpha, ...words }
}

/** Whatever is thrown over a foreign file, it is the file. */
async function loaded(load: () => Promise<Embedding>): Promise<Embedding> {
  try {
    return await load()
  } catch (error) {
    throw new AppError('MODEL_UNUSABLE', {}, { cause: error })
  }
}
