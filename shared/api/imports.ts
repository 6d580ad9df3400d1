// Bringing files in. What a host was handed (an upload, a picked or dropped file) is named by a handle; contents and paths
// never pass through here.
import { z } from 'zod'
import { day, itemTypes } from './items.ts'
import { method } from './method.ts'
import { id, nothing, started, time } from './values.ts'

export const handle = z.string().regex(/^[0-9a-f]{32}$/)
const handles = z.array(handle).min(1).max(100_000)
/** Of so many handles. */
const largestBody = 4 * 1024 * 1024

/** Why a file, or a record in it, could not be read. Each has a sentence on the screen that says what to do. */
export const problemReasons = [
  'not-recognised',
  'empty',
  'cut-short',
  'damaged',
  'open-quote',
  'too-large',
  'too-deep',
  'too-many',
  'too-slow',
  'out-of-memory',
  'needs-password',
  'wrong-password',
  'locked-inside',
  'unsafe-path',
  'link',
  'nested-too-deep',
  'bomb',
  'wrong-encoding',
  'not-a-date',
  'no-such-date',
  'no-content',
  'repeats-without-end',
  'forbidden-markup',
  'needs-columns',
  'only-pictures',
  'gone',
  'reader-failed',
  'is-export',
] as const
export type ProblemReason = (typeof problemReasons)[number]

/** How the positions in a file of some format count. */
export const positionUnits = ['bytes', 'lines', 'records', 'pages'] as const
export const positionUnit = z.enum(positionUnits)
export type PositionUnit = z.infer<typeof positionUnit>

export const problem = z.strictObject({
  path: z.string(),
  /** What the file was read as; null where it was not known what it is. */
  format: z.string().nullable(),
  /** Null for the file as a whole. */
  at: z.int().nonnegative().nullable(),
  /** What `at` counts; null where it is not known what the file is. */
  unit: positionUnit.nullable(),
  why: z.enum(problemReasons),
  detail: z.string(),
})
export type ImportProblem = z.infer<typeof problem>

const counts = {
  added: z.int().nonnegative(),
  /** Known already, but with something new in it: kept as a new version. */
  changed: z.int().nonnegative(),
  duplicate: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  failed: z.int().nonnegative(),
}

export const importedFile = z.strictObject({
  path: z.string(),
  format: z.string().nullable(),
  bytes: z.int().nonnegative(),
  state: z.enum(['waiting', 'reading', 'done', 'skipped', 'failed']),
  ...counts,
})
export type ImportedFile = z.infer<typeof importedFile>

/** What an import of several things is called: by the first of them and how many more there are. */
export const importName = z.strictObject({
  first: z.string(),
  more: z.int().nonnegative(),
  /** It is the sample data that comes with Mindkeep, which each language has a name for. */
  isSample: z.boolean(),
})
export type ImportName = z.infer<typeof importName>

export const importStates = ['running', 'interrupted', 'done', 'stopped', 'failed', 'undone'] as const
/** And how taking it back stands: somebody is at it, or it was cut short and can be gone on with. */
const toldStates = [...importStates, 'undoing', 'half-undone'] as const

/** What would let more of it be read: a password, another one than was given, or reading it once more as it is there by now. */
export const needs = z.enum(['password', 'other-password', 'again'])
export type Needs = z.infer<typeof needs>

export const importSummary = z.strictObject({
  id,
  /** What was handed in. */
  name: importName,
  /** Files that were read, or an export that came back whole. */
  of: z.enum(['files', 'export']),
  state: z.enum(toldStates),
  at: time,
  endedAt: time.nullable(),
  files: z.int().nonnegative(),
  /** What it is read by now, or was: its job, when it runs in this Mindkeep. */
  job: id.nullable(),
  /** Nobody is at it, and what `imports.resume` would read is still here. */
  canGoOn: z.boolean(),
  /** Of everything that could not be read, whatever page of it is asked for; null where nothing helps. */
  needs: needs.nullable(),
  ...counts,
})
export type ImportSummary = z.infer<typeof importSummary>

/** Which column holds what, for a table that does not say. */
export const columns = z.strictObject({
  date: z.string().max(200).optional(),
  title: z.string().max(200).optional(),
  body: z.string().max(200).optional(),
  amount: z.string().max(200).optional(),
  currency: z.string().max(200).optional(),
  who: z.string().max(200).optional(),
})
export type Columns = z.infer<typeof columns>

