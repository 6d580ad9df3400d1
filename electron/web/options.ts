// What the command line of the browser host may say. It refuses what it does not know instead of guessing.
import { parseArgs } from 'node:util'

export interface Options {
  readonly vault: string | undefined
  readonly state: string | undefined
  /** 0 for any free port. */
  readonly port: number
  readonly open: boolean
  readonly json: boolean
}

export const usage = 'Usage: main.ts [--vault DIR] [--state DIR] [--port N] [--open] [--json]'

/** The options, or the sentence that says what is wrong with them. */
export function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        vault: { type: 'string' },
        state: { type: 'string' },
        port: { type: 'string', default: '0' },
        open: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) return '--port takes a number from 0 to 65535.'
    const { vault, state, port, open, json } = values
    return { vault, state, port: Number(port), open, json }
  } catch (error) {
    return error instanceof Error ? error.message : usage
  }
}
