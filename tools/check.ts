// `npm run check`: everything that can be said about the code without starting it, and its unit tests. Two parts run at a
// time; each is quiet when it is content and shows all it has to say when it is not. `--static` leaves the unit tests to
// whoever runs all of the tests next.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

interface Part {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
}

interface Outcome {
  readonly part: Part
  readonly good: boolean
  readonly output: string
  readonly seconds: number
}

const root = resolve(import.meta.dirname, '..')

const types = ['node', 'desktop', 'web', 'test'].map((runtime) => ({
  name: `types: ${runtime}`,
  program: 'tsc',
  args: ['--project', `tsconfig.${runtime}.json`],
}))

const unitTests: Part = {
  name: 'unit tests',
  program: 'vitest',
  args: ['run', '--reporter=dot', ...['core', 'renderer', 'tooling'].flatMap((project) => ['--project', project])],
}

/** The slowest first, so that the last one to start is a short one. */
const parts: readonly Part[] = [
  ...(process.argv.includes('--static') ? [] : [unitTests]),
  ...types,
  { name: 'lint', program: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  {
    name: 'import rules',
    program: 'depcruise',
    args: ['--config', 'dependency-cruiser.config.ts', 'electron', 'renderer', 'shared', 'tools', 'test'],
  },
  { name: 'dead code', program: 'knip', args: ['--no-progress', '--treat-config-hints-as-errors'] },
  { name: 'what only tests use', program: 'knip', args: ['--production', '--no-progress'] },
  { name: 'format', program: 'biome', args: ['format'] },
]

function runPart(part: Part): Promise<Outcome> {
  const started = performance.now()
  return new Promise((done) => {
    let output = ''
    const finish = (good: boolean) => {
      done({ part, good, output, seconds: (performance.now() - started) / 1000 })
    }
    const take = (text: string) => {
      output += text
    }
    // Found by name: npm and the launcher put node_modules/.bin on PATH.
    const child = spawn(part.program, part.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: onWindows })
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('error', (error) => {
      take(error.message)
      finish(false)
    })
    child.once('close', (status) => finish(status === 0))
  })
}

/** npm's programs are batch files there, which only a shell can start. */
const onWindows = process.platform === 'win32'

function report({ part, good, output, seconds }: Outcome): void {
  console.log(`${good ? 'ok  ' : 'FAIL'}  ${part.name}, ${seconds.toFixed(1)} s`)
  if (!good) console.log(output.trimEnd())
}

const waiting = [...parts]
const outcomes: Outcome[] = []

async function work(): Promise<void> {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const outcome = await runPart(part)
    outcomes.push(outcome)
    report(outcome)
  }
}

await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
const failed = outcomes.filter(({ good }) => !good).map(({ part }) => part.name)
console.log(failed.length === 0 ? `All ${outcomes.length} checks passed.` : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
