// Another program on this computer that has models, and is asked the way that OpenAI's are: Ollama, llama.cpp, LM Studio. It
// is believed as little as a file: what it sends is read through schemas, and bounded in size and in time.
import { z } from 'zod'
import { isLocalServer } from '../../../../shared/api/writing.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Network } from '../../network/network.ts'
import type { Clock } from '../../ports.ts'
import type { Generator, ToWrite, Written } from './generator.ts'
import { eventsIn } from './sse.ts'
import { createStops } from './stops.ts'
import { timed } from './timed.ts'

type Ask = Network['ask']

interface ServerParts {
  readonly ask: Ask
  readonly clock: Clock
  /** Of the server, without the path of its version. */
  readonly base: string
  readonly model: string
}

/** A large model may have to be loaded first. */
const patienceMs = 300_000
const listingMs = 3000
/** For the connection to end when everything was said. */
const partingMs = 1000
const longestList = 1024 * 1024
/** What one token may come to with all that is said around it. */
const bytesForToken = 4096
const longestName = 200
const mostModels = 200

const models = z.object({ data: z.array(z.object({ id: z.string().min(1) })) })

const chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
  usage: z.object({ completion_tokens: z.int().nonnegative() }).nullish(),
  error: z.unknown().optional(),
})

/** Which of the two it is decides where it may lead: here, or to a host that the person has allowed. */
const reasonFor = (base: string) => (isLocalServer(base) ? 'local-server' : 'remote-model')

/** Which models a server says it has. */
export async function modelsAt(ask: Ask, base: string, signal?: AbortSignal): Promise<readonly string[]> {
  const { status, body, close } = await ask({
    reason: reasonFor(base),
    url: `${base}/v1/models`,
    most: longestList,
    quietMs: listingMs,
    ...(signal === undefined ? {} : { signal }),
  })
  try {
    if (status !== 200) throw new AppError('NOT_A_MODEL_SERVER')
    const said = models.safeParse(parsed(Buffer.concat(await Array.fromAsync(body)).toString('utf8')))
    if (!said.success) throw new AppError('NOT_A_MODEL_SERVER')
    const names = said.data.data.map(({ id }) => id).filter((name) => name.length <= longestName)
    return [...new Set(names)].slice(0, mostModels)
  } finally {
    close()
  }
}

export function createServerWriter({ ask, clock, base, model }: ServerParts): Generator {
  return {
    async write(asked, { onText, signal }) {
      const { hear, told } = timed(clock, onText)
      const isCancelled = () => signal?.aborted === true
      const silence = new AbortController()
      let tokens = 0
      try {
        const { status, headers, body, close } = await ask({
          reason: reasonFor(base),
          url: `${base}/v1/chat/completions`,
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
          body: JSON.stringify(requestOf(asked, model)),
          most: 64 * 1024 + asked.maxTokens * bytesForToken,
          quietMs: patienceMs,
          ...(asked.items === undefined ? {} : { items: asked.items }),
          signal: signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]),
        })
        try {
          if (status !== 200) throw new AppError('MODEL_SERVER_REFUSED', { status })
          if (headers['content-type']?.startsWith('text/event-stream') !== true) throw notAServer()
          const stops = createStops(asked.stop ?? [])
          const count = () => (tokens += 1)
          const ended = await listen({ clock, body, close, asked, silence, stops, hear, count })
          await hear(stops.rest())
          return told({ tokens: ended.tokens ?? tokens, ended: ended.how })
        } finally {
          close()
        }
      } catch (error) {
        if (isCancelled()) return told({ tokens, ended: 'cancelled' })
        if (silence.signal.aborted) throw new AppError('HOST_SILENT', {}, { cause: error })
        throw error
      }
    },
  }
}

const requestOf = ({ messages, maxTokens, temperature, seed, stop = [] }: ToWrite, model: string) => ({
  model,
  messages,
  max_tokens: maxTokens,
  temperature,
  seed,
  ...(stop.length === 0 ? {} : { stop }),
  stream: true,
  stream_options: { include_usage: true },
})

interface Listening {
  readonly clock: Clock
  readonly body: AsyncIterable<Uint8Array>
  readonly close: () => void
  readonly asked: ToWrite
  readonly silence: AbortController
  readonly stops: ReturnType<typeof createStops>
  readonly hear: (text: string) => Promise<void>
  readonly count: () => number
}

interface Ended {
  readonly how: Written['ended']
  /** As the server counted them. */
  readonly tokens?: number | undefined
}

/** Until it says that it is done, has written enough, or comes to a word that it should end at. */
async function listen({ clock, body, close, asked, silence, stops, hear, count }: Listening): Promise<Ended> {
  let how: Written['ended'] | undefined
  let tokens: number | undefined
  let isDone = false
  let cancel = () => {}
  // What only keeps a connection open says nothing.
  const wait = () => {
    cancel()
    cancel = isDone ? clock.after(partingMs, close) : clock.after(patienceMs, () => silence.abort())
  }
  wait()
  try {
    for await (const data of eventsIn(body, notAServer)) {
      if (isDone) continue
      isDone = data === '[DONE]'
      if (isDone) {
        wait()
        continue
      }
      const said = chunk.safeParse(parsed(data))
      if (!said.success) throw notAServer()
      const { choices: [choice] = [], usage, error } = said.data
      if (error !== undefined && error !== null) throw new AppError('MODEL_SERVER_REFUSED')
      tokens = usage?.completion_tokens ?? tokens
      if (choice === undefined) continue
      wait()
      if (typeof choice.finish_reason === 'string') how = choice.finish_reason === 'length' ? 'length' : 'stop'
      const content = choice.delta?.content
      // What it thinks to itself counts as well, and is not what it says.
      if (how === undefined && content !== '' && count() > asked.maxTokens) return { how: 'length' }
      if (typeof content !== 'string') continue
      cancel()
      await hear(stops.next(content))
      if (stops.found()) return { how: 'stop' }
      wait()
    }
  } catch (error) {
    // All of it is here, however they part.
    if (!isDone) throw error
  } finally {
    cancel()
  }
  // It is over, and nobody has said so: what has come may be half of it.
  if (how === undefined && !isDone) throw new AppError('CONNECTION_LOST')
  return { how: how ?? 'stop', tokens }
}

const notAServer = () => new AppError('NOT_A_MODEL_SERVER')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Read through a schema next, which wants more than nothing.
    return undefined
  }
}
