// A path that somebody types is looked at before anything else is asked of them.
import { type Stats, lstatSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

export function mustBeThere(path: string): Stats {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`There is no file or folder "${path}".`, { typed: path })
  return found
}
