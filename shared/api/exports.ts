// Taking everything out: readable by anyone and any program, or locked with a passphrase of its own.
import { z } from 'zod'
import { started } from './jobs.ts'
import { method } from './method.ts'
import { passphrase } from './values.ts'

/** The result of an export job. */
export const exported = z.strictObject({
  /** Fetches the file, once (`/download/<ticket>`). */
  ticket: z.string(),
  name: z.string(),
  bytes: z.int().nonnegative(),
  items: z.int().nonnegative(),
  files: z.int().nonnegative(),
})

export const exportsApi = {
  'exports.start': method({
    input: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('readable') }),
      z.strictObject({ kind: z.literal('locked'), passphrase }),
    ]),
    output: started,
  }),
}
