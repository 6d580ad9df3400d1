// A path that somebody types is looked at before anything else is asked of them.
import { type Stats, existsSync, lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Folders } from '../core/folders.ts'
import { UsageError } from './usage-error.ts'

export function mustBeThere(path: string): Stats {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`There is no file or folder "${path}".`, { typed: path })
  return found
}

/** What is in the clear does not belong among what is not: the vault's folder is copied and kept as one that is sealed. */
export function mustBeOutside(path: string, { folder, stateFolder }: Folders): void {
  for (const ours of [folder, stateFolder]) {
    const inside = relative(whereItLeads(resolve(ours)), whereItLeads(resolve(path)))
    if (inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside) continue
    throw new UsageError(`"${path}" is in the folder of the vault. Choose one outside of it.`, { typed: path })
  }
}

/** Through all links; of what is not there yet, through those above it. */
function whereItLeads(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path)
  return join(whereItLeads(dirname(path)), basename(path))
}
