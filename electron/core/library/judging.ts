// The level of an item that is in the library, judged again when it says something else.
import { z } from 'zod'
import { itemTypes } from '../../../shared/api/items.ts'
import { numberOfLevel } from '../levels.ts'
import type { Prepare } from '../prepared.ts'
import { factsOf } from './item.ts'
import { levelOf } from './sensitivity.ts'

const judgedRow = z.object({
  type: z.enum(itemTypes),
  source: z.string(),
  title: z.string(),
  body: z.string(),
  facts: z.string(),
})

/** In the caller's transaction. The person's word stands. */
export function judgeAgain(prepare: Prepare, item: number): void {
  const sql = "SELECT type, source, title, body, facts FROM items WHERE id = ? AND level_by = 'rule'"
  const found = judgedRow.optional().parse(prepare(sql).get(item))
  if (found === undefined) return
  const level = numberOfLevel(levelOf({ ...found, facts: factsOf(found.facts) }).level)
  prepare('UPDATE items SET level = @level WHERE id = @item AND level <> @level').run({ item, level })
}
