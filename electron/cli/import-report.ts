// What came of an import, or would: told file by file as JSON, and in a few lines to a person.
import type { DatesGuessed, ImportProblem, ImportSummary, ImportedFile } from '../../shared/api/imports.ts'
import { oneLine } from './printable.ts'
import { problemWords } from './problem-words.ts'

type Counted = Pick<ImportSummary, 'added' | 'duplicate' | 'skipped' | 'failed'>
type FileReport = Pick<ImportedFile, 'path' | 'format' | 'added' | 'duplicate' | 'failed'> & {
  readonly problems: readonly Pick<ImportProblem, 'at' | 'why'>[]
  /** How its dates were read, where nothing in it says. */
  readonly dates?: Omit<DatesGuessed, 'path'>
}

export interface Report extends Counted {
  /** What `undo` takes; null where nothing was kept. */
  readonly job: string | null
  readonly files: readonly FileReport[]
}

export interface Told {
  readonly job: string | null
  readonly counts: Counted & Pick<ImportSummary, 'changed'>
  readonly files: readonly ImportedFile[]
  readonly problems: readonly ImportProblem[]
}

export function reportOf(told: Told, guessed: readonly DatesGuessed[]): Report {
  const { job, counts, files, problems } = told
  const { added, changed, duplicate, skipped, failed } = counts
  const byPath = Map.groupBy(problems, ({ path }) => path)
  const guesses = new Map(guessed.map(({ path, ...dates }) => [path, { dates }]))
  return {
    job,
    added,
    duplicate: duplicate + changed,
    skipped,
    failed,
    files: files.map((file) => ({
      path: file.path,
      format: file.format,
      added: file.added,
      duplicate: file.duplicate + file.changed,
      failed: file.failed,
      problems: (byPath.get(file.path) ?? []).map(({ at, why }) => ({ at, why })),
      ...guesses.get(file.path),
    })),
  }
}

const mostTold = 20

export function reportText({ job, added, duplicate, failed, files }: Report): string {
  const verb = job === null ? 'would be added' : 'added'
  const counts = [`${added} ${verb}`, `${duplicate} already here`, `${failed} could not be read`].join(' · ')
  const troubles = files.flatMap(({ path, problems }) =>
    problems.map(({ at, why }) => `  ${oneLine(path)}${at === null ? '' : ` at ${at}`}: ${problemWords[why]}`),
  )
  const guesses = files.flatMap(({ path, dates }) => (dates === undefined ? [] : [{ path, ...dates }]))
  // Of very many problems not every one is listed; all are counted.
  const left = Math.max(troubles.length, failed) - Math.min(troubles.length, mostTold)
  return [
    counts,
    ...troubles.slice(0, mostTold),
    ...(left > 0 ? [`  … and ${left} more`] : []),
    ...guesses.slice(0, mostTold).map(guessText),
    ...(guesses.length === 0 ? [] : ['"--dates day-first" or "--dates month-first" says how they are meant.']),
    ...(job === null || added === 0 ? [] : [`"mindkeep undo ${job}" takes all of it out again.`]),
  ].join('\n')
}

const guessText = ({ path, example, assumed }: DatesGuessed): string =>
  `  ${oneLine(path)}: dates such as ${oneLine(example)} are read ${assumed === 'day-first' ? 'day' : 'month'} first.`
