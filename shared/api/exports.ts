// Taking everything out: readable by anyone and any program, or locked with a passphrase of its own. And bringing it back.
import { z } from 'zod'
import { handle } from './imports.ts'
import { method } from './method.ts'
import { newPassphrase, passphrase, started } from './values.ts'

/** The result of an `export` job. */
export const exported = z.strictObject({
  /** Fetches the file, once and soon (`/download/<ticket>`). */
  ticket: z.string(),
  name: z.string(),
  bytes: z.int().nonnegative(),
  items: z.int().nonnegative(),
  files: z.int().nonnegative(),
})
export type Exported = z.infer<typeof exported>

/** The result of an `export-restore` job: what became of the items in it. */
export const broughtBack = z.strictObject({
  added: z.int().nonnegative(),
  /** Known already, but with something new in it; the newer of the two is what it says now. */
  changed: z.int().nonnegative(),
  duplicate: z.int().nonnegative(),
})
export type BroughtBack = z.infer<typeof broughtBack>

export const exportsApi = {
  'exports.start': method({
    input: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('readable') }),
      z.strictObject({ kind: z.literal('locked'), passphrase: newPassphrase }),
    ]),
    output: started,
  }),
  /** All of an export, ids kept; what is here already stays. A locked one needs its passphrase. */
  'exports.restore': method({
    input: z.strictObject({ handle, passphrase: passphrase.optional() }),
    output: started,
  }),
}
