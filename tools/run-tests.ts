// Runs vitest in this process and closes with what failed, if anything did, and one plain line over all suites. What the run
// may need first (a current page, a browser) belongs to the commands that call this.
import { join, resolve } from 'node:path'
import { parseCLI, startVitest } from 'vitest/node'
import { failureLines } from './failures.ts'
import { countTests, isGood, totalsLine } from './totals.ts'

interface RunParts {
  /** What stood behind `--` on the command line: filters and options of vitest. */
  readonly args: readonly string[]
  /** Said between the results and the closing line. */
  readonly remarks?: () => readonly string[]
}

/** The tests start hundreds of threads and processes of ours; compiling their sources is half of what such a start takes. */
const compiled = join(resolve(import.meta.dirname, '..'), 'node_modules/.cache/compiled')

/** Answers the exit status. */
export async function runTests({ args, remarks }: RunParts): Promise<number> {
  process.env['NODE_COMPILE_CACHE'] ??= compiled
  const { filter, options } = parseCLI(['vitest', 'run', ...args])
  const vitest = await startVitest(filter, { ...options, watch: false })
  await vitest.close()
  const totals = countTests(vitest)
  for (const line of [...failureLines(vitest), ...(remarks?.() ?? [])]) console.log(line)
  console.log(totalsLine(totals))
  return isGood(totals) ? 0 : 1
}
