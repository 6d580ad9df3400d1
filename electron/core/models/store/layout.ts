// Whether a folder holds a model that can be run here and that brings nothing with it that should not come: the layout that
// the hub and transformers.js use, weights as ONNX and nothing that is a program, and no way out of the folder.
import { lstatSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type ModelFault, type ModelTask, modelPath } from '../../../../shared/api/models.ts'
import { AppError } from '../../../../shared/errors.ts'
import { findWeights } from '../transformers/weights.ts'
import { NotOnnx, placesOutside } from './onnx.ts'

const mostFiles = 500
const deepest = 3
const longestConfig = 1024 * 1024
/** Python runs whatever stands in one of these when it opens it. */
const pickles = /\.(?:bin|pt|pth|pkl|pickle|ckpt|joblib|msgpack|h5|npy|npz)$/i
const needed = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const
const wished = [
  'generation_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'chat_template.jinja',
  'quantize_config.json',
  'modules.json',
  'sentence_bert_config.json',
  '1_Pooling/config.json',
  'README.md',
  'LICENSE',
  'LICENSE.txt',
  'LICENSE.md',
]

/** What reads texts and says what they mean. */
const understanding = new Set([
  'albert',
  'bert',
  'camembert',
  'deberta',
  'deberta-v2',
  'distilbert',
  'electra',
  'modernbert',
  'mpnet',
  'new',
  'nomic_bert',
  'roberta',
  'xlm-roberta',
])

const config = z.object({ model_type: z.string(), architectures: z.array(z.string()).optional() })

export interface Layout {
  readonly task: ModelTask
  /** What is needed to run it, and what says of it what it is; nothing else of the folder. */
  readonly files: readonly string[]
}

export function refused(reason: ModelFault, file?: string): AppError {
  return new AppError('MODEL_REFUSED', { reason, ...(file === undefined ? {} : { file }) })
}

export function layoutOf(folder: string): Layout {
  const files = filesIn(folder)
  const pickle = files.find((path) => pickles.test(path))
  if (pickle !== undefined) throw refused('pickle', pickle)
  const names = new Set(files)
  if (!files.some((path) => path.endsWith('.onnx'))) {
    throw refused(files.some((path) => path.endsWith('.safetensors')) ? 'only-safetensors' : 'no-weights')
  }
  const missing = needed.find((path) => !names.has(path))
  if (missing !== undefined) throw refused(missing === 'config.json' ? 'no-config' : 'no-tokenizer', missing)
  const task = taskOf(folder)
  const weights = findWeights(folder)
  if (weights === undefined) throw refused('no-weights')
  const main = `onnx/${weights.file}`
  const data = dataOf(folder, main, names)
  return { task, files: [...needed, ...wished.filter((path) => names.has(path)), main, ...data] }
}

/** What lies beside it because one file cannot hold it: in the same folder, under a plain name, and there. */
function dataOf(folder: string, main: string, names: ReadonlySet<string>): readonly string[] {
  try {
    return placesOutside(join(folder, main)).map((place) => {
      const path = `onnx/${place}`
      if (/[/\\:]/.test(place) || !modelPath.safeParse(path).success || !names.has(path)) throw refused('outside', main)
      return path
    })
  } catch (error) {
    if (error instanceof NotOnnx) throw refused('damaged', main)
    throw error
  }
}

function taskOf(folder: string): ModelTask {
  const path = join(folder, 'config.json')
  if (lstatSync(path).size > longestConfig) throw refused('damaged', 'config.json')
  const said = config.safeParse(parsed(readFileSync(path, 'utf8')))
  if (!said.success) throw refused('damaged', 'config.json')
  const { model_type: type, architectures = [] } = said.data
  if (architectures.some((name) => name.endsWith('ForCausalLM'))) return 'writing'
  const answers = architectures.some((name) => !/(?:Model|ForMaskedLM|ForPreTraining)$/.test(name))
  if (!understanding.has(type) || answers) throw refused('wrong-task', 'config.json')
  return 'understanding'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Said by the shape that it has not.
    return undefined
  }
}

/** Every file below the folder. A link of either kind may lead anywhere, or change under us, and is none of a model's. */
function filesIn(folder: string): readonly string[] {
  const found: string[] = []
  const look = (below: string, depth: number): void => {
    for (const name of readdirSync(join(folder, below)).toSorted()) {
      const path = below === '' ? name : `${below}/${name}`
      const is = lstatSync(join(folder, path))
      if (is.isDirectory()) {
        // What git keeps beside a model is none of it.
        if (name !== '.git' && name !== '.cache' && depth < deepest) look(path, depth + 1)
        continue
      }
      if (!is.isFile() || is.nlink > 1) throw refused('link', path)
      found.push(path)
      if (found.length > mostFiles) throw refused('too-many-files')
    }
  }
  look('', 0)
  return found
}
