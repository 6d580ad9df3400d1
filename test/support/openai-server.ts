// A server of models on this computer, asked the way that OpenAI's are, that streams what it was told to write: word by word,
// in pieces that end in the middle of lines and of letters. It can also behave as badly as others do.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Manners =
  | 'honest'
  /** Writes on, however much it may. */
  | 'never ends'
  | 'stays when it is done'
  | 'says nothing'
  | 'keeps the line open'
  | 'stops in the middle'
  | 'sends half and leaves'
  | 'talks nonsense'
  | 'sends one line that does not end'
  | 'sends a page'
  | 'refuses'
  | 'says that it failed'

export interface OpenAiServer {
  readonly port: number
  readonly base: string
  readonly asked: { readonly path: string; readonly body: unknown }[]
  /** Connections that are open at this moment. */
  readonly open: () => Promise<number>
  readonly stop: () => Promise<void>
}

interface Playing {
  readonly text?: string
  readonly manners?: Manners
  readonly models?: unknown
}

const anyBody = async (request: IncomingMessage): Promise<unknown> => {
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString('utf8')
  return body === '' ? undefined : JSON.parse(body)
}

export async function startOpenAiServer({
  text = 'Grüße vom Server, in ein paar Wörtern.',
  manners = 'honest',
  models = ['small:1b', 'large:7b'].map((id) => ({ id, object: 'model', owned_by: 'tests' })),
}: Playing = {}): Promise<OpenAiServer> {
  const asked: { path: string; body: unknown }[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = await anyBody(request)
      asked.push({ path: request.url ?? '', body })
      if (manners === 'says nothing') return
      if (request.url === '/v1/models') listModels(response, models)
      else await write(response, { text, manners, budget: budgetOf(body) })
    })()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    port,
    base: `http://127.0.0.1:${port}`,
    asked,
    open: () => new Promise((resolve) => server.getConnections((_, count) => resolve(count))),
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const budgetOf = (body: unknown): number =>
  typeof body === 'object' && body !== null && 'max_tokens' in body ? Number(body.max_tokens) : 1000

function listModels(response: ServerResponse, data: unknown): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ object: 'list', data }))
}

const event = (said: unknown): string => `data: ${JSON.stringify(said)}\n\n`
const piece = (content: string): string => event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })

async function write(
  response: ServerResponse,
  { text, manners, budget }: Required<Omit<Playing, 'models'>> & { readonly budget: number },
): Promise<void> {
  if (manners === 'refuses') {
    response.writeHead(404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'no such model' } }))
    return
  }
  if (manners === 'sends a page') {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Welcome</title>')
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  if (manners === 'talks nonsense') return void response.end('data: {"choices": "none"}\n\n')
  if (manners === 'sends one line that does not end') {
    response.write('data: ')
    while (!response.destroyed) await sent(response, 'x'.repeat(65_536))
    return
  }
  if (manners === 'keeps the line open') {
    while (!response.destroyed) await sent(response, ': still here\n\n')
    return
  }
  response.write(event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }))
  const words = text.split(/(?<= )/)
  const chosen = manners === 'never ends' ? endlessly(words) : words.slice(0, budget)
  let count = 0
  for (const word of chosen) {
    if (response.destroyed) return
    count += 1
    await inPieces(response, piece(word))
    if (count < 2) continue
    if (manners === 'stops in the middle') return
    if (manners === 'sends half and leaves') return void response.socket?.destroy()
    if (manners === 'says that it failed') return void response.end(event({ error: { message: 'out of memory' } }))
  }
  const reason = words.length > budget ? 'length' : 'stop'
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }))
  response.write(event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: count, total_tokens: count + 9 } }))
  response.write('data: [DONE]\n\n')
  if (manners !== 'stays when it is done') response.end()
}

function* endlessly(words: readonly string[]): Generator<string, never> {
  for (;;) yield* words
}

async function inPieces(response: ServerResponse, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 11) await sent(response, bytes.subarray(at, at + 11))
}

/** Let go of the line in between, so that pieces arrive as pieces. */
const sent = (response: ServerResponse, bytes: string | Uint8Array): Promise<void> =>
  new Promise((done) => {
    if (response.destroyed) done()
    else response.write(bytes, () => setImmediate(done))
  })
