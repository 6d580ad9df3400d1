// Lines processes up before one vault and lets them go at once.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Reply } from '../../../shared/api/api.ts'
import { childEnv } from './child.ts'

export interface Runner {
  readonly process: ChildProcess
  readonly pid: number
  readonly name: string
  readonly reply: Reply
  /** Kills it and waits until it is gone. */
  readonly kill: () => Promise<void>
}

interface Race {
  readonly base: string
  /** One process for each. `create-and-leave` creates a vault and closes it at once. */
  readonly tasks: readonly ('open' | 'create' | 'create-and-leave' | 'delete')[]
}

export async function race({ base, tasks }: Race): Promise<Runner[]> {
  const runners = tasks.map((task) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'racing-child.ts'), base, task], {
      env: childEnv,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return { child, next: async () => JSON.parse(String((await lines.next()).value)) as unknown }
  })
  await Promise.all(runners.map(({ next }) => next()))
  for (const { child } of runners) child.stdin.write('go\n')
  return Promise.all(
    runners.map(async ({ child, next }) => {
      const said = (await next()) as Pick<Runner, 'pid' | 'name' | 'reply'>
      const kill = async () => {
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      }
      return { process: child, ...said, kill }
    }),
  )
}
