// What the core and a helper of ours, a thread or a process, say to each other.
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { codeOf, toAppError } from './failures.ts'

export interface Failure {
  readonly app?: ErrorCode | undefined
  readonly code?: string | undefined
}

export type ToHelper<Q> =
  | { readonly question: Q }
  | { readonly taken: true }
  | { readonly given: number; readonly value: unknown }
  | { readonly refused: number; readonly failure: Failure }

/** What a helper posts: any number of signs, figures, parts and wants, then one answer or failure. */
export type FromHelper<A, P, W> =
  | { readonly begun: true }
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly part: P }
  | { readonly want: W; readonly id: number }
  | { readonly answer: A }
  | { readonly failure: Failure }

/** Why a helper that nobody stopped gave no answer. */
export class HelperFailure extends Error {
  override readonly name = 'HelperFailure'
  readonly why: 'silent' | 'out-of-memory' | 'crashed'

  constructor(why: HelperFailure['why'], options?: { readonly cause?: unknown }) {
    super(why, options)
    this.why = why
  }
}

/** Error types do not survive the way; their codes do. */
export function failureOf(error: unknown): Failure {
  return error instanceof AppError ? { app: error.code } : { code: codeOf(error) }
}

export function revive({ app, code }: Failure): Error {
  if (app !== undefined) return new AppError(app)
  return toAppError({ code }) ?? new HelperFailure('crashed')
}
