// `import`, `imports` and `undo`: files of this computer brought in, what came of them, and taken out again. It reads no
// file itself: it names paths to the core, follows the job, and prints the report.
import type { Output } from '../../shared/api/api.ts'
import {
  type ImportOptions,
  type ImportProblem,
  type ImportSummary,
  type ImportedFile,
  columns,
  dateOrder,
} from '../../shared/api/imports.ts'
import { isFoundLater } from '../../shared/found-later.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import type { Core } from './core.ts'
import { listText } from './import-list.ts'
import { type Report, type Told, reportOf, reportText } from './import-report.ts'
import { followJobs } from './jobs.ts'
import { withOpenVault } from './open-vault.ts'
import { talk } from './passphrases.ts'
import { oneLine } from './printable.ts'
import { readSecretFile } from './secret-file.ts'
import { mustBeThere } from './typed-path.ts'
import { UsageError } from './usage-error.ts'

const mostPaths = 10_000

export const importFiles: Command = {
  summary: 'bring in files, folders and archives',
  operands: 'PATH…',
  mostOperands: mostPaths,
  options: ['dry-run', 'dates', 'columns', 'archive-password-file', 'resume'],
  help: [
    'Asks for the password of a locked archive at a terminal; --archive-password-file gives it otherwise.',
    'Where no date of a file tells whether the day or the month comes first, --dates does; without it the report says what',
    'was assumed.',
    '--columns holds for the tables that have every column it names; the others are read by what their columns are called.',
    'Ctrl-C stops in order: what is kept by then stays, and --resume goes on after it, as it does after a crash.',
    'As JSON: { job, added, duplicate, skipped, failed, files: [{ path, format, added, duplicate, failed, problems:',
    '[{ at, why }] }] }, where job is what "undo" takes (null for --dry-run) and duplicate counts all that was here',
    'already, renewed or not. A file whose dates were guessed has dates: { example, assumed } as well.',
  ],
  run: (context) => {
    for (const path of context.operands) mustBeThere(path)
    const { resume } = context.values
    if (resume !== undefined && (context.operands.length > 0 || context.values['dry-run'] === true)) {
      throw new UsageError('--resume goes on with what was begun: it takes no files, and no --dry-run.')
    }
    if (context.operands.length === 0 && resume === undefined)
      throw new UsageError('Name what to bring in: mindkeep import PATH…')
    const told = { ...datesOf(context), ...columnsOf(context) }
    return withOpenVault(context, async (core) => {
      const options = { ...(await passwordOf(context)), ...told }
      const report =
        context.values['dry-run'] === true ? await look(context, core, options) : await bringIn(context, core, options)
      await context.output.print({ value: report, text: reportText(report) })
      return exitStatus.done
    })
  },
}

function datesOf({ values }: Context): Pick<ImportOptions, 'dateOrder'> {
  if (values.dates === undefined) return {}
  const order = dateOrder.safeParse(values.dates)
  if (!order.success) throw new UsageError(`--dates is one of: ${dateOrder.options.join(', ')}.`)
  return { dateOrder: order.data }
}

const roles = columns.keyof().options

/** A name may hold a comma, but not one that is followed by a word and a sign of equality: there the next role begins. */
function columnsOf({ values }: Context): Pick<ImportOptions, 'columns'> {
  if (values.columns === undefined) return {}
  const parts = values.columns.split(/,(?=\p{L}+=)/u)
  const pairs = parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1).trim()])
  const told = columns.safeParse(Object.fromEntries(pairs))
  const isWhole = parts.every((part) => part.includes('=')) && pairs.every(([, name]) => name !== '')
  if (!isWhole || !told.success || Object.keys(told.data).length < parts.length) {
    throw new UsageError(`--columns is ROLE=NAME,… with each of these at most once: ${roles.join(', ')}.`)
  }
  if (told.data.amount !== undefined && told.data.date === undefined) {
    throw new UsageError('--columns names an amount: it has to name the date of it as well.')
  }
  return { columns: [told.data] }
}

async function passwordOf({ values, stdin }: Context): Promise<Pick<ImportOptions, 'password'>> {
  const file = values['archive-password-file']
  if (file === undefined) return {}
  if (file === '-' && values['passphrase-file'] === '-') {
    throw new UsageError('Standard input can give the passphrase or the password of an archive, not both.')
  }
  const password = await readSecretFile({ file, stdin, option: '--archive-password-file' })
  if (password === '') throw new UsageError('The file given with --archive-password-file is empty.')
  return { password }
}

async function look(context: Context, core: Core, options: ImportOptions): Promise<Report> {
  const jobs = followJobs({ core, context })
  const { job } = await core.ask('imports.preview', { handles: core.offer(context.operands), options })
  const { files, problems, asks, ...counts } = await jobs.result('import-preview', job)
  const guessed = asks.filter((ask) => ask.for === 'date-order')
  return reportOf(
    { job: null, counts, files, problems },
    guessed.map(({ path, example, assumed }) => ({ path, example, assumed })),
  )
}

