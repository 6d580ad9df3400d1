// `mindkeep call`, one process for each step, read back from its exit status and its two streams.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reply } from '../../../shared/api/api.ts'
import type { ErrorShape } from '../../../shared/errors.ts'
import { runCli } from '../../hosts/cli/spawn-cli.ts'
import type { Transport } from '../transport.ts'

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
        const args = ['--json', ...opening, 'call', '--no-wait', method, '-']
        const { status, stdout, stderr } = await runCli({ place: folders, args, input: JSON.stringify(input) })
        return readReply({ status, stdout, stderr })
      },
      close: async () => {},
    }
  },
}

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Strict, so that a stray line on either stream fails the case. */
function readReply({ status, stdout, stderr }: Ended): Reply {
  if (status === 0 && stderr === '') return { ok: true, value: JSON.parse(stdout) as unknown }
  if (status === 1 && stdout === '') return { ok: false, error: (JSON.parse(stderr) as { error: ErrorShape }).error }
  throw new Error(
    `status ${status}, standard output ${JSON.stringify(stdout)}, standard error ${JSON.stringify(stderr)}`,
  )
}
