// What the core keeps in memory while the vault is open and nothing happens.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { signIn } from '../../contract/transports/http-page.ts'
import { type Callable, createVaultIn, mustAnswer, passphrase } from '../bench-vault.ts'
import type { Bench } from '../harness.ts'
import { residentMegabytes, scratch, startWebHost, stop } from '../support.ts'

/** Long enough for what unlocking needed to be given back. */
const settlingMs = 3000

export const memory: Bench = {
  name: 'memory',
  says: 'resident memory of the web host, core included, unlocked and idle; baseline: a bare Node process',
  unit: 'MB',
  better: 'lower',
  goal: 150,
  judged: 'figure',
  rounds: 3,
  async open() {
    const folder = scratch()
    await withHost(folder.path, createVaultIn)
    return {
      figure: () =>
        withHost(folder.path, async (page, child) => {
          await mustAnswer(page, 'vault.unlock', { passphrase })
          return settled(child)
        }),
      async baseline() {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
        try {
          return await settled(child)
        } finally {
          await stop(child)
        }
      },
      close: async () => folder.remove(),
    }
  },
}

/** A host of its own each time: what making the vault needed is not what keeping it open needs. */
async function withHost<T>(folder: string, use: (page: Callable, child: ChildProcess) => Promise<T>): Promise<T> {
  const { child, link } = await startWebHost(folder)
  try {
    const page = await signIn(new URL(link))
    return await use({ dispatch: page.call }, child)
  } finally {
    await stop(child)
  }
}

async function settled({ pid }: ChildProcess): Promise<number> {
  await wait(settlingMs)
  if (pid === undefined) throw new Error('a process did not start')
  return residentMegabytes(pid)
}