async function begin({ operands, values }: Context, core: Core, options: ImportOptions) {
  const id = values.resume
  if (id !== undefined) return { ...(await core.ask('imports.resume', { id, options })), import: id }
  return core.ask('imports.start', { handles: core.offer(operands), options })
}

async function bringIn(context: Context, core: Core, options: ImportOptions): Promise<Report> {
  const jobs = followJobs({ core, context })
  const { job, import: id } = await begin(context, core, options)
  const { guessed } = await jobs.result('import', job)
  for (;;) {
    const { told, needs } = await wholeImport(core, id)
    const isLocked = needs === 'password' || needs === 'other-password'
    const password = isLocked && context.canAsk ? await askPassword(context, told.problems) : ''
    if (password === '') return reportOf(told, guessed)
    const again = await core.ask('imports.resume', { id, options: { ...options, password } })
    guessed.push(...(await jobs.result('import', again.job)).guessed)
  }
}

function askPassword(context: Context, problems: readonly ImportProblem[]): Promise<string> {
  const locked = problems.filter(({ why }) => why === 'needs-password' || why === 'wrong-password')
  const names = [...new Set(locked.map(({ path }) => oneLine(path)))]
  const wrong = locked.some(({ why }) => why === 'wrong-password')
  const which = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
  return talk(context, (terminal) => {
    terminal.say(
      `${wrong ? 'That password does not open' : 'Locked with a password'}: ${which}. Press Enter alone to leave it out.`,
    )
    return terminal.askHidden('Password: ')
  })
}

const pageSize = 200

/** Every file and every problem that is kept, page by page. */
async function wholeImport(core: Core, id: string): Promise<{ readonly told: Told } & Pick<ImportSummary, 'needs'>> {
  const files: ImportedFile[] = []
  const problems: ImportProblem[] = []
  for (let offset = 0; ; offset += pageSize) {
    const page: Output<'imports.get'> = await core.ask('imports.get', { id, offset, limit: pageSize })
    files.push(...page.files)
    problems.push(...page.problems)
    if (page.files.length < pageSize && page.problems.length < pageSize) {
      return { told: { job: id, counts: page.summary, files, problems }, needs: page.summary.needs }
    }
  }
}

export const imports: Command = {
  summary: 'list what was brought in, the latest first',
  operands: '',
  mostOperands: 0,
  options: [],
  help: ['As JSON: a list of what imports.list answers; "undo" takes an id of it.'],
  run: (context) =>
    withOpenVault(context, async (core) => {
      const all = await core.ask('imports.list', {})
      await context.output.print({ value: all, text: listText(all) })
      return exitStatus.done
    }),
}

export const undo: Command = {
  summary: 'take back an import, or a change such as "trash"',
  operands: 'JOB',
  mostOperands: 1,
  options: ['changed-too'],
  help: [
    'JOB is what "import" and "imports" print; what you have changed since stays, unless --changed-too is given.',
    'As JSON: { removed, restored, kept, handedOver }. With the number of a change: { change, items, act }.',
  ],
  run: (context) => {
    const [what = ''] = context.operands
    if (what === '') throw new UsageError('Say what to take back: mindkeep undo JOB. See "mindkeep imports".')
    return withOpenVault(context, async (core) => {
      await context.output.print(
        /^\d+$/.test(what) ? await undoChange(core, Number(what)) : await undoImport(context, core, what),
      )
      return exitStatus.done
    })
  },
}

const actWords: Readonly<Record<Output<'library.undo'>['act'], string>> = {
  note: 'writing a note',
  version: 'going back to a version',
  level: 'setting how private something is',
  tag: 'changing tags',
  collection: 'changing a collection',
  collect: 'sorting into collections',
  trash: 'putting into the Trash',
  untrash: 'taking out of the Trash',
}

async function undoChange(core: Core, change: number) {
  const value = await core.ask('library.undo', { change })
  const again = value.change === null ? '' : ` "mindkeep undo ${value.change}" does it again.`
  return { value, text: `Taken back: ${actWords[value.act]}.${again}` }
}

async function undoImport(context: Context, core: Core, id: string) {
  const jobs = followJobs({ core, context })
  const { job } = await core.ask('imports.undo', { id, changedToo: context.values['changed-too'] === true })
  const value = await jobs.result('import-undo', job)
  const { removed, restored, kept, handedOver } = value
  const imports = await core.ask('imports.list', {})
  const undone = imports.find((one) => one.id === id)
  const parts = [
    `${removed} removed`,
    ...(restored > 0 ? [`${restored} as they were before`] : []),
    ...(kept > 0 ? [`${kept} kept, because you have changed them (--changed-too removes them)`] : []),
    ...(handedOver > 0 ? [`${handedOver} left to a later import, which brought them in a newer form`] : []),
  ]
  const later =
    undone !== undefined && isFoundLater(undone, imports)
      ? '\nWhat a later import brought as well, and found here already, went too. To have that back, add its files again.'
      : ''
  return { value, text: parts.join(' · ') + later }
}
