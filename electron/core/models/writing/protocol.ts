// What the core and the process that writes say to each other. The process is believed nothing: it has read files that may
// come from anywhere.
import { z } from 'zod'
import type { Dtype } from '../transformers/weights.ts'
import type { ToWrite } from '../transformers/writer.ts'

export interface Question extends ToWrite {
  readonly model: { readonly folder: string; readonly dtype: Dtype; readonly threads: number }
}

const count = z.int().nonnegative()

/** Hands over text, and asks whether to go on: it is answered yes or no. */
export const want = z.strictObject({ text: z.string().max(65_536), tokens: count })
export type Want = z.infer<typeof want>

export const answer = z.strictObject({
  read: count,
  tokens: count,
  ended: z.enum(['stop', 'length', 'called-off']),
})
export type Answer = z.infer<typeof answer>
