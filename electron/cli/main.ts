// Entry of the terminal host. It checks the runtime before anything native is loaded, hands the streams to `run`, and
// leaves with the status it is told; it decides nothing itself.
import { errorMessages } from '../../shared/errors.ts'
import { isNodeNewEnough } from '../../shared/runtime.ts'

if (!isNodeNewEnough(process.versions.node)) {
  process.stderr.write(`${errorMessages.NODE_TOO_OLD}\n`)
  process.exit(1)
}

// Whatever this process makes belongs to its owner alone.
process.umask(0o077)

const { run } = await import('./run.ts')
// Every write has been awaited by now. Waiting for the event loop to empty as well would let work that was interrupted
// hold the terminal.
process.exit(
  await run({ args: process.argv.slice(2), stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }),
)
