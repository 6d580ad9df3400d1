// The shape of one row of the api table. A row is data: transports, handlers, clients and checks are all derived from it.
import type { z } from 'zod'

export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I
  readonly output: O
  /** Callable before the vault is unlocked. Everything else answers VAULT_LOCKED. */
  readonly whileLocked?: true
  /** Bytes of JSON it takes, where that is more than others need. */
  readonly largestBody?: number
}

export const method = <I extends z.ZodType, O extends z.ZodType>(row: Method<I, O>): Method<I, O> => row
