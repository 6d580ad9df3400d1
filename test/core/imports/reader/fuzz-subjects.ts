// What is hurt: a small and a rich file of every format, and archives.
import type { Importer } from '../../../../electron/core/imports/reader/importer.ts'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import type { Random } from '../../../support/random.ts'
import { archives, rich } from './samples/rich.ts'
import { starts } from './samples/starts.ts'
import { talks } from './samples/talks.ts'

export interface Sample {
  readonly format: string
  /** None for an archive. */
  readonly importer: Importer | undefined
  readonly bytes: Buffer
}

export const subjects: readonly Sample[] = [
  ...[...starts, ...talks, ...rich].map(([format, content]) => {
    const importer = importers.find((one) => one.format === format)
    if (importer === undefined) throw new Error(`no importer reads ${format}`)
    return { format, importer, bytes: Buffer.from(content) }
  }),
  ...archives.map(([format, content]) => ({ format, importer: undefined, bytes: Buffer.from(content) })),
]

/** To read one of these costs as much as twenty others: they come up less often. */
const costly = new Set(['pdf', 'docx', 'firefox', 'chrome-history', 'zip'])

export function subjectOf(random: Random): Sample {
  const subject = random.pick(subjects)
  return costly.has(subject.format) && random.chance(0.6) ? random.pick(subjects) : subject
}

/** Each input has its own, so that one of a million is had again alone. */
export const seedOfInput = (seed: number, input: number): number => Math.imul(seed ^ input, 0x9e3779b1) ^ (input << 7)
