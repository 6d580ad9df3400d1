// How many threads a model may compute on.
import { availableParallelism } from 'node:os'

/** One is left to the core and the page. More than a few help no longer. */
export const threadsHere = (): number => Math.max(1, Math.min(4, availableParallelism() - 1))
