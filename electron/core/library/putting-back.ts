// The rows of an act as they were before it, put back in one statement for each run of them.
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Prepare } from '../prepared.ts'

const runRow = z.object({
  from: z.int(),
  part: z.string(),
  did: z.string(),
  row: z.string(),
  before: z.string().nullable(),
})
type Run = z.infer<typeof runRow> & { readonly change: number; readonly to: number }
const columns = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** Kept as hex; JSON has no bytes. */
const bytes: readonly string[] = ['uid', 'same', 'brought', 'target']

/** In the caller's transaction. */
export function putRowsBack(prepare: Prepare, change: number): void {
  for (const run of runsOf(prepare, change)) putBack(prepare, run)
}

/** Rows of one table to which the same was done one after another, put back by one statement. */
function putBack(prepare: Prepare, { change, from, to, part, did, row, before }: Run): void {
  const run = (sql: string) => prepare(sql).run({ change, from, to })
  const kept = 'FROM change_rows AS kept WHERE kept.change = @change AND kept.id BETWEEN @from AND @to'
  const keys = namesIn(row)
  const isIt = keys.map((name) => `${part}.${name} = ${value('row', name)}`).join(' AND ')
  if (did === 'added') {
    // Made by this act and used by others since.
    const unused = part === 'tags' ? 'AND NOT EXISTS (SELECT 1 FROM item_tags WHERE tag = tags.id)' : ''
    const filled = `SELECT 1 FROM item_collections WHERE collection IN (SELECT ${value('row', 'id')} ${kept})`
    if (part === 'collections' && prepare(filled).get({ change, from, to }) !== undefined)
      throw new AppError('CHANGED_SINCE')
    const named = keys.map((name) => value('row', name)).join(', ')
    run(`DELETE FROM ${part} WHERE (${keys.join(', ')}) IN (SELECT ${named} ${kept}) ${unused}`)
    return
  }
  const old = namesIn(before ?? '{}')
  if (did === 'removed') {
    const values = old.map((name) => value('before', name)).join(', ')
    run(`INSERT INTO ${part} (${old.join(', ')}) SELECT ${values} ${kept} ORDER BY kept.id DESC`)
    return
  }
  const set = old.map((name) => `${name} = ${value('before', name)}`).join(', ')
  const { changes } = run(`UPDATE ${part} SET ${set} ${kept} AND ${isIt}`)
  if (changes < to - from + 1) throw new AppError('CHANGED_SINCE')
}

function runsOf(prepare: Prepare, change: number): Run[] {
  const sql = `
    SELECT id AS "from", part, did, row, before FROM (
      SELECT *, lag(part || ' ' || did) OVER (ORDER BY id) AS last FROM change_rows WHERE change = ?
    ) WHERE last IS NOT part || ' ' || did ORDER BY id DESC`
  let to = z.int().parse(prepare('SELECT max(id) FROM change_rows WHERE change = ?').pluck().get(change))
  return z
    .array(runRow)
    .parse(prepare(sql).all(change))
    .map((run) => {
      const whole = { ...run, change, to }
      to = run.from - 1
      return whole
    })
}

const namesIn = (json: string): string[] => Object.keys(columns.parse(JSON.parse(json)))

/** Of what was kept, as the table has it. The names are those of its own columns. */
const value = (of: 'row' | 'before', name: string): string =>
  bytes.includes(name) ? `unhex(kept.${of} ->> '${name}')` : `kept.${of} ->> '${name}'`
