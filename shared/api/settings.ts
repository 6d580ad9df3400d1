// Two kinds of setting. Appearance belongs to this computer and must be known before any vault is open, so it is kept in
// the clear beside the vault; everything else belongs to the vault and is encrypted with it.
import { z } from 'zod'
import { method } from './method.ts'
import { remoteHostsText } from './network.ts'
import { nothing } from './values.ts'
import { writerText } from './writing.ts'

export const themes = ['system', 'light', 'dark'] as const
export const languages = ['system', 'en', 'de'] as const

export const appearance = z.strictObject({ theme: z.enum(themes), language: z.enum(languages) })
export type Appearance = z.infer<typeof appearance>
export const defaultAppearance: Appearance = { theme: 'system', language: 'system' }

export const settings = z.strictObject({
  autoLockMinutes: z.int().min(1).max(240),
  singleKeyShortcuts: z.boolean(),
  backupEveryDay: z.boolean(),
  /** By how many percent what is of today counts more in a search than what is very old. */
  searchRecency: z.int().min(0).max(400),
  /** After how many days half of that is left. */
  searchHalfLifeDays: z.int().min(1).max(3650),
  /** Whether anything may leave this computer. Other programs on it can be asked either way. */
  network: z.boolean(),
  /** Hosts of the outside that may be asked to write. Each was typed by the person. */
  remoteHosts: remoteHostsText,
  /** What writes; nothing where nobody does. */
  writer: writerText,
})
export type Settings = z.infer<typeof settings>
export const defaultSettings: Settings = {
  autoLockMinutes: 10,
  singleKeyShortcuts: true,
  backupEveryDay: true,
  searchRecency: 50,
  searchHalfLifeDays: 180,
  network: true,
  remoteHosts: '',
  writer: '',
}

export const settingsApi = {
  'appearance.get': method({ input: nothing, output: appearance, whileLocked: true }),
  'appearance.set': method({ input: appearance.partial(), output: appearance, whileLocked: true }),
  'settings.get': method({ input: nothing, output: settings }),
  'settings.set': method({ input: settings.partial(), output: settings }),
}
