// Writes with a model in the hub's layout: its own template makes a prompt of what was said, and text comes as it is made.
// The same words, seed and threads give the same text.
import { AppError } from '../../../../shared/errors.ts'
import { type Library, sessionOptions } from './library.ts'
import type { Dtype } from './weights.ts'

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface ToWrite {
  readonly messages: readonly Message[]
  readonly maxTokens: number
  /** Nothing is left to chance at zero. */
  readonly temperature: number
  readonly seed: number
}

export interface Hearing {
  /** With how many tokens there are by now. */
  readonly text: (piece: string, tokens: number) => void
  /** Asked after each token. */
  readonly goesOn: () => boolean
}

export interface WrittenHere {
  /** What was read before the first word could be written. */
  readonly read: number
  readonly tokens: number
  /** `stop`: the model came to its end by itself. */
  readonly ended: 'stop' | 'length' | 'called-off'
}

export interface Writer {
  readonly write: (asked: ToWrite, hearing: Hearing) => Promise<WrittenHere>
}

interface WriterParts {
  readonly folder: string
  readonly dtype: Dtype
  readonly threads: number
}

/** In signs, and generously: what is longer than this is too much without being taken apart. */
const longestToken = 32

export async function loadWriter(library: Library, { folder, dtype, threads }: WriterParts): Promise<Writer> {
  const { AutoTokenizer, AutoModelForCausalLM, InterruptableStoppingCriteria, TextStreamer, random } = library
  const tokenizer = await AutoTokenizer.from_pretrained(folder)
  const model = await AutoModelForCausalLM.from_pretrained(folder, {
    dtype,
    device: 'cpu',
    session_options: sessionOptions({ threads }),
  })
  // One without a template was not made to be talked to.
  if (!tokenizer.chat_template) throw new AppError('MODEL_UNUSABLE')
  const room = roomOf(model.config)
  const chance: { readonly seed: (seed: number) => void } = random
  const special = new Set(tokenizer.all_special_ids)

  return {
    async write({ messages, maxTokens, temperature, seed }, { text, goesOn }) {
      const length = messages.reduce((sum, { content }) => sum + content.length, 0)
      if (length > room * longestToken) throw new AppError('TOO_MUCH_TO_READ')
      const prompt = tokenizer.apply_chat_template([...messages], {
        tokenize: false,
        add_generation_prompt: true,
      })
      const inputs: Inputs = tokenizer(prompt, { add_special_tokens: false })
      const read = inputs.input_ids.dims.at(-1) ?? 0
      if (read >= room) throw new AppError('TOO_MUCH_TO_READ')
      const budget = Math.min(maxTokens, room - read)
      const stopping = new InterruptableStoppingCriteria()
      let tokens = 0
      let last = 0
      const streamer = new TextStreamer(tokenizer, {
        skip_prompt: true,
        callback_function: (piece: string) => text(piece, tokens),
        token_callback_function(made: readonly bigint[]) {
          tokens += made.length
          last = Number(made.at(-1))
          if (!goesOn()) stopping.interrupt()
        },
      })
      chance.seed(seed)
      await model.generate({
        ...inputs,
        max_new_tokens: budget,
        do_sample: temperature > 0,
        temperature: temperature > 0 ? temperature : 1,
        streamer,
        stopping_criteria: stopping,
      })
      const isAtItsEnd = special.has(last)
      if (!isAtItsEnd && stopping.interrupted) return { read, tokens, ended: 'called-off' }
      return { read, tokens, ended: isAtItsEnd ? 'stop' : 'length' }
    },
  }
}

/** What is needed of what a tokenizer makes of a text. */
interface Inputs extends Record<string, unknown> {
  readonly input_ids: { readonly dims: readonly number[] }
}

/** How much it can look at, in tokens: what it reads and what it writes together. */
function roomOf(config: object): number {
  const said: unknown = Reflect.get(config, 'max_position_embeddings')
  return typeof said === 'number' && said > 0 ? said : 2048
}
