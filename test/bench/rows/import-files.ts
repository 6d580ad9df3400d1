// Importing as a person does it: reading, keeping and indexing, in a process of its own.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { heapFlags } from '../../../electron/core/ports.ts'
import type { Bench } from '../harness.ts'
import type { Taken } from '../import-child.ts'
import { largeJson, largeXml, largeZip, manyFiles, manyInZip, mbox, ndjson } from '../import-sources.ts'
import { root, scratch } from '../support.ts'

const items = 100_000
/** An import that is over before it has begun. */
const few = 100
const gigabyte = 1e9

interface Row extends Pick<Bench, 'name' | 'says' | 'unit' | 'goal'> {
  readonly make: (folder: string) => string
  readonly figure: (taken: Taken) => number | null
  /** Against the same code over a plain database. */
  readonly ratio?: true
  /** Against an import of a few mails: what core and reader hold before they hold anything of it. */
  readonly beside?: true
  readonly stopping?: true
  /** How many items there have to be in the end. */
  readonly expected?: number
}

function row({ make, figure, ratio, beside, stopping, expected, ...bench }: Row): Bench {
  return {
    ...bench,
    better: 'lower',
    judged: ratio === true ? 'ratio' : 'figure',
    rounds: ratio === true ? 3 : 1,
    async open() {
      const folder = scratch()
      const made = { source: make(folder.path), expected }
      const small = scratch()
      const fewMails = () => ({ source: mbox(small.path, few), expected: few })
      const take = async (kind: 'encrypted' | 'plain', { source, expected } = made) => {
        const args = [
          ...heapFlags({}),
          join(root, 'test/bench/import-child.ts'),
          folder.path,
          source,
          kind,
          ...(stopping === true ? ['stop'] : []),
        ]
        const taken = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Taken
        const value = figure(taken)
        if (value === null || (expected !== undefined && taken.added !== expected))
          throw new Error('not all of it arrived')
        return value
      }
      return {
        figure: () => take('encrypted'),
        ...(ratio === true && { baseline: () => take('plain') }),
        ...(beside === true && { baseline: () => take('encrypted', fewMails()) }),
        async close() {
          folder.remove()
          small.remove()
        },
      }
    },
  }
}

const ms = ({ ms: all }: Taken) => all
const peak = ({ peakMegabytes }: Taken) => peakMegabytes

export const importingFiles: readonly Bench[] = [
  row({
    name: 'import-ndjson',
    says: '100,000 records of one NDJSON file (5,000 a second)',
    unit: 'ms',
    goal: 20_000,
    make: (at) => ndjson(at, items),
    figure: ms,
    expected: items,
  }),
  row({
    name: 'import-mbox',
    says: '100,000 mails of one mailbox (5,000 a second)',
    unit: 'ms',
    goal: 20_000,
    make: (at) => mbox(at, items),
    figure: ms,
    expected: items,
  }),
  row({
    name: 'import-files',
    says: '100,000 notes, a file each (2,000 a second)',
    unit: 'ms',
    goal: 50_000,
    make: (at) => manyFiles(at, items),
    figure: ms,
    expected: items,
  }),
  row({
    name: 'import-cipher',
    says: '100,000 records of one file; baseline: the same code over a plain database',
    unit: 'ms',
    goal: 1.5,
    make: (at) => ndjson(at, items),
    figure: ms,
    ratio: true,
    expected: items,
  }),
  row({
    name: 'import-memory',
    says: 'peak memory of core and reader together, importing 100,000 records; baseline: 100 mails',
    unit: 'MB',
    goal: 400,
    make: (at) => ndjson(at, items),
    figure: peak,
    beside: true,
    expected: items,
  }),
  row({
    name: 'import-mbox-memory',
    says: 'the same, importing a mailbox of 100,000 mails; baseline: 100 mails',
    unit: 'MB',
    goal: 400,
    make: (at) => mbox(at, items),
    figure: peak,
    beside: true,
    expected: items,
  }),
  row({
    name: 'import-many-memory',
    says: 'the same, importing a zip of 200,000 notes; baseline: 100 mails',
    unit: 'MB',
    goal: 400,
    make: (at) => manyInZip(at, 2 * items),
    figure: peak,
    beside: true,
    expected: 2 * items,
  }),
  row({
    name: 'import-folder-memory',
    says: 'the same, importing a folder of 200,000 notes; baseline: 100 mails',
    unit: 'MB',
    goal: 400,
    make: (at) => manyFiles(at, 2 * items),
    figure: peak,
    beside: true,
    expected: 2 * items,
  }),
  row({
    name: 'import-zip-memory',
    says: 'peak memory of importing a zip of 2 GB; baseline: 100 mails',
    unit: 'MB',
    goal: 400,
    make: (at) => largeZip(at, 2 * gigabyte),
    figure: peak,
    beside: true,
  }),
  row({
    name: 'import-json-memory',
    says: 'peak memory of importing one JSON file of 1 GB; baseline: 100 mails',
    unit: 'MB',
    goal: 400,
    make: (at) => largeJson(at, gigabyte),
    figure: peak,
    beside: true,
  }),
  row({
    name: 'import-xml-memory',
    says: 'peak memory of importing one XML file of 1 GB; baseline: 100 mails',
    unit: 'MB',
    goal: 400,
    make: (at) => largeXml(at, gigabyte),
    figure: peak,
    beside: true,
  }),
  row({
    name: 'import-xml-stop',
    says: 'from Stop to stopped, in one XML file of 1 GB',
    unit: 'ms',
    goal: 1000,
    make: (at) => largeXml(at, gigabyte),
    figure: ({ stopMs }) => stopMs,
    stopping: true,
  }),
  row({
    name: 'import-json-stop',
    says: 'from Stop to stopped, in one JSON file of 1 GB',
    unit: 'ms',
    goal: 1000,
    make: (at) => largeJson(at, gigabyte),
    figure: ({ stopMs }) => stopMs,
    stopping: true,
  }),
  row({
    name: 'import-first',
    says: 'until a figure moves, in a zip of 2 GB',
    unit: 'ms',
    goal: 1000,
    make: (at) => largeZip(at, 2 * gigabyte),
    figure: ({ firstProgressMs }) => firstProgressMs,
    stopping: true,
  }),
  row({
    name: 'import-json-first',
    says: 'until a figure moves, in one JSON file of 1 GB',
    unit: 'ms',
    goal: 1000,
    make: (at) => largeJson(at, gigabyte),
    figure: ({ firstProgressMs }) => firstProgressMs,
    stopping: true,
  }),
  row({
    name: 'import-xml-first',
    says: 'until a figure moves, in one XML file of 1 GB',
    unit: 'ms',
    goal: 1000,
    make: (at) => largeXml(at, gigabyte),
    figure: ({ firstProgressMs }) => firstProgressMs,
    stopping: true,
  }),
  row({
    name: 'import-stop',
    says: 'from Stop to stopped, in a zip of 2 GB',
    unit: 'ms',
    goal: 1000,
    make: (at) => largeZip(at, 2 * gigabyte),
    figure: ({ stopMs }) => stopMs,
    stopping: true,
  }),
]
