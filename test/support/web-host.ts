// Starts the real web host in a process of its own, as `npm start` does, on a free port with its own vault folder. It
// fakes nothing; a test that needs a stopped clock builds the server in its own process instead.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { buildRenderer } from '../../tools/renderer-build.ts'
import { keptFolder } from './temporary-folder.ts'

const root = resolve(import.meta.dirname, '../..')

export interface WebHost {
  readonly address: string
  /** Signs one page in; works once. */
  readonly link: string
  readonly folder: string
  readonly process: ChildProcess
  /** Ends the host as Ctrl-C would and waits for it; its folders are removed unless they were passed in. */
  readonly stop: () => Promise<void>
}

export interface WebHostOptions {
  /** Holds the vault in `vault/` and the state in `state/`; made, and removed at the end, when left out. */
  readonly folder?: string
  readonly env?: NodeJS.ProcessEnv
  /** A program and its arguments that run it and look on; it stays the process that was started. */
  readonly under?: readonly string[]
}

export async function startWebHost({ folder, env = process.env, under = [] }: WebHostOptions = {}): Promise<WebHost> {
  await buildRenderer({ root })
  const own = folder === undefined ? keptFolder() : undefined
  const base = folder ?? own?.path ?? root
  const entry = join(root, 'electron/web/main.ts')
  const node = [process.execPath, entry, '--json', '--vault', join(base, 'vault'), '--state', join(base, 'state')]
  const [program = process.execPath, ...args] = [...under, ...node]
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))

  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)])
  if (first === undefined) {
    own?.remove()
    throw new Error(`The web host ended before it said where it is. ${complaints}`)
  }
  const { address, link } = JSON.parse(String(first[0])) as { address: string; link: string }
  return {
    address,
    link,
    folder: base,
    process: child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
      own?.remove()
    },
  }
}
