// One connection to one destination. It goes to an address that we have seen, straight, whatever the environment says of
// proxies, and to the outside only under a certificate of the host's own name.
import { type Socket, connect as connectTo } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as secure, rootCertificates } from 'node:tls'
import { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../ports.ts'
import { type Destination, addressesHere, isHere } from './allowed.ts'
import type { Outside, Place } from './outside.ts'

/** For one address to take us in; of a host that has several, each gets as long. */
const connectMs = 10_000

interface ConnectParts {
  readonly clock: Clock
  readonly outside: Outside
  readonly signal: AbortSignal
}

export interface Connection {
  readonly stream: Duplex
  /** Beneath it, where every byte that goes over the wire is counted. */
  readonly wire: Socket
}

export async function connect(parts: ConnectParts, destination: Destination): Promise<Connection> {
  const { name, port, here } = destination
  const places = here
    ? addressesHere(name).map((address) => ({ address, port }))
    : await orAborted(parts.outside.find(name, port), parts.signal)
  let failure: unknown
  for (const place of places) {
    const wire = await dial(parts, destination, place).catch((error: unknown) => {
      failure ??= error
      return undefined
    })
    if (parts.signal.aborted) wire?.destroy()
    parts.signal.throwIfAborted()
    if (wire === undefined) continue
    if (here && !isHere(wire.remoteAddress)) {
      wire.destroy()
      throw new AppError('HOST_NOT_ALLOWED', { host: destination.host })
    }
    return here ? { stream: wire, wire } : { stream: await encrypt(parts, destination, wire), wire }
  }
  if (failure instanceof AppError) throw failure
  throw new AppError('HOST_UNREACHABLE', { host: destination.host }, { cause: failure })
}

function dial(parts: ConnectParts, { host }: Destination, { address, port }: Place): Promise<Socket> {
  const wire = connectTo({ host: address, port, autoSelectFamily: false, noDelay: true })
  return ready(parts, { stream: wire, event: 'connect', late: new AppError('HOST_SILENT', { host }) })
}

function encrypt(parts: ConnectParts, { name, host }: Destination, wire: Socket): Promise<Duplex> {
  const { trusted } = parts.outside
  // What breaks beneath is heard above; without a listener it would end the process.
  wire.on('error', () => undefined)
  const stream = secure({
    socket: wire,
    servername: name,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // Said here, so that no variable of the environment says otherwise.
    rejectUnauthorized: true,
    ...(trusted === undefined ? {} : { ca: [...rootCertificates, trusted] }),
  })
  return ready(parts, { stream, event: 'secureConnect', late: new AppError('HOST_SILENT', { host }) }).catch(
    (error: unknown) => {
      wire.destroy()
      parts.signal.throwIfAborted()
      if (error instanceof AppError) throw error
      throw new AppError('HOST_NOT_PROVEN', { host }, { cause: error })
    },
  )
}

interface Awaited<S> {
  readonly stream: S
  readonly event: string
  readonly late: AppError
}

/** Until it is connected; destroyed where it fails, takes too long or is called off. */
function ready<S extends Duplex>({ clock, signal }: ConnectParts, { stream, event, late }: Awaited<S>): Promise<S> {
  return new Promise((resolve, reject) => {
    const callOff = () => void stream.destroy(signal.reason as Error)
    const cancel = clock.after(connectMs, () => void stream.destroy(late))
    const settle = (act: () => void) => {
      cancel()
      signal.removeEventListener('abort', callOff)
      stream.off('error', fail)
      stream.off('close', close)
      act()
    }
    const fail = (error: Error) => settle(() => reject(error))
    const close = () => settle(() => reject(new Error('closed before it was open')))
    stream.on('error', fail)
    stream.on('close', close)
    stream.once(event, () => settle(() => resolve(stream)))
    signal.addEventListener('abort', callOff)
    if (signal.aborted) callOff()
  })
}

function orAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const callOff = () => reject(signal.reason as Error)
  signal.addEventListener('abort', callOff)
  return Promise.race([asked, promise]).finally(() => signal.removeEventListener('abort', callOff))
}
