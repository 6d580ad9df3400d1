// The double's sessions, pages and windows. They record what the main process asks of them and let a test be the page, the
// network or the window manager. Nothing here decides anything: what comes of an event is the main process's doing.
import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents, WebFrameMain } from 'electron'
import { type Ear, type Heard, createEar } from './emitter.ts'

type HandlerOf<F> = F extends (handler: infer H, ...rest: never[]) => unknown ? NonNullable<H> : never

/** What is read of a request before it is made. */
export interface RequestDetails {
  readonly url: string
  readonly frame?: Pick<WebFrameMain, 'parent'> | null
}

export interface SessionRecord {
  readonly partition: string
  readonly options: unknown
  readonly session: Session
  readonly ear: Ear
  permissionRequest?: HandlerOf<Session['setPermissionRequestHandler']> | undefined
  permissionCheck?: HandlerOf<Session['setPermissionCheckHandler']> | undefined
  devicePermission?: HandlerOf<Session['setDevicePermissionHandler']> | undefined
  displayMedia?: HandlerOf<Session['setDisplayMediaRequestHandler']> | undefined
  bluetooth?: HandlerOf<Session['setBluetoothPairingHandler']> | undefined
  beforeRequest?: (details: RequestDetails, answer: (response: { cancel?: boolean }) => void) => void
  spellChecker?: boolean
  readonly served: Map<string, (request: Request) => Response | Promise<Response>>
}

export function createSession(partition: string, options: unknown, heard: Heard[]): SessionRecord {
  const ear = createEar('Session', heard)
  const served: SessionRecord['served'] = new Map()
  const protocol = {
    handle: (scheme, handler) => {
      served.set(scheme, handler)
    },
  } satisfies Pick<Session['protocol'], 'handle'>
  const webRequest = {
    onBeforeRequest: (listener: unknown) => {
      record.beforeRequest = listener as NonNullable<SessionRecord['beforeRequest']>
    },
  } satisfies Pick<Session['webRequest'], 'onBeforeRequest'>
  const session = {
    setPermissionRequestHandler: (handler) => void (record.permissionRequest = handler ?? undefined),
    setPermissionCheckHandler: (handler) => void (record.permissionCheck = handler ?? undefined),
    setDevicePermissionHandler: (handler) => void (record.devicePermission = handler ?? undefined),
    setDisplayMediaRequestHandler: (handler) => void (record.displayMedia = handler ?? undefined),
    setBluetoothPairingHandler: (handler) => void (record.bluetooth = handler ?? undefined),
    setSpellCheckerEnabled: (enable) => void (record.spellChecker = enable),
    on: ear.on as Session['on'],
    protocol: protocol as unknown as Session['protocol'],
    webRequest: webRequest as unknown as Session['webRequest'],
  } satisfies Partial<Session>
  const record: SessionRecord = { partition, options, session: session as unknown as Session, ear, served }
  return record
}

export interface PageRecord {
  readonly contents: WebContents
  readonly ear: Ear
  readonly mainFrame: Pick<WebFrameMain, 'url' | 'parent'>
  readonly sent: (readonly [channel: string, payload: unknown])[]
  openHandler?: Parameters<WebContents['setWindowOpenHandler']>[0]
  webRtcPolicy?: Parameters<WebContents['setWebRTCIPHandlingPolicy']>[0]
  url: string
}

export function createPage(heard: Heard[]): PageRecord {
  const ear = createEar('WebContents', heard)
  const sent: [string, unknown][] = []
  const mainFrame = {
    get url() {
      return record.url
    },
    parent: null,
  } satisfies Pick<WebFrameMain, 'url' | 'parent'>
  const contents = {
    on: ear.on as WebContents['on'],
    setWindowOpenHandler: (handler) => void (record.openHandler = handler),
    setWebRTCIPHandlingPolicy: (policy) => void (record.webRtcPolicy = policy),
    send: (channel, payload) => void sent.push([channel, payload]),
    getURL: () => record.url,
    mainFrame: mainFrame as WebFrameMain,
  } satisfies Partial<WebContents>
  const record: PageRecord = { contents: contents as unknown as WebContents, ear, mainFrame, sent, url: '' }
  return record
}

export interface WindowRecord {
  readonly window: BrowserWindow
  readonly options: BrowserWindowConstructorOptions
  readonly page: PageRecord
  readonly ear: Ear
  readonly loaded: string[]
  /** What was done to the window, in order. */
  readonly acts: string[]
  contentProtection: boolean
  minimized: boolean
  focused: boolean
}

interface WindowParts {
  readonly options: BrowserWindowConstructorOptions
  readonly heard: Heard[]
  /** Called while the window is being made, as Electron does. */
  readonly onPage: (page: PageRecord) => void
}

export function createWindow({ options, heard, onPage }: WindowParts): WindowRecord {
  const ear = createEar('BrowserWindow', heard)
  const page = createPage(heard)
  onPage(page)
  const window = {
    webContents: page.contents,
    on: ear.on as BrowserWindow['on'],
    once: ear.once as BrowserWindow['once'],
    loadURL: async (url) => {
      record.loaded.push(url)
      page.url = url
    },
    show: () => void record.acts.push('show'),
    focus: () => void record.acts.push('focus'),
    restore: () => void record.acts.push('restore'),
    isMinimized: () => record.minimized,
    isFocused: () => record.focused,
    setContentProtection: (enable) => void (record.contentProtection = enable),
  } satisfies Partial<BrowserWindow>
  const record: WindowRecord = {
    window: window as unknown as BrowserWindow,
    options,
    page,
    ear,
    loaded: [],
    acts: [],
    contentProtection: false,
    minimized: false,
    focused: false,
  }
  return record
}
