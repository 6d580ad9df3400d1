// Speaks to a server byte by byte over a plain socket: no HTTP client that would tidy a request up before it is sent.
import { type Socket, connect } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

interface SendParts {
  readonly port: number
  readonly address?: string
  /** How many answers to wait for; the socket may also close first. */
  readonly want?: number
  /** Stop waiting after this long; then what came is all there is. */
  readonly patience?: number
  /** Close our side this long after sending; a server drops what it has not answered by then. */
  readonly finishAfter?: number
}

export type Bytes = string | Buffer

export function send(parts: SendParts, chunks: readonly Bytes[]): Promise<readonly Answer[]> {
  const { port, address = '127.0.0.1', want = 1, patience = 10_000, finishAfter } = parts
  return new Promise((resolve) => {
    const received: Buffer[] = []
    const socket = connect({ port, host: address, allowHalfOpen: true })
    const done = (): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(parseAnswers(Buffer.concat(received), { ended: true }))
    }
    const timer = setTimeout(done, patience)
    socket.on('data', (chunk) => {
      received.push(chunk)
      if (parseAnswers(Buffer.concat(received), { ended: false }).length >= want) done()
    })
    socket.once('end', done)
    // A reset after the answer is how a server ends a request whose rest it does not want.
    socket.once('error', done)
    socket.once('connect', () => {
      for (const chunk of chunks) socket.write(asBytes(chunk))
      if (finishAfter !== undefined) setTimeout(() => socket.end(), finishAfter)
    })
  })
}

/** A socket that stays open, for streams. */
export function openStream(
  port: number,
  request: Bytes,
): Promise<{ readonly socket: Socket; readonly text: () => string }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let text = ''
    socket.setEncoding('utf8')
    socket.once('error', reject)
    socket.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('\r\n\r\n')) resolve({ socket, text: () => text })
    })
    socket.once('connect', () => socket.write(asBytes(request)))
  })
}

/** Strings are bytes one to one, so that a table can hold any byte there is. */
const asBytes = (chunk: Bytes): Buffer => (typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk)

function parseAnswers(bytes: Buffer, { ended }: { readonly ended: boolean }): readonly Answer[] {
  const answers: Answer[] = []
  let rest = bytes
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) return answers
    const [first = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n')
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1])
    const headers = new Map(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const from = end + 4
    // An answer to HEAD announces a body and has none: nothing follows, or the next answer does.
    const bodiless = (ended && rest.length === from) || rest.subarray(from, from + 9).toString('latin1') === 'HTTP/1.1 '
    const length = bodiless ? 0 : Number(headers.get('content-length') ?? 0)
    if (rest.length < from + length) return answers
    answers.push({ status, headers, body: rest.subarray(from, from + length).toString('utf8') })
    rest = rest.subarray(from + length)
  }
}
