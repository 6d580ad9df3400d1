// The double's menus, tray, notifications, dialogs and theme: what a desktop app shows outside its window. It records, and
// lets a test press what was put there.
import type * as Electron from 'electron'
import { type Ear, type Heard, createEar } from './emitter.ts'
import type { WorldOptions } from './world.ts'

export interface MenuEntry {
  readonly label?: string
  readonly role?: string
  readonly click?: () => void
  readonly submenu?: readonly MenuEntry[]
}

export type DeskRecord = ReturnType<typeof createDeskRecord>

export function createDeskRecord() {
  return {
    errors: [] as string[],
    titles: [] as string[],
    notifications: [] as { readonly options: Electron.NotificationConstructorOptions; readonly ear: Ear }[],
    trays: [] as { readonly image: string; readonly ear: Ear; menu: readonly MenuEntry[]; destroyed: boolean }[],
    menu: [] as readonly MenuEntry[],
    saveDialogs: [] as { readonly over: unknown; readonly options: unknown }[],
    questions: [] as { readonly over: unknown; readonly options: Electron.MessageBoxOptions }[],
    openDialogs: [] as { readonly over: unknown; readonly options: unknown }[],
    themeSource: 'system' as string,
  }
}

interface DeskParts {
  readonly options: WorldOptions
  readonly heard: Heard[]
  readonly record: DeskRecord
}

export function createDesk({ options, heard, record }: DeskParts) {
  const dialog = {
    showErrorBox: (title, content) => {
      record.titles.push(title)
      record.errors.push(content)
    },
    showSaveDialog: (async (...args: readonly unknown[]) => {
      record.saveDialogs.push({ over: args.length > 1 ? (args[0] ?? null) : undefined, options: args.at(-1) })
      return { canceled: options.saveCancelled ?? false, filePath: options.saveAs ?? '' }
    }) as Electron.Dialog['showSaveDialog'],
    showOpenDialog: (async (...args: readonly unknown[]) => {
      record.openDialogs.push({ over: args.length > 1 ? (args[0] ?? null) : undefined, options: args.at(-1) })
      return { canceled: options.pickCancelled ?? false, filePaths: [...(options.picked ?? [])] }
    }) as Electron.Dialog['showOpenDialog'],
    showMessageBox: (async (over: unknown, asked: Electron.MessageBoxOptions) => {
      record.questions.push({ over, options: asked })
      return { response: await (options.pressed ?? 0), checkboxChecked: false }
    }) as Electron.Dialog['showMessageBox'],
  } satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showSaveDialog' | 'showOpenDialog' | 'showMessageBox'>

  const Menu = {
    buildFromTemplate: (template) => template as unknown as Electron.Menu,
    setApplicationMenu: (menu) => void (record.menu = menu as unknown as readonly MenuEntry[]),
  } satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>

  const Tray = function (image: unknown) {
    const ear = createEar('Tray', heard)
    const made = { image: String(image), ear, menu: [] as readonly MenuEntry[], destroyed: false }
    record.trays.push(made)
    return {
      setToolTip: () => undefined,
      setContextMenu: (menu) => void (made.menu = menu as unknown as readonly MenuEntry[]),
      on: ear.on as Electron.Tray['on'],
      destroy: () => void (made.destroyed = true),
    } satisfies Partial<Electron.Tray>
  } as unknown as typeof Electron.Tray

  const Notification = function (notificationOptions: Electron.NotificationConstructorOptions) {
    const ear = createEar('Notification', heard)
    return {
      on: ear.on as Electron.Notification['on'],
      show: () => void record.notifications.push({ options: notificationOptions, ear }),
    } satisfies Partial<Electron.Notification>
  } as unknown as typeof Electron.Notification
  Notification.isSupported = () => options.notifications ?? true

  const nativeTheme = {
    shouldUseDarkColors: options.dark ?? false,
    get themeSource() {
      return record.themeSource as Electron.NativeTheme['themeSource']
    },
    set themeSource(theme) {
      record.themeSource = theme
    },
  } satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'>

  return { Menu, Notification, Tray, dialog, nativeTheme }
}
