// Writes with a model in the hub's layout: its own template makes a prompt of what was said, and text comes as it is made.
// The same words, seed and threads give the same text.
import type { Tensor } from '@huggingface/transformers'
import { AppError } from '../../../../shared/errors.ts'
import { type Library, sessionOptions } from './library.ts'
import { createSpelling } from './spelling.ts'
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
  /** With how many tokens there are by now. Resolves when it was taken; what it is answered shows in `goesOn`. */
  readonly text: (piece: string, tokens: number) => Promise<void>
  /** Asked after each token, and while it reads. */
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
  const { AutoTokenizer, AutoModelForCausalLM, DynamicCache, TextStreamer, random } = library
  const { InterruptableStoppingCriteria } = library
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
      const { input_ids: ids, attention_mask: mask }: Inputs = tokenizer(prompt, { add_special_tokens: false })
      const read = ids.dims.at(-1) ?? 0
      if (read >= room) throw new AppError('TOO_MUCH_TO_READ')
      const budget = Math.min(maxTokens, room - read)
      // Not in one go: what it says of each token would fill the memory, and nobody could stop it meanwhile.
      const past = new DynamicCache()
      for (let upTo = readAtOnce; upTo < read; upTo += readAtOnce) {
        const part = { input_ids: ids.slice(null, [0, upTo]), attention_mask: mask.slice(null, [0, upTo]) }
        await model.generate({ ...part, past_key_values: past, max_new_tokens: 1, do_sample: false })
        await text('', 0)
        if (!goesOn()) return { read: upTo, tokens: 0, ended: 'called-off' }
      }

      const stopping = new InterruptableStoppingCriteria()
      const spelling = createSpelling((made) => tokenizer.decode(made, spelled))
      let tokens = 0
      let last = -1
      let isPrompt = true
      // Its own way holds back what has no space in it, and much of the world is written without.
      const streamer = Object.assign(new TextStreamer(tokenizer), {
        put([made = []]: readonly (readonly bigint[])[]) {
          if (!isPrompt) {
            tokens += 1
            last = Number(made[0])
            void text(spelling.next(last), tokens)
            if (!goesOn()) stopping.interrupt()
          }
          isPrompt = false
        },
        end: () => void text(spelling.rest(), tokens),
      })
      chance.seed(seed)
      await model.generate({
        input_ids: ids,
        attention_mask: mask,
        past_key_values: past,
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

const spelled = { skip_special_tokens: true, clean_up_tokenization_spaces: false }
/** Tokens of a question. */
const readAtOnce = 256

/** What is needed of what a tokenizer makes of a text. */
interface Inputs {
  readonly input_ids: Tensor
  readonly attention_mask: Tensor
}

/** How much it can look at, in tokens: what it reads and what it writes together. */
function roomOf(config: object): number {
  const said: unknown = Reflect.get(config, 'max_position_embeddings')
  return typeof said === 'number' && said > 0 ? said : 2048
}
