// The sections of the settings, in their order: the router, the line of sections and the palette all go by this list.
export const settingsSections = [
  'security',
  'library',
  'models',
  'backups',
  'export',
  'appearance',
  'keyboard',
  'about',
] as const
export type SettingsSection = (typeof settingsSections)[number]
