// The far side of the CLI transport: `run` of the terminal host, once for each command line it is given. Each run opens and
// closes a core of its own, as each process of a script does; only the starting of Node is not done over again. That a
// process ends as `run` says is for the tests of the host.
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { run } from '../../../electron/cli/run.ts'
import type { CommandLine, Ended } from './cli.ts'
import { answerQuestions } from './far-side.ts'

process.umask(0o077)

answerQuestions<CommandLine, Ended>(async ({ args, input }) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const read = Promise.all([text(stdout), text(stderr)])
  const status = await run({ args, stdin: Readable.from([input]), stdout, stderr })
  stdout.end()
  stderr.end()
  const [out, err] = await read
  return { status, stdout: out, stderr: err }
})
