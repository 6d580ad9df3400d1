// The claims about what no page may do, held against the real Electron: the page tries, and Chromium and the main process
// answer. It needs Electron's binary and a display; `npm run test:electron` says so where they are missing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desktop, startDesktop } from './desktop.ts'

let desktop: Desktop
beforeAll(async () => {
  desktop = await startDesktop()
})
afterAll(async () => {
  await desktop.close()
})

const inPage = <T>(task: () => T | Promise<T>): Promise<T> => desktop.page.evaluate(task)

describe('the window in Electron', () => {
  it('shows our own page, isolated from Node and Electron', async () => {
    expect(desktop.page.url()).toMatch(/^app:\/\/vault\//)
    const seen = await inPage(() => ({
      names: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      given: Object.keys((globalThis as unknown as { mindkeep: object }).mindkeep),
      secure: globalThis.isSecureContext,
    }))
    expect(seen).toEqual({ names: [], given: ['call', 'onEvent'], secure: true })
  })

  it('is sandboxed, protected from screenshots, and the only one', async () => {
    const seen = await desktop.app.evaluate(({ BrowserWindow, app, session }) => ({
      windows: BrowserWindow.getAllWindows().map((window) => window.isContentProtected()),
      pages: app
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .map(({ sandboxed }) => sandboxed),
      stored: session.fromPartition('vault').isPersistent(),
    }))
    expect(seen.windows).toEqual([true])
    expect(seen.stored).toBe(false)
    // Chromium reports this on macOS and Windows; elsewhere, and as root, it is unknown.
    if (process.platform !== 'linux') expect(seen.pages).toEqual([true])
  })

  it('lets nothing out: no fetch, image, socket, beacon, worker or frame reaches the network', async () => {
    const refused = await inPage(async () => {
      const tried = await Promise.allSettled([
        fetch('https://example.com/'),
        fetch('http://127.0.0.1:9/'),
        fetch('app://vault.evil.com/'),
        new Promise((resolve, reject) => {
          const image = new Image()
          image.addEventListener('load', resolve)
          image.addEventListener('error', () => reject(new Error('refused')))
          image.src = 'https://example.com/x.png'
        }),
        new Promise((resolve, reject) => {
          const socket = new WebSocket('wss://example.com/')
          socket.addEventListener('open', resolve)
          socket.addEventListener('error', () => reject(new Error('refused')))
        }),
      ])
      return tried.map(({ status }) => status)
    })
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'rejected'))
  })

  it('gathers no WebRTC candidate', async () => {
    const candidates = await inPage(async () => {
      // Without a server to wait for, gathering ends at once; a page that may send finds this computer's own addresses.
      const connection = new RTCPeerConnection()
      const found: string[] = []
      const gathered = new Promise<void>((resolve) => {
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState === 'complete') resolve()
        })
      })
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate !== null && candidate.candidate !== '') found.push(candidate.candidate)
      })
      connection.createDataChannel('x')
      await connection.setLocalDescription(await connection.createOffer())
      await gathered
      connection.close()
      return found.filter((candidate) => /\budp\b/i.test(candidate))
    })
    expect(candidates).toEqual([])
  })

  it('goes nowhere and opens nothing', async () => {
    const before = desktop.page.url()
    // The event comes after our own listeners' answer to it, and nothing of a prevented navigation comes after the event.
    const asked = await desktop.app.evaluateHandle(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return {
        navigation: new Promise((resolve) => {
          contents?.once('will-navigate', (event) => resolve([event.url, event.defaultPrevented]))
        }),
      }
    })
    const opened = await inPage(() => {
      const window = globalThis.open('https://example.com/')
      globalThis.location.href = 'https://example.com/'
      return window
    })
    expect(opened).toBeNull()
    expect(await asked.evaluate(({ navigation }) => navigation)).toEqual(['https://example.com/', true])
    expect(desktop.page.url()).toBe(before)
    expect(desktop.app.windows()).toHaveLength(1)
  })

  it('is granted no permission', async () => {
    const states = await inPage(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as const
      return await Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
      )
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
    expect(
      await inPage(() =>
        navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'granted',
          () => 'denied',
        ),
      ),
    ).toBe('denied')
  })

  it('runs no string as code', async () => {
    const outcome = await inPage(() => {
      const script = document.createElement('script')
      try {
        script.textContent = 'globalThis.planted = true'
        document.head.append(script)
      } catch {
        return 'refused'
      }
      return 'planted' in globalThis ? 'ran' : 'refused'
    })
    expect(outcome).toBe('refused')
  })

  it('serves nothing but the page from app://vault/', async () => {
    const answers = await inPage(
      async () =>
        await Promise.all(
          ['../package.json', '..%2f..%2fpackage.json', 'nothing.js'].map(async (path) => (await fetch(path)).status),
        ),
    )
    expect(answers).toEqual([404, 404, 404])
  })
})
