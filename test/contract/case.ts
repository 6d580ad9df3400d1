// What an api case is: a claim, where it begins, and the steps that prove it. Cases know no transport.
import { expect } from 'vitest'
import { type MethodName, type Output, type Reply, api } from '../../shared/api/api.ts'
import type { HostName } from '../../shared/api/about.ts'
import { type ErrorCode, errorMessages } from '../../shared/errors.ts'

/** What the steps of a case may know about the place it runs in. */
export interface World {
  readonly host: HostName
  readonly folder: string
  /** What opens the vault, where the case begins with one. */
  readonly passphrase: string
  readonly words: readonly string[]
}

export interface Step {
  readonly method: string
  readonly input: InputFrom
  /** Compared with the reply by `toEqual`, so it may hold vitest's matchers. */
  readonly expected: unknown
  /** Asked again until it answers as expected: for work that goes on meanwhile. */
  readonly patient: boolean
}

/** Makes the input from the replies so far. */
export type InputFrom = (replies: readonly Reply[]) => unknown

export interface Case {
  readonly name: string
  readonly start: 'nothing' | 'locked' | 'unlocked'
  /** The steps share what the core keeps in memory (a draft, an unlocked vault), so they must meet the same process. */
  readonly oneProcess?: true
  readonly steps: (world: World) => readonly Step[]
}

export const step = (method: string, input: unknown, expected: unknown): Step => ({
  method,
  input: () => input,
  expected,
  patient: false,
})

export const stepAfter = (method: string, input: InputFrom, expected: unknown): Step => ({
  method,
  input,
  expected,
  patient: false,
})

export const until = (method: string, input: unknown, expected: unknown): Step => ({
  ...step(method, input, expected),
  patient: true,
})

export const value = (expected: unknown): unknown => ({ ok: true, value: expected })

/** Details are compared only where the case names them. */
export const refusal = (code: ErrorCode, details: unknown = expect.any(Object)): unknown => ({
  ok: false,
  error: { code, message: errorMessages[code], details },
})

/** The value of an earlier reply, for the input of a later step. */
export function valueAt<M extends MethodName>(replies: readonly Reply[], { index, of }: ValueOf<M>): Output<M> {
  const reply = replies.at(index)
  if (reply?.ok !== true) throw new Error(`reply ${index} is no value`)
  return api[of].output.parse(reply.value) as Output<M>
}

interface ValueOf<M extends MethodName> {
  readonly index: number
  readonly of: M
}
