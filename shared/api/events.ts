// What the core tells its hosts without being asked. Payloads are JSON-safe, like every value of the api.
import { z } from 'zod'
import { job } from './jobs.ts'
import { appearance, settings } from './settings.ts'
import { time } from './values.ts'
import { vaultStatus } from './vault.ts'

export const events = {
  'vault.changed': vaultStatus,
  /** Sent 30 seconds before the vault locks itself. */
  'vault.lockSoon': z.strictObject({ locksAt: time }),
  'appearance.changed': appearance,
  'settings.changed': settings,
  'job.changed': job,
  'ledger.appended': z.strictObject({ seq: z.int().positive() }),
  'backups.changed': z.strictObject({}),
  /** Items, tags or collections. A few times a second at most, however much is added. */
  'library.changed': z.strictObject({}),
  /** An import began, ended, or was undone; how far it is, its job says. */
  'imports.changed': z.strictObject({}),
  /** A model came or went, or somebody stopped being at one. */
  'models.changed': z.strictObject({}),
  /** A connection began, counted on, or ended. */
  'network.changed': z.strictObject({}),
} as const

export type EventName = keyof typeof events
export type AppEvent = {
  [E in EventName]: { readonly event: E; readonly payload: z.infer<(typeof events)[E]> }
}[EventName]
