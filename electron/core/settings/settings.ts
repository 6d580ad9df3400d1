// Settings of the vault, encrypted with it, each change recorded; and this computer's appearance, kept in the clear because
// the first screen needs it before any vault is open.
import { join } from 'node:path'
import { z } from 'zod'
import type { AppEvent } from '../../../shared/api/events.ts'
import {
  type Appearance,
  type Settings,
  appearance,
  defaultAppearance,
  defaultSettings,
  settings,
} from '../../../shared/api/settings.ts'
import { makeFolder, readIfPresent, writeAtomically } from '../files.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { OpenVault } from '../vault/vault.ts'

interface SettingsParts {
  readonly openVault: () => OpenVault
  readonly ledger: Ledger
  readonly stateFolder: string
  readonly emit: (event: AppEvent) => void
}

/** What a caller may leave out, it leaves as it is. */
type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined }

export interface SettingsFeature {
  readonly get: () => Settings
  readonly set: (changes: Changes<Settings>) => Settings
  /**
   * Of an export that comes back: what was never set here, as it stands there. In the caller's transaction, which is to record
   * the acts.
   */
  readonly bring: (rows: readonly SettingRow[]) => {
    readonly came: readonly SettingRow[]
    readonly acts: readonly Act[]
  }
  /** Of one that is taken back: what still says so. In the caller's transaction, which is to record the acts. */
  readonly giveUp: (rows: readonly SettingRow[]) => readonly Act[]
  readonly getAppearance: () => Appearance
  readonly setAppearance: (changes: Changes<Appearance>) => Appearance
}

const row = z.object({ key: z.string(), value: z.string() })
/** Its value as JSON. */
export type SettingRow = z.infer<typeof row>
const stored = settings.partial()

export function createSettings({ openVault, ledger, stateFolder, emit }: SettingsParts): SettingsFeature {
  const appearanceFile = join(stateFolder, 'appearance.json')

  const get = (): Settings => {
    const rows = z.array(row).parse(openVault().db.prepare('SELECT key, value FROM settings').all())
    const kept = { ...defaultSettings }
    // What this version does not know stays in the vault for one that does. What it knows but cannot use is as if it had
    // never been set: the vault reads its settings while it opens, and must not stay shut for the sake of one.
    for (const { key, value } of rows) {
      const known = stored.safeParse({ [key]: parseJson(value) })
      if (known.success) Object.assign(kept, known.data)
    }
    return kept
  }

  const getAppearance = (): Appearance => {
    const kept = appearance.partial().safeParse(parseJson(readIfPresent(appearanceFile)?.toString('utf8')))
    return { ...defaultAppearance, ...given(kept.success ? kept.data : {}) }
  }

  return {
    get,
    set(changes) {
      const { db } = openVault()
      const before = get()
      const upsert = db.prepare(
        'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      )
      const after = { ...before, ...given(changes) }
      ledger.record(actsOf(before, after), () => {
        for (const name of changedIn(before, after)) upsert.run(name, JSON.stringify(after[name]))
      })
      emit({ event: 'settings.changed', payload: after })
      return after
    },
    bring(rows) {
      const before = get()
      const add = openVault().db.prepare('INSERT OR IGNORE INTO settings (key, value) VALUES (?, ?)')
      const came = rows.filter(({ key, value }) => add.run(key, value).changes > 0)
      return { came, acts: actsOf(before, get()) }
    },
    giveUp(rows) {
      const before = get()
      const drop = openVault().db.prepare('DELETE FROM settings WHERE key = ? AND value = ?')
      for (const { key, value } of rows) drop.run(key, value)
      return actsOf(before, get())
    },
    getAppearance,
    setAppearance(changes) {
      const after = { ...getAppearance(), ...given(changes) }
      makeFolder(stateFolder)
      writeAtomically(appearanceFile, `${JSON.stringify(after, null, 2)}\n`)
      emit({ event: 'appearance.changed', payload: after })
      return after
    },
  }
}

const changedIn = (before: Settings, after: Settings) =>
  settings.keyof().options.filter((name) => after[name] !== before[name])

const actsOf = (before: Settings, after: Settings): Act[] =>
  changedIn(before, after).map((name) => ({
    act: 'settings.changed',
    setting: name,
    from: before[name],
    to: after[name],
  }))

/** Drops the fields that were left out, so that spreading does not turn them into nothing. */
function given<T>(changes: Changes<T>): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>
}

function parseJson(text = '{}'): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A torn appearance file costs a colour, not a vault: the defaults stand in.
    return {}
  }
}
