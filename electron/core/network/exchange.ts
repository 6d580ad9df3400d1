// One question over one connection, and the answer as it comes. It keeps no cookies, follows nothing, and says of Mindkeep
// no more than its name.
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as ask } from 'node:http'
import { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../ports.ts'
import type { Destination } from './allowed.ts'
import { type Connection, connect } from './connecting.ts'
import type { Departures, Underway } from './departures.ts'
import type { Outside } from './outside.ts'
import type { Asked } from './network.ts'

/** Without a byte, before the answer begins and in the middle of it. */
export const quietMs = 60_000
/** Largest head of an answer; it is held in memory whole. */
const longestHead = 32 * 1024

interface ExchangeParts {
  readonly clock: Clock
  readonly outside: Outside
  readonly departures: Departures
}

export interface Exchange {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
  /** What has not come by now is not wanted. */
  readonly close: () => void
}

export async function exchange(
  parts: ExchangeParts,
  asked: Asked,
  destination: Destination,
  abort: AbortController,
): Promise<Exchange> {
  const { host, here } = destination
  const { signal } = abort
  const underway = parts.departures.add({ host, here, reason: asked.reason, items: asked.items ?? [] })
  let connection: Connection | undefined
  const traffic = () => ({ sent: connection?.wire.bytesWritten ?? 0, received: connection?.wire.bytesRead ?? 0 })
  let isOver = false
  const end = (how: Parameters<Underway['end']>[0]) => {
    if (isOver) return
    isOver = true
    signal.removeEventListener('abort', callOff)
    const gone = traffic()
    connection?.stream.destroy()
    underway.end(how, gone)
  }
  // In the same moment, so that a lock that calls it off still finds it written down.
  const callOff = () => end('stopped')
  signal.addEventListener('abort', callOff)
  try {
    connection = await connect({ ...parts, signal }, destination)
    if (signal.aborted) connection.stream.destroy()
    signal.throwIfAborted()
    const response = await answerOf(parts, asked, destination, connection, signal)
    const left = lengthOf(response.headers)
    if (left !== undefined && left > asked.most) throw new AppError('ANSWER_TOO_LARGE', { host })
    return {
      status: response.statusCode ?? 0,
      headers: flat(response.headers),
      body: bytesOf({ ...parts, asked, host, response, signal, end, count: () => underway.count(traffic()) }),
      close: () => end(response.complete ? 'done' : 'stopped'),
    }
  } catch (error) {
    end(connection === undefined ? 'unreached' : 'failed')
    signal.throwIfAborted()
    throw error
  }
}

function answerOf(
  { clock }: ExchangeParts,
  { method = 'GET', headers = {}, body, quietMs: patience = quietMs }: Asked,
  { url, host }: Destination,
  { stream }: Connection,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const request: ClientRequest = ask({
      createConnection: () => stream,
      method,
      host,
      path: `${url.pathname}${url.search}`,
      maxHeaderSize: longestHead,
      setDefaultHeaders: false,
      headers: {
        ...headers,
        ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
        host,
        'user-agent': 'Mindkeep',
        // Of a file that was packed on its way, neither the length nor a part is what was asked for.
        'accept-encoding': 'identity',
        connection: 'close',
      },
    })
    const cancel = clock.after(patience, () => request.destroy(new AppError('HOST_SILENT', { host })))
    request.on('response', (response) => {
      cancel()
      resolve(response)
    })
    request.on('error', (error) => {
      cancel()
      const lost = () => new AppError('CONNECTION_LOST', { host }, { cause: error })
      reject(signal.aborted ? (signal.reason as Error) : error instanceof AppError ? error : lost())
    })
    request.end(bytes)
  })
}

interface Body extends ExchangeParts {
  readonly asked: Asked
  readonly host: string
  readonly response: IncomingMessage
  readonly signal: AbortSignal
  readonly end: (how: 'done' | 'stopped' | 'failed') => void
  readonly count: () => void
}

/** Whoever takes its time is not to blame for the silence: the host is timed only while it is waited for. */
async function* bytesOf({ clock, asked, host, response, signal, end, count }: Body): AsyncGenerator<Uint8Array, void> {
  const pieces = response[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, void>
  const silent = () => response.destroy(new AppError('HOST_SILENT', { host }))
  let came = 0
  try {
    for (;;) {
      const cancel = clock.after(asked.quietMs ?? quietMs, silent)
      const next = await pieces.next().finally(cancel)
      if (next.done === true) break
      came += next.value.length
      if (came > asked.most) throw new AppError('ANSWER_TOO_LARGE', { host })
      count()
      yield next.value
    }
    end('done')
  } catch (error) {
    end('failed')
    signal.throwIfAborted()
    throw error instanceof AppError ? error : new AppError('CONNECTION_LOST', { host }, { cause: error })
  } finally {
    // Left in the middle by whoever asked.
    end('stopped')
  }
}

function lengthOf({ 'content-length': length }: IncomingHttpHeaders): number | undefined {
  return length === undefined ? undefined : Number(length)
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
