// A recording double of the parts of Electron that Mindkeep's main process and preload use. Each part is checked against
// Electron's own declarations, so it cannot offer what Electron lacks; calls that Electron allows only before or only after
// it is ready throw at the wrong time here too. It is not Electron: what Chromium does with these settings is not shown.
import type * as Electron from 'electron'
import { MessageChannelMain } from './channel.ts'
import { createDesk, createDeskRecord } from './desk.ts'
import { type Ear, type Heard, createEar } from './emitter.ts'
import {
  type PageRecord,
  type SessionRecord,
  type WindowRecord,
  createPage,
  createSession,
  createWindow,
} from './pages.ts'

export interface WorldOptions {
  readonly appFolder: string
  readonly folder: string
  readonly stateFolder: string
  readonly isPackaged?: boolean
  readonly firstInstance?: boolean
  readonly locale?: string
  readonly dark?: boolean
  readonly backend?: ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>
  readonly encryption?: boolean
  readonly saveAs?: string
  readonly saveCancelled?: boolean
  /** What the person picks in the dialog for files. */
  readonly picked?: readonly string[]
  readonly pickCancelled?: boolean
  readonly notifications?: boolean
  /** False where the system tells nothing of what processes weigh. */
  readonly metrics?: boolean
  /** Which button the person presses when they are asked something; one that never comes where they do not answer. */
  readonly pressed?: number | Promise<number>
  /** False where the system has nothing to open an address with. */
  readonly browser?: boolean
  /** Runs the core process; without it a child that only records. */
  readonly runCore?: (modulePath: string, hear: (message: unknown) => void) => RunningCore
}

export interface RunningCore {
  readonly post: (message: unknown, ports?: readonly Electron.MessagePortMain[]) => void
  readonly kill: () => void
}

export interface ChildRecord {
  readonly modulePath: string
  readonly options: Electron.ForkOptions | undefined
  readonly ear: Ear
  readonly posted: unknown[]
  readonly ports: Electron.MessagePortMain[]
  killed: boolean
}

export type World = ReturnType<typeof createWorld>

