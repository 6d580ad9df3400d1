// What writes, wherever it runs: in a process of ours, or in another program on this computer. It is told what was said so
// far and hands over text as it is made. What it writes is somebody's opinion and never an instruction.
import type { Message } from '../transformers/writer.ts'

export type { Message } from '../transformers/writer.ts'

export interface ToWrite {
  readonly messages: readonly Message[]
  readonly maxTokens: number
  /** Nothing is left to chance at zero. */
  readonly temperature: number
  /** The same seed gives the same text, with the same model on the same computer. */
  readonly seed: number
  /** It ends before the first of these, and does not write it. */
  readonly stop?: readonly string[]
  /** The items that what is said is made of: written down where it goes to another program. */
  readonly items?: readonly string[]
}

export interface WriteOptions {
  /** Takes the text in its order, piece by piece. */
  readonly onText: (text: string) => Promise<void> | void
  /** What was written until then stays. */
  readonly signal?: AbortSignal
}

export interface Written {
  readonly tokens: number
  readonly ended: 'stop' | 'length' | 'cancelled'
  readonly ms: number
  /** Until the first text came. */
  readonly firstMs: number
}

export interface Generator {
  readonly write: (asked: ToWrite, options: WriteOptions) => Promise<Written>
}
