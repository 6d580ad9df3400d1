// What the command line of the browser host may say. It refuses what it does not know instead of guessing.
import { parseArgs } from 'node:util'

export interface Options {
  readonly vault: string | undefined
  readonly state: string | undefined
  /** 0 for any free port. */
  readonly port: number
  readonly open: boolean
  readonly json: boolean
  /** Somebody wants to know what can be said here. */
  readonly help: boolean
}

/** As people type it; `npm start` comes here with all but `--web`. */
export const usage = `Usage: npm start -- [--web] [--vault DIR] [--state DIR] [--port N] [--json]

  --web        open Mindkeep as a page in the browser, also where there is a window for it
  --vault DIR  the folder of the vault (default: your data folder)
  --state DIR  the folder for small facts apart from the vault
  --port N     listen on this port (default: any free one)
  --json       print the address as JSON
  --help       print this

Any option opens the page. For the terminal: npm run --silent mindkeep -- help`

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
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) return '--port takes a number from 0 to 65535.'
    const { vault, state, port, open, json, help } = values
    return { vault, state, port: Number(port), open, json, help }
  } catch (error) {
    // Node's own sentence; what follows it explains the parser.
    return `${error instanceof Error ? error.message.split('. ')[0] : 'That is not understood'}.`
  }
}
