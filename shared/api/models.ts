// The models on this computer: which there are, which can be had, getting one, bringing in one's own, and removing them.
import { z } from 'zod'
import { handle } from './imports.ts'
import { method } from './method.ts'
import { hex32, nothing, started, time } from './values.ts'

/** What a model is for. */
export const modelTasks = ['understanding', 'writing'] as const
export type ModelTask = (typeof modelTasks)[number]

export const modelId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/)
/** Below the folder of its model; one folder deep at most. */
export const modelPath = z.string().regex(/^(?:[A-Za-z0-9_][\w.-]{0,99}\/)?[A-Za-z0-9_][\w.-]{0,99}$/)

/** Where a model comes from: a repository of the hub, as it was at one moment. */
export const modelOrigin = z.strictObject({
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  revision: z.string().regex(/^[0-9a-f]{40}$/),
})

export const modelFile = z.strictObject({ path: modelPath, bytes: z.int().nonnegative(), sha256: hex32 })

export const model = z.strictObject({
  id: modelId,
  name: z.string(),
  task: z.enum(modelTasks),
  licence: z.string().nullable(),
  origin: modelOrigin.nullable(),
  /** It comes with Mindkeep, can be had from the hub, or was brought in from a folder. */
  from: z.enum(['mindkeep', 'hub', 'folder']),
  /** What it takes on the disk; null where only the hub knows. */
  bytes: z.int().nonnegative().nullable(),
  /** What of it has come so far, while it is not whole. */
  arrived: z.int().nonnegative(),
  /** Its content hashes are on record. Where they are not, the hub is asked for its own, and they are kept. */
  recorded: z.boolean(),
  /** Being fetched or copied. */
  underway: z.boolean(),
  /** Since when it is here, where that is known, and what its files are. */
  installed: z.strictObject({ at: time.nullable(), files: z.array(modelFile) }).nullable(),
})
export type Model = z.infer<typeof model>

/** The result of a `get-model` or an `add-model` job. */
export const modelAdded = z.strictObject({ model: modelId, name: z.string(), bytes: z.int().nonnegative() })

/** Why a model is not taken: what is in it, or what is not. */
export const modelFaults = [
  'pickle',
  'only-safetensors',
  'no-weights',
  'no-config',
  'no-tokenizer',
  'wrong-task',
  'link',
  'outside',
  'damaged',
  'too-many-files',
] as const
export type ModelFault = (typeof modelFaults)[number]

export const modelsApi = {
  'models.list': method({
    input: nothing,
    /** `free` is the room on the disk that they would take; null where the system does not say. */
    output: z.strictObject({ models: z.array(model), free: z.int().nonnegative().nullable() }),
  }),
  /** Fetches what of it is not here yet. */
  'models.get': method({ input: z.strictObject({ id: modelId }), output: started }),
  /** A folder that was handed in, in the layout of the hub. It is copied; the folder stays as it is. */
  'models.add': method({ input: z.strictObject({ handle }), output: started }),
  /** Also what has come of one that is not whole. */
  'models.remove': method({
    input: z.strictObject({ id: modelId }),
    output: z.strictObject({ freed: z.int().nonnegative() }),
  }),
  /** Compares every file with what it was when it came. */
  'models.check': method({ input: z.strictObject({ id: modelId }), output: z.strictObject({ whole: z.boolean() }) }),
}
