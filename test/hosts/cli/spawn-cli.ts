// Runs the real command line in a process of its own, on folders of its own, the way a shell would. It never runs the
// CLI inside the test.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const cliEntry = fileURLToPath(new URL('../../../electron/cli/main.ts', import.meta.url))

export interface Place {
  readonly root: string
  readonly folder: string
  readonly stateFolder: string
  /** Writes a file beside the vault and answers its path. */
  readonly file: (name: string, content: string | Uint8Array) => string
  readonly remove: () => void
}

export function createPlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'mindkeep-cli-'))
  return {
    root,
    folder: join(root, 'vault'),
    stateFolder: join(root, 'state'),
    file(name, content) {
      const path = join(root, name)
      writeFileSync(path, content, { mode: 0o600 })
      return path
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

interface CliParts {
  readonly place: Pick<Place, 'folder' | 'stateFolder'>
  readonly args: readonly string[]
  readonly input?: string
}

export const cliOptions = ({ folder, stateFolder }: CliParts['place']): string[] => [
  '--vault',
  folder,
  '--state',
  stateFolder,
]

export const cliArguments = ({ place, args }: Pick<CliParts, 'place' | 'args'>): string[] => [
  cliEntry,
  ...cliOptions(place),
  ...args,
]

export function startCli({ place, args }: Pick<CliParts, 'place' | 'args'>): ChildProcess {
  return spawn(process.execPath, cliArguments({ place, args }), { stdio: ['pipe', 'pipe', 'pipe'] })
}

export async function runCli({ place, args, input = '' }: CliParts): Promise<Ended> {
  const child = startCli({ place, args })
  // A command that reads no input may be gone before all of it is written.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  return ended(child)
}

export function ended(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8')
    child[name]?.on('data', (part: string) => {
      text[name] += part
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, ...text }))
  })
}

export const strongPassphrase = 'violet harbour tidy meadow lantern orbit'
export const anotherPassphrase = 'cactus window river marble seven thunder'
