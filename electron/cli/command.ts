// What a command of the terminal host is, and what it is given to work with.
import type { Folders } from '../core/folders.ts'
import type { OptionName, OptionValues } from './options.ts'
import type { Output } from './output.ts'

export interface Streams {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
}

export interface Context extends Streams {
  readonly folders: Folders
  readonly values: OptionValues
  /** What follows the verb, options left out. */
  readonly operands: readonly string[]
  readonly output: Output
  /** A person sits at the keyboard, so questions can be asked. */
  readonly canAsk: boolean
}

export interface Command {
  readonly summary: string
  /** After the verb: `[NAME]`, `METHOD [JSON]`. */
  readonly operands: string
  readonly mostOperands: number
  /** Options beyond those that every verb takes. */
  readonly options: readonly OptionName[]
  /** What an option means here, where that is not what it means elsewhere. */
  readonly meanings?: Partial<Record<OptionName, { readonly value: string; readonly says: string }>>
  readonly help: readonly string[]
  readonly run: (context: Context) => Promise<number>
}

export const exitStatus = { done: 0, refused: 1, wrongUsage: 2 } as const
