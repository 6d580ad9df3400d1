// `mindkeep call`, a command line for each step, read back from its exit status and its two streams.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reply } from '../../../shared/api/api.ts'
import type { ErrorShape } from '../../../shared/errors.ts'
import { cliOptions } from '../../hosts/cli/spawn-cli.ts'
import type { Transport } from '../transport.ts'
import { createFarSide } from './far-side.ts'

export interface CommandLine {
  readonly args: readonly string[]
  readonly input: string
}

export interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** One process for all command lines: starting one takes far longer than what most of them ask. */
const { ask, end } = createFarSide<CommandLine, Ended>(new URL('./cli.child.ts', import.meta.url))

export const cli: Transport = {
  name: 'CLI',
  host: 'cli',
  oneProcess: false,
  async connect(folders, passphrase) {
    const opening: string[] = []
    if (passphrase !== undefined) {
      const file = join(folders.folder, '..', 'passphrase')
      writeFileSync(file, `${passphrase}\n`, { mode: 0o600 })
      opening.push('--passphrase-file', file)
    }
    return {
      async call(method, input) {
        const args = [...cliOptions(folders), '--json', ...opening, 'call', '--no-wait', method, '-']
        return readReply(await ask({ args, input: JSON.stringify(input) }))
      },
      close: async () => {},
    }
  },
  end,
}

/** Strict, so that a stray line on either stream fails the case. */
function readReply({ status, stdout, stderr }: Ended): Reply {
  if (status === 0 && stderr === '') return { ok: true, value: JSON.parse(stdout) as unknown }
  if (status === 1 && stdout === '') return { ok: false, error: (JSON.parse(stderr) as { error: ErrorShape }).error }
  throw new Error(
    `status ${status}, standard output ${JSON.stringify(stdout)}, standard error ${JSON.stringify(stderr)}`,
  )
}
