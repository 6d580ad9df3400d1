// The keys that people already expect, named once: the handler, the help, the palette and the settings read them here.
import type { TFunction } from 'i18next'

const onMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)

export const commandKey = (t: TFunction): string => (onMac() ? '⌘' : t('shortcuts.ctrl'))

export interface Shortcut {
  readonly id:
    | 'palette'
    | 'search'
    | 'goHome'
    | 'goLibrary'
    | 'goActivity'
    | 'goSettings'
    | 'help'
    | 'undo'
    | 'redo'
    | 'lock'
  readonly keys: readonly string[]
  /** Acts without Ctrl, so it can be turned off. */
  readonly single: boolean
}

export function shortcuts(t: TFunction): readonly Shortcut[] {
  const command = commandKey(t)
  return [
    { id: 'palette', keys: [command, 'K'], single: false },
    { id: 'lock', keys: [command, t('shortcuts.shift'), 'L'], single: false },
    { id: 'undo', keys: [command, 'Z'], single: false },
    { id: 'redo', keys: [command, t('shortcuts.shift'), 'Z'], single: false },
    { id: 'search', keys: ['/'], single: true },
    { id: 'goHome', keys: ['g', 'h'], single: true },
    { id: 'goLibrary', keys: ['g', 'l'], single: true },
    { id: 'goActivity', keys: ['g', 'a'], single: true },
    { id: 'goSettings', keys: ['g', 's'], single: true },
    { id: 'help', keys: ['?'], single: true },
  ]
}

export const keysOf = (t: TFunction, id: Shortcut['id']): readonly string[] =>
  shortcuts(t).find((shortcut) => shortcut.id === id)?.keys ?? []
