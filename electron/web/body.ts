// Reads the small JSON body that the guard has let through. It refuses anything that two parsers could read in two ways.
import type { IncomingMessage } from 'node:http'
import { AppError } from '../../shared/errors.ts'

/** Deep enough for any input of the api; far from what exhausts a stack. */
const deepest = 32

const patienceMs = 10_000

/** A body did not come, or stopped coming. */
export class BodyLate extends Error {
  override readonly name = 'BodyLate'
}

/** The guard has seen the length, and the parser ends the body there. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new BodyLate()), patienceMs)
  const body = gathered(request)
  // When it is late, how it ends after that is nobody's matter.
  body.catch(() => {})
  try {
    return parseJson(await Promise.race([body, late.promise]))
  } finally {
    clearTimeout(timer)
  }
}

async function gathered(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A file, for whoever says how long to wait for it: reading no further leaves the connection to answer on. */
export const readFile = (request: IncomingMessage): AsyncIterable<Uint8Array> =>
  request.iterator({ destroyOnReturn: false })

export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AppError('INVALID_INPUT', {}, { cause })
  }
  checkValue(value)
  return value
}

/** Strict UTF-8, no byte order mark: a body has one reading or none. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new AppError('INVALID_INPUT', {}, { cause })
  }
}

/** Walks with a list instead of recursion, so that depth costs memory we have already bounded and never the stack. */
function checkValue(root: unknown): void {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next
    if (typeof value !== 'object' || value === null) continue
    if (depth >= deepest || Object.hasOwn(value, '__proto__')) throw new AppError('INVALID_INPUT')
    for (const child of Object.values(value)) waiting.push({ value: child, depth: depth + 1 })
  }
}
