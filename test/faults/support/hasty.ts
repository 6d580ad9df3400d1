// The negative control of the kill and power suites: a plain SQLite writer, run as a process of its own, that breaks one
// rule of ours on purpose. It shows that the suites would notice. Nothing of the product is in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { childEnv } from './child.ts'

/** `acknowledge-early` says so before the commit; the others commit first, flushing as SQLite's setting of that name does. */
export type HastyTask = 'acknowledge-early' | 'OFF' | 'NORMAL' | 'FULL'

export const hastyChild = join(import.meta.dirname, 'hasty-child.ts')

interface Hasty {
  readonly path: string
  readonly task: HastyTask
  readonly until: () => Promise<unknown>
}

/** How many rows it said it had written when it was killed. */
export async function runHasty({ path, task, until }: Hasty): Promise<number> {
  const child = spawn(process.execPath, [hastyChild, path, task], {
    env: childEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  await once(child.stdout, 'data')
  await until()
  child.kill('SIGKILL')
  await ended
  return lastRowSaid(said)
}

export const lastRowSaid = (said: string): number => Number(said.split('\n').slice(0, -1).at(-1) ?? 0)

export function rowsOf(path: string): number {
  const db = new Database(path)
  try {
    return Number(db.prepare('SELECT coalesce(max(n), 0) FROM acts').pluck().get())
  } finally {
    db.close()
  }
}
