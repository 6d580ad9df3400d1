// Older copies of the whole vault that lie beside it, which no rule removes: whoever erases something has to hear of them. A
// deep erase removes them.
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { oldCopy } from '../../../shared/api/library.ts'
import { dropReplaced, replacedDatabase } from './backups/replaced.ts'
import { copiesBeforeMigration } from './migrate.ts'

export function listCopies(folder: string): z.infer<typeof oldCopy>[] {
  const before = copiesBeforeMigration(folder).map((name) => join(folder, name))
  return [
    ...before.map((path) => ({ what: 'before-update' as const, path })),
    { what: 'replaced' as const, path: replacedDatabase(folder) },
  ].flatMap(({ what, path }) => {
    const found = statSync(path, { throwIfNoEntry: false })
    return found === undefined ? [] : [{ what, at: found.mtime.toISOString() }]
  })
}

export function dropCopies(folder: string): void {
  dropReplaced(folder)
  for (const name of copiesBeforeMigration(folder)) rmSync(join(folder, name))
}
