// The main process: refuses first, then starts. Everything that must be in force before Electron is ready stands before
// the wait; the order of what follows is that nothing can be asked before it is guarded.
import { join } from 'node:path'
import {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  Notification,
  Tray,
  app,
  dialog,
  ipcMain,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { events } from '../../shared/api/events.ts'
import { AppError, errorMessages } from '../../shared/errors.ts'
import { type Folders, chooseFolders } from '../core/folders.ts'
import { heapFlags, systemClock } from '../core/ports.ts'
import { createBridge } from './bridge.ts'
import { createIpc } from './ipc.ts'
import { followLinks, routeIn } from './links.ts'
import { createOutside } from './outside.ts'
import { chooseWhere, createDesktopPorts } from './ports.ts'
import { readPage, registerScheme, servePage } from './protocol.ts'
import { guardApp, guardSession } from './security.ts'
import { createTransfers } from './transfers.ts'
import { createTray, setMenu } from './tray.ts'
import { createWindows } from './window.ts'
import { wordsFor } from './words.ts'

const outside = createOutside({
  shell,
  dialog,
  windowOf: (contents) => BrowserWindow.fromWebContents(contents),
  words: () => wordsFor(app.getLocale()),
})
guardApp({ app, outside })
registerScheme(protocol)

const folders = foldersOrEnd()
if (folders !== undefined) {
  // Chromium's own files stay apart from the vault and from the small facts.
  app.setPath('userData', join(folders.stateFolder, 'desktop'))
  // Waiting at the top of the module would keep Electron from ever becoming ready.
  if (app.requestSingleInstanceLock())
    app
      .whenReady()
      .then(() => start(folders))
      .catch(giveUp)
  else app.quit()
}

/** `--vault=` and `--state=` are for development and tests: installed, a link must not be able to point elsewhere. */
function foldersOrEnd(): Folders | undefined {
  const given = (name: string): string | undefined => {
    const value = app.isPackaged ? '' : app.commandLine.getSwitchValue(name)
    return value === '' ? undefined : value
  }
  try {
    const surroundings = { platform: process.platform, env: process.env }
    return chooseFolders({ vault: given('vault'), state: given('state') }, surroundings)
  } catch (error) {
    giveUp(error)
    return undefined
  }
}

function giveUp(error: unknown): void {
  stop(error instanceof AppError ? error.message : errorMessages.INTERNAL)
}

function stop(sentence: string): void {
  dialog.showErrorBox('Mindkeep', sentence)
  app.exit(1)
}

function start({ folder, stateFolder }: Folders): void {
  const appFolder = app.getAppPath()
  const words = wordsFor(app.getLocale())

  // A session without a name on disk keeps its cache, cookies and storage in memory.
  const pageSession = session.fromPartition('vault', { cache: false })
  guardSession(session.defaultSession)
  guardSession(pageSession)

  const windows = createWindows({
    BrowserWindow,
    session: pageSession,
    appFolder,
    devTools: !app.isPackaged,
    isDark: () => nativeTheme.shouldUseDarkColors,
    clock: systemClock,
    onGivingUp() {
      // The vault is well, and locked on the way out before anybody has read the sentence.
      app.quit()
      dialog.showErrorBox('Mindkeep', words.pageGaveUp)
    },
  })
  const notify = (body: string): void => {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title: 'Mindkeep', body })
    notification.on('click', () => windows.show())
    notification.show()
  }

  const bridge = createBridge({
    fork: () =>
      utilityProcess.fork(join(appFolder, 'out', 'main', 'core.js'), [], {
        serviceName: 'Mindkeep vault',
        execArgv: heapFlags({}),
      }),
    startChild({ name, heapMiB }) {
      const child = utilityProcess.fork(join(appFolder, 'out', 'main', `${name}.js`), [], {
        serviceName: 'Mindkeep reader',
        execArgv: heapFlags({ heapMiB }),
        // What it complains of could quote what it reads.
        stdio: 'ignore',
      })
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage(null, [port1])
      const kilobytes = () => app.getAppMetrics().find(({ pid }) => pid === child.pid)?.memory.workingSetSize
      return { child, port: port2, bytes: () => (kilobytes() ?? 0) * 1024 }
    },
    config: { host: 'desktop', version: app.getVersion(), folder, stateFolder },
    clock: systemClock,
    answer: createDesktopPorts({ safeStorage, dialog, currentWindow: windows.current, platform: process.platform }),
    onEvent(event) {
      if (event.event === 'appearance.changed') nativeTheme.themeSource = event.payload.theme
      if (event.event === 'vault.lockSoon' && windows.current()?.isFocused() !== true) notify(words.lockSoon)
      ipc.push(event)
    },
    onEnding(ending) {
      if (ending === 'restarted') void sayRestarted()
      else stop(words.gaveUp)
    },
    onFailure: (error) => stop(error.message),
  })
  const ipc = createIpc({ ipcMain, currentWindow: windows.current, dispatch: bridge.dispatch })

  servePage(pageSession.protocol, {
    files: readPage(join(appFolder, 'out', 'renderer')),
    transfers: createTransfers({
      currentWindow: windows.current,
      bridge,
      chooseWhere: (name) => chooseWhere({ dialog, currentWindow: windows.current }, name),
    }),
  })

  const sayRestarted = async (): Promise<void> => {
    notify(words.restarted)
    const status = await bridge.dispatch('vault.status', {})
    if (status.ok) ipc.push({ event: 'vault.changed', payload: events['vault.changed'].parse(status.value) })
  }
  const acts = {
    open: () => windows.show(),
    lock: () => void bridge.dispatch('vault.lock', {}),
    quit: () => app.quit(),
  }

  powerMonitor.on('suspend', bridge.suspend)
  powerMonitor.on('lock-screen', bridge.suspend)
  followLinks({ app, show: windows.show })
  setMenu({ Menu, platform: process.platform, words, acts })
  const tray = createTray({ Tray, Menu, images: nativeImage, appFolder, platform: process.platform, words, acts })
  // Listening holds on to the tray, which would go with the next garbage collection otherwise.
  app.on('will-quit', () => tray.destroy())
  app.on('activate', acts.open)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  lockBeforeQuit(bridge.close)
  windows.show(routeIn(process.argv))
}

/** Quitting waits until the vault is locked and its file is let go. */
function lockBeforeQuit(close: () => Promise<void>): void {
  let locked = false
  app.on('before-quit', (event) => {
    if (locked) return
    event.preventDefault()
    void close().finally(() => {
      locked = true
      app.quit()
    })
  })
}
