// `npm run bench -- [NAME…] [--json]`: measures the rows and prints them with their goals. It ends with a failure only
// when a row could not be measured; a goal that is missed is a result, and is printed as one.
import { parseArgs } from 'node:util'
import { type Bench, type Row, measure } from './harness.ts'
import { bundle } from './rows/bundle.ts'
import { importingFiles } from './rows/import-files.ts'
import { memory } from './rows/memory.ts'
import { opening } from './rows/opening.ts'
import { retrievals } from './rows/retrieval.ts'
import { roundTrip } from './rows/round-trip.ts'
import { searching } from './rows/searching.ts'
import { starting } from './rows/starting.ts'
import { typing } from './rows/typing.ts'
import { meanings } from './rows/understanding.ts'
import { unlocking } from './rows/unlocking.ts'
import { writing } from './rows/writing.ts'
import { table } from './table.ts'

const benches: readonly Bench[] = [
  writing,
  ...importingFiles,
  opening,
  unlocking,
  starting,
  memory,
  bundle,
  roundTrip,
  ...searching,
  typing,
  ...retrievals,
  ...meanings,
]

const isCalled = ({ name, group }: Bench, typed: string): boolean => name === typed || group === typed

interface Problem {
  readonly name: string
  readonly problem: string
}

async function measureAll(chosen: readonly Bench[]) {
  const rows: Row[] = []
  const problems: Problem[] = []
  for (const bench of chosen) {
    console.error(`Measuring ${bench.name} …`)
    try {
      rows.push(await measure(bench))
    } catch (error) {
      problems.push({ name: bench.name, problem: error instanceof Error ? error.message : String(error) })
    }
  }
  return { rows, problems }
}

async function main(): Promise<number> {
  const options = { json: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: false })
  const unknown = [
    ...Object.keys(values).flatMap((name) => (name in options ? [] : [`--${name}`])),
    ...positionals.filter((name) => !benches.some((bench) => isCalled(bench, name))),
  ]
  if (unknown.length > 0) {
    console.error(`There is no row "${unknown[0]}". Rows: ${benches.map(({ name }) => name).join(', ')}. Or: --json.`)
    return 2
  }
  const chosen = benches.filter(
    (bench) => positionals.length === 0 || positionals.some((name) => isCalled(bench, name)),
  )
  const { rows, problems } = await measureAll(chosen)
  if (values.json === true) console.log(JSON.stringify(problems.length === 0 ? { rows } : { rows, problems }))
  else if (rows.length > 0) console.log(table(rows))
  for (const { name, problem } of problems) console.error(`${name} could not be measured: ${problem}`)
  return problems.length === 0 ? 0 : 1
}

process.exitCode = await main()