export function createWorld(options: WorldOptions) {
  const heard: Heard[] = []
  const appEar = createEar('App', heard)
  const powerEar = createEar('PowerMonitor', heard)
  const preloadEar = createEar('IpcRenderer', heard)
  const record = Object.assign(createDeskRecord(), {
    sandboxed: false,
    ready: false,
    quits: 0,
    exits: [] as number[],
    switches: new Map<string, string | undefined>(),
    paths: new Map<string, string>(),
    protocolClients: [] as string[],
    schemes: [] as Electron.CustomScheme[],
    sessions: [] as SessionRecord[],
    windows: [] as WindowRecord[],
    children: [] as ChildRecord[],
    opened: [] as string[],
    handlers: new Map<string, (event: unknown, ...args: unknown[]) => unknown>(),
    exposed: new Map<string, unknown>(),
    invoked: [] as unknown[][],
  })
  const readiness = Promise.withResolvers<void>()
  const only = (when: 'before' | 'after', what: string): void => {
    if (record.ready !== (when === 'after')) throw new Error(`${what} may be called only ${when} the app is ready`)
  }

  const commandLine = {
    appendSwitch: (name: string, value?: string) => {
      only('before', 'appendSwitch')
      record.switches.set(name, value)
    },
    getSwitchValue: (name: string) => ({ vault: options.folder, state: options.stateFolder })[name] ?? '',
  } satisfies Partial<Electron.CommandLine>

  const app = {
    enableSandbox: () => {
      only('before', 'enableSandbox')
      record.sandboxed = true
    },
    commandLine: commandLine as Electron.CommandLine,
    on: appEar.on as Electron.App['on'],
    whenReady: () => readiness.promise,
    requestSingleInstanceLock: () => options.firstInstance ?? true,
    quit: () => void (record.quits += 1),
    exit: (code) => void record.exits.push(code ?? 0),
    setPath: (name, path) => void record.paths.set(name, path),
    getAppPath: () => options.appFolder,
    getVersion: () => '1.2.3',
    getAppMetrics: () =>
      (options.metrics === false ? [] : record.children).map(
        (_child, index): Electron.ProcessMetric => ({
          pid: index + 1,
          type: 'Utility',
          creationTime: 0,
          cpu: { percentCPUUsage: 0, idleWakeupsPerSecond: 0 },
          memory: { workingSetSize: (index + 1) * 1000, peakWorkingSetSize: 0 },
        }),
      ),
    getLocale: () => options.locale ?? 'en-GB',
    isPackaged: options.isPackaged ?? false,
    setAsDefaultProtocolClient: (scheme) => record.protocolClients.push(scheme) > 0,
  } satisfies Partial<Electron.App>

  const addSession = (partition: string, sessionOptions: unknown): SessionRecord => {
    only('after', 'a session')
    const made = createSession(partition, sessionOptions, heard)
    record.sessions.push(made)
    return made
  }
  let defaultSession: SessionRecord | undefined
  const session = {
    fromPartition: (partition, sessionOptions) => addSession(partition, sessionOptions).session,
    get defaultSession() {
      defaultSession ??= addSession('', undefined)
      return defaultSession.session
    },
  } satisfies Pick<typeof Electron.session, 'fromPartition' | 'defaultSession'>

  const protocol = {
    registerSchemesAsPrivileged: (schemes) => {
      only('before', 'registerSchemesAsPrivileged')
      record.schemes.push(...schemes)
    },
  } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>

  const announce = (page: PageRecord) => void appEar.emit('web-contents-created', {}, page.contents)
  // A constructor that answers another object hands that object over: `new BrowserWindow()` is the recorded window.
  const BrowserWindow = function (windowOptions: Electron.BrowserWindowConstructorOptions) {
    only('after', 'a window')
    const made = createWindow({ options: windowOptions, heard, onPage: announce })
    record.windows.push(made)
    return made.window
  } as unknown as typeof Electron.BrowserWindow
  BrowserWindow.fromWebContents = (contents) =>
    record.windows.find(({ window }) => window.webContents === contents)?.window ?? null

  const utilityProcess = {
    fork: (modulePath, _args, forkOptions) => {
      only('after', 'fork')
      const ear = createEar('UtilityProcess', heard)
      const child: ChildRecord = { modulePath, options: forkOptions, ear, posted: [], ports: [], killed: false }
      record.children.push(child)
      const core = options.runCore?.(modulePath, (message) => void ear.emit('message', message))
      const double = {
        pid: record.children.length,
        postMessage: (message: unknown, ports: Electron.MessagePortMain[] = []) => {
          child.posted.push(message)
          child.ports.push(...ports)
          core?.post(message, ports)
        },
        on: ear.on as Electron.UtilityProcess['on'],
        once: ear.once as Electron.UtilityProcess['once'],
        kill: () => {
          child.killed = true
          core?.kill()
          if (core === undefined) ear.emit('exit', 0)
          return true
        },
      } satisfies Partial<Electron.UtilityProcess>
      return double as unknown as Electron.UtilityProcess
    },
  } satisfies Pick<typeof Electron.utilityProcess, 'fork'>

  const ipcMain = {
    handle: (channel, handler) => void record.handlers.set(channel, handler as (event: unknown) => unknown),
  } satisfies Pick<Electron.IpcMain, 'handle'>

  const safeStorage = {
    isAsyncEncryptionAvailable: async () => options.encryption ?? true,
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    encryptStringAsync: async (text) => Buffer.from(`sealed:${text}`),
    decryptStringAsync: async (sealed) => ({ result: String(sealed).replace(/^sealed:/, ''), shouldReEncrypt: false }),
  } satisfies Partial<Electron.SafeStorage>

  const { Menu, Notification, Tray, dialog, nativeTheme } = createDesk({ options, heard, record })

  const electron = {
    app,
    BrowserWindow,
    Menu,
    MessageChannelMain,
    Notification,
    Tray,
    dialog,
    ipcMain,
    nativeImage: { createFromPath: (path) => path as unknown as Electron.NativeImage } satisfies Pick<
      typeof Electron.nativeImage,
      'createFromPath'
    >,
    nativeTheme,
    powerMonitor: { on: powerEar.on as Electron.PowerMonitor['on'] } satisfies Partial<Electron.PowerMonitor>,
    protocol,
    safeStorage,
    session,
    shell: {
      async openExternal(url) {
        record.opened.push(url)
        if (options.browser === false) throw new Error('no application is registered')
      },
    } satisfies Pick<Electron.Shell, 'openExternal'>,
    utilityProcess,
  } satisfies { readonly [K in keyof typeof Electron]?: unknown }

  const preloadElectron = {
    contextBridge: {
      exposeInMainWorld: (key, value) => void record.exposed.set(key, value),
    } satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>,
    ipcRenderer: {
      invoke: async (...args) => {
        record.invoked.push(args)
        return { ok: true, value: 'answered' }
      },
      on: preloadEar.on as Electron.IpcRenderer['on'],
      off: preloadEar.off as Electron.IpcRenderer['off'],
    } satisfies Pick<Electron.IpcRenderer, 'invoke' | 'on' | 'off'>,
  } satisfies { readonly [K in keyof typeof Electron]?: unknown }

  return {
    electron,
    preloadElectron,
    record,
    heard,
    appEar,
    powerEar,
    preloadEar,
    /** Electron says it is ready. */
    becomeReady() {
      record.ready = true
      readiness.resolve()
    },
    /** A session or a page that the main process did not ask for. */
    addSession(partition: string) {
      const made = addSession(partition, undefined)
      appEar.emit('session-created', made.session)
      return made
    },
    addPage() {
      const made = createPage(heard)
      announce(made)
      return made
    },
  }
}
