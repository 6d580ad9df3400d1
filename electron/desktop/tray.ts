// The small icon beside the clock and the menu bar: open, lock, quit. Neither tells anything about what is in the vault.
import { join } from 'node:path'
import type { Menu, MenuItemConstructorOptions, NativeImage, Tray, nativeImage } from 'electron'
import type { Words } from './words.ts'

interface Acts {
  readonly open: () => void
  readonly lock: () => void
  readonly quit: () => void
}

interface TrayParts {
  readonly Tray: new (image: NativeImage) => Tray
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate'>
  readonly images: Pick<typeof nativeImage, 'createFromPath'>
  readonly appFolder: string
  readonly platform: NodeJS.Platform
  readonly words: Words
  readonly acts: Acts
}

/** Answers the icon, which lives for as long as somebody holds it. */
export function createTray({ Tray, Menu, images, appFolder, platform, words, acts }: TrayParts): Tray {
  // macOS paints a template image in the colour of its menu bar; the name says that it is one.
  const file = platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
  const tray = new Tray(images.createFromPath(join(appFolder, 'resources', 'icons', file)))
  tray.setToolTip('Mindkeep')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: words.open, click: acts.open },
      { label: words.lock, click: acts.lock },
      { type: 'separator' },
      { label: words.quit, click: acts.quit },
    ]),
  )
  tray.on('click', acts.open)
  return tray
}

interface MenuParts {
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
  readonly platform: NodeJS.Platform
  readonly words: Words
  readonly acts: Acts
}

/** Without a menu bar copy, paste and undo have no keys on macOS. Reload and developer tools are left out on purpose. */
export function setMenu({ Menu, platform, words, acts }: MenuParts): void {
  const mac: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      {
        label: words.file,
        submenu: [
          { label: words.lock, accelerator: 'CommandOrControl+Shift+L', click: acts.lock },
          { type: 'separator' },
          platform === 'darwin' ? { role: 'close' } : { label: words.quit, accelerator: 'Control+Q', click: acts.quit },
        ],
      },
      { role: 'editMenu' },
      {
        label: words.view,
        submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
      },
      { role: 'windowMenu' },
    ]),
  )
}
