// Appearance, which belongs to the computer, and settings, which belong to the vault.
import { type Case, refusal, step, value } from '../case.ts'

const search = { searchRecency: 50, searchHalfLifeDays: 180, network: true, remoteHosts: '', writer: '' }

export const settingsCases: readonly Case[] = [
  {
    name: 'appearance begins with the defaults of the system',
    start: 'nothing',
    steps: () => [step('appearance.get', {}, value({ theme: 'system', language: 'system' }))],
  },
  {
    name: 'appearance is kept, one part at a time, before there is a vault',
    start: 'nothing',
    steps: () => [
      step('appearance.set', { theme: 'dark' }, value({ theme: 'dark', language: 'system' })),
      step('appearance.set', { language: 'de' }, value({ theme: 'dark', language: 'de' })),
      step('appearance.get', {}, value({ theme: 'dark', language: 'de' })),
    ],
  },
  {
    name: 'a theme that does not exist is refused and nothing changes',
    start: 'nothing',
    steps: () => [
      step('appearance.set', { theme: 'neon' }, refusal('INVALID_INPUT', { fields: ['theme'] })),
      step('appearance.get', {}, value({ theme: 'system', language: 'system' })),
    ],
  },
  {
    name: 'settings begin with their defaults and keep what is changed',
    start: 'unlocked',
    steps: () => [
      step(
        'settings.get',
        {},
        value({ autoLockMinutes: 10, singleKeyShortcuts: true, backupEveryDay: true, ...search }),
      ),
      step(
        'settings.set',
        { autoLockMinutes: 30 },
        value({ autoLockMinutes: 30, singleKeyShortcuts: true, backupEveryDay: true, ...search }),
      ),
      step(
        'settings.get',
        {},
        value({ autoLockMinutes: 30, singleKeyShortcuts: true, backupEveryDay: true, ...search }),
      ),
    ],
  },
  {
    name: 'an auto-lock time out of bounds is refused',
    start: 'unlocked',
    steps: () => [
      step('settings.set', { autoLockMinutes: 0 }, refusal('INVALID_INPUT', { fields: ['autoLockMinutes'] })),
      step('settings.set', { autoLockMinutes: 241 }, refusal('INVALID_INPUT', { fields: ['autoLockMinutes'] })),
    ],
  },
]
