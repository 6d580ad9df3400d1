// Reads the head of a request into a form with one meaning. A header that appears twice has two meanings, so it is
// reported instead of joined or dropped.
import type { IncomingMessage } from 'node:http'

export interface Head {
  readonly version: string
  readonly method: string
  readonly target: string
  /** Every value of a header, in order; an empty list when there is none. The name is in lower case. */
  readonly all: (name: string) => readonly string[]
  /** The value of a header that is there; undefined when it is not. */
  readonly get: (name: string) => string | undefined
  readonly headerCount: number
  /** Names of headers that appear more than once. */
  readonly repeated: readonly string[]
}

export function readHead(request: IncomingMessage): Head {
  const values = new Map<string, string[]>()
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const name = (request.rawHeaders[i] ?? '').toLowerCase()
    values.set(name, [...(values.get(name) ?? []), request.rawHeaders[i + 1] ?? ''])
  }
  return {
    version: request.httpVersion,
    method: request.method ?? '',
    target: request.url ?? '',
    all: (name) => values.get(name) ?? [],
    get: (name) => values.get(name)?.[0],
    headerCount: request.rawHeaders.length / 2,
    repeated: [...values].filter(([, found]) => found.length > 1).map(([name]) => name),
  }
}
