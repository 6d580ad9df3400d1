// The only place that makes a window. Its page is sandboxed, sees no Node, and is kept out of screenshots and screen
// sharing; there is one window at most.
import { join } from 'node:path'
import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebPreferences } from 'electron'
import type { Clock } from '../core/ports.ts'
import { page } from './address.ts'
import { createDeathCount } from './deaths.ts'

interface WindowsParts {
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly session: Session
  /** The folder of package.json: the checkout, or the packed archive. */
  readonly appFolder: string
  /** Developer tools exist in a checkout only. */
  readonly devTools: boolean
  readonly isDark: () => boolean
  readonly clock: Clock
  /** The page crashed too often to be loaded again. */
  readonly onGivingUp: () => void
}

export interface Windows {
  /** Brings the window to the front, making it where there is none; a route such as `#/settings` moves it there. */
  readonly show: (route?: string) => void
  readonly current: () => BrowserWindow | undefined
}

export function createWindows(parts: WindowsParts): Windows {
  const { BrowserWindow, session, appFolder, devTools, isDark, clock, onGivingUp } = parts
  const isOneTooMany = createDeathCount({ clock })
  let open: BrowserWindow | undefined

  const webPreferences: WebPreferences = {
    session,
    preload: join(appFolder, 'out', 'preload', 'preload.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools,
  }

  const make = (): BrowserWindow => {
    const window = new BrowserWindow({
      width: 1120,
      height: 760,
      minWidth: 360,
      minHeight: 480,
      show: false,
      title: 'Mindkeep',
      icon: join(appFolder, 'resources', 'icons', '512x512.png'),
      backgroundColor: isDark() ? '#11151a' : '#fcfaf7',
      autoHideMenuBar: true,
      webPreferences,
    })
    window.setContentProtection(true)
    window.once('ready-to-show', () => window.show())
    window.on('closed', () => {
      open = undefined
    })
    // A page that crashed shows nothing; the vault behind it is in another process and unharmed.
    window.webContents.on('render-process-gone', () => {
      if (isOneTooMany()) onGivingUp()
      else load(window, '')
    })
    return window
  }

  return {
    show(route) {
      const window = open
      if (window === undefined) {
        open = make()
        load(open, route ?? '')
        return
      }
      if (route !== undefined) load(window, route)
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    current: () => open,
  }
}

/** Loading is watched by `ready-to-show`; the promise is refused whenever a newer load overtakes it. */
function load(window: BrowserWindow, route: string): void {
  window.loadURL(`${page}${route}`).catch(() => undefined)
}