export const dateOrder = z.enum(['day-first', 'month-first'])

export const importOptions = z.strictObject({
  /** For an archive that is locked. Kept nowhere. */
  password: z.string().max(1024).optional(),
  /** How 03/04/2026 is to be read where the file leaves it open. */
  dateOrder: dateOrder.optional(),
  encoding: z.string().max(40).optional(),
  /** Said of one table after another; each holds for the tables that have every column it names, the last before the others. */
  columns: z.array(columns).max(100).optional(),
})
export type ImportOptions = z.infer<typeof importOptions>

/** A file whose dates can be read in two ways, and how they are read until somebody says otherwise. */
const dateOrderAsk = z.strictObject({
  for: z.literal('date-order'),
  path: z.string(),
  example: z.string(),
  assumed: dateOrder,
})

const datesGuessed = dateOrderAsk.omit({ for: true })
export type DatesGuessed = z.infer<typeof datesGuessed>

/** The result of an `import` job. */
export const importResult = z.strictObject({
  import: id,
  files: z.int().nonnegative(),
  ...counts,
  /** Of which files it was guessed how their dates are meant. */
  guessed: z.array(datesGuessed),
})

/** The result of an `import-undo` job. */
export const importUndone = z.strictObject({
  removed: z.int().nonnegative(),
  restored: z.int().nonnegative(),
  /** Changed by the person since, and left as they are. */
  kept: z.int().nonnegative(),
  /** Brought in a newer form by a later import since: that one's from now on. */
  handedOver: z.int().nonnegative(),
})
export type ImportUndone = z.infer<typeof importUndone>

/** The result of an `import-preview` job. */
export const preview = z.strictObject({
  files: z.array(importedFile),
  ...counts,
  types: z.partialRecord(z.enum(itemTypes), z.int().positive()),
  from: day.nullable(),
  to: day.nullable(),
  samples: z.array(z.strictObject({ type: z.enum(itemTypes), title: z.string(), day: day.nullable() })),
  problems: z.array(problem),
  /** So many more were met. */
  problemsUnlisted: z.int().nonnegative(),
  /** What the person has to say first: a password, or which column is which. */
  asks: z.array(
    z.discriminatedUnion('for', [
      z.strictObject({ for: z.literal('password'), path: z.string() }),
      z.strictObject({
        for: z.literal('columns'),
        path: z.string(),
        columns: z.array(z.string()),
        rows: z.array(z.array(z.string())),
      }),
      dateOrderAsk,
    ]),
  ),
})
export type Preview = z.infer<typeof preview>

export const importsApi = {
  /** Opens the computer's own dialog. Refused where there is none; there the page uploads. */
  'imports.pick': method({
    input: z.strictObject({ what: z.enum(['files', 'folder']) }),
    output: z.strictObject({ handles: z.array(handle) }),
  }),
  /** Forgets files that were handed over and are not wanted after all. */
  'imports.release': method({ input: z.strictObject({ handles }), output: nothing, largestBody }),
  'imports.preview': method({
    input: z.strictObject({ handles, options: importOptions.default({}) }),
    output: started,
    largestBody,
  }),
  'imports.start': method({
    input: z.strictObject({ handles, options: importOptions.default({}) }),
    output: z.strictObject({ ...started.shape, import: id }),
    largestBody,
  }),
  /** A made-up year of one person's life, as one import that can be undone. What is here already is not added again. */
  'imports.addSample': method({ input: nothing, output: z.strictObject({ ...started.shape, import: id }) }),
  'imports.list': method({ input: nothing, output: z.array(importSummary) }),
  'imports.get': method({
    input: z.strictObject({ id, offset: z.int().min(0).default(0), limit: z.int().min(1).max(200).default(100) }),
    output: z.strictObject({
      summary: importSummary,
      files: z.array(importedFile),
      problems: z.array(problem),
      problemsInAll: z.int().nonnegative(),
      /** So many more were counted, of files with very many. */
      problemsUnlisted: z.int().nonnegative(),
    }),
  }),
  /** Goes on where it was cut short. A locked archive needs its password again. */
  'imports.resume': method({ input: z.strictObject({ id, options: importOptions.default({}) }), output: started }),
  /** Removes exactly what it added; what the person has changed since stays, unless asked for. */
  'imports.undo': method({ input: z.strictObject({ id, changedToo: z.boolean().default(false) }), output: started }),
}
