// One row of the table of attacks: a name, the bytes to send, and the answer that refuses it.
import type { Target } from '../support/served.ts'
import { type RequestParts, change, goodCall, withBody, write } from '../support/served.ts'
import type { Bytes } from '../support/wire.ts'

export interface Attack {
  readonly name: string
  /** The status of each answer to expect, in order. */
  readonly status: readonly number[]
  readonly bytes: (target: Target) => readonly Bytes[]
  /** Methods that the attack may run because they stand in a rightful request before it. */
  readonly rightful?: number
  /** Close our side this long after sending, as a client does that has nothing more to say. */
  readonly finishAfter?: number
}

type Build = (target: Target) => RequestParts | Bytes

export const attack = (name: string, status: number, build: Build): Attack => ({
  name,
  status: [status],
  bytes: (target) => [asBytes(build(target))],
})

const asBytes = (built: RequestParts | Bytes): Bytes =>
  typeof built === 'string' || Buffer.isBuffer(built) ? built : write(built)

/** The rightful call with some headers changed; null leaves one out. */
export const withHeaders = (
  name: string,
  status: number,
  headers: (target: Target) => Readonly<Record<string, string | null>>,
): Attack => attack(name, status, (target) => change(goodCall(target), headers(target)))

/** The rightful call with one more header line. */
export const adding = (name: string, status: number, header: (target: Target) => readonly [string, string]): Attack =>
  attack(name, status, (target) => {
    const call = goodCall(target)
    return { ...call, headers: [...call.headers, header(target)] }
  })

/** The rightful call with another request line. */
export const asking = (name: string, status: number, line: string | ((target: Target) => string)): Attack =>
  attack(name, status, (target) => ({ ...goodCall(target), line: typeof line === 'string' ? line : line(target) }))

/** The rightful keys on a request without a body. */
export const getting = (
  name: string,
  status: number,
  line: string,
  headers: (target: Target) => Readonly<Record<string, string | null>> = () => ({}),
): Attack =>
  attack(name, status, (target) => ({
    ...change(goodCall(target), { 'Content-Type': null, 'Content-Length': null, Origin: null, ...headers(target) }),
    line,
    body: '',
  }))

/** The rightful call with another body. */
export const carrying = (name: string, status: number, body: string): Attack =>
  attack(name, status, (target) => withBody(goodCall(target), body))
