import { z } from 'zod'
import { method } from './method.ts'
import { nothing } from './values.ts'

export const hostNames = ['desktop', 'web', 'cli'] as const
export type HostName = (typeof hostNames)[number]

export const aboutApi = {
  /** What is running here, for Settings → About and for choosing what a host can do. */
  'app.about': method({
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      host: z.enum(hostNames),
      runtime: z.string(),
      folder: z.string(),
      canSaveFiles: z.boolean(),
      /** Whether `imports.pick` opens a dialog here. */
      canPickFiles: z.boolean(),
    }),
    whileLocked: true,
  }),
}
