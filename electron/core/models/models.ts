// Models that run on this computer, each in a process of its own. (Front door.)
import type { Clock, StartProcess } from '../ports.ts'
import { resource } from '../resources.ts'
import { type Runtime, createRuntime } from './runtime/runtime.ts'

export type { Runtime } from './runtime/runtime.ts'
export type { Description, Embedded } from './runtime/protocol.ts'
export { type Writing, createWriting } from './writing/writing.ts'
export { readCatalogue } from './store/catalogue.ts'
export { createStore as createModelStore } from './store/store.ts'
export type { ModelStore } from './store/store.ts'

interface ModelsParts {
  readonly startProcess: StartProcess
  readonly clock: Clock
}

/** The model that comes with Mindkeep. */
const shipped = 'mindkeep-table'

export interface Models {
  /** What understands texts. */
  readonly understanding: { readonly model: string; readonly runtime: Runtime }
  /** What comes with Mindkeep, and where it lies. */
  readonly shipped: { readonly id: string; readonly folder: string }
}

export function createModels({ startProcess, clock }: ModelsParts): Models {
  const folder = resource(`models/${shipped}`)
  return {
    shipped: { id: shipped, folder },
    understanding: {
      model: shipped,
      runtime: createRuntime({ startProcess, clock, folder }),
    },
  }
}
