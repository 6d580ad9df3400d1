// A thread that hunts: it is given one mutant after the other and answers which claim noticed, or nothing. Most of a hunt is
// waiting for what does not come, so that several threads wait side by side.
import { parentPort, workerData } from 'node:worker_threads'
import { claims } from '../claims/all.ts'
import { createModuleCache } from '../double/sources.ts'
import { createHunt } from './hunt.ts'
import type { Mutant } from './mutate.ts'

const { appFolder } = workerData as { readonly appFolder: string }
const hunt = createHunt({ claims, appFolder, cache: createModuleCache() })

// A mutant may leave promises behind that nobody waits for. Whether that counts is for the claims to say.
process.on('unhandledRejection', () => undefined)
parentPort?.on('message', (mutant: Mutant) => {
  void hunt(mutant).then((found) => parentPort?.postMessage(found))
})
