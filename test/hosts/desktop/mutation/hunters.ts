// Has many mutants hunted at once, in threads.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Mutant } from './mutate.ts'

const hunters = 4

interface HuntAllParts {
  readonly appFolder: string
  readonly mutants: readonly Mutant[]
}

/** Answers those that no claim noticed, in their order. */
export async function huntAll({ appFolder, mutants }: HuntAllParts): Promise<readonly Mutant[]> {
  const missed = new Set<Mutant>()
  const waiting = [...mutants]
  const hunt = async (): Promise<void> => {
    const worker = new Worker(new URL('./hunter.worker.ts', import.meta.url), {
      workerData: { appFolder },
      execArgv: [],
    })
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      worker.postMessage(mutant)
      const [found] = (await once(worker, 'message')) as [string | undefined]
      if (found === undefined) missed.add(mutant)
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: hunters }, hunt))
  return mutants.filter((mutant) => missed.has(mutant))
}
