// Claims about what no page may do, whichever page it is.
import assert from 'node:assert/strict'
import type { WebFrameMain } from 'electron'
import type { PageRecord, RequestDetails, SessionRecord } from '../double/pages.ts'
import type { World } from '../double/world.ts'
import { hostile, ours } from './addresses.ts'
import { type Claim, prevents, theWindow } from './claim.ts'

const permissions = [
  'media',
  'geolocation',
  'notifications',
  'clipboard-read',
  'openExternal',
  'fileSystem',
  'usb',
  'unknown',
] as const

/** Every session there is: Chromium's own, the page's, and one that somebody else made. */
function everySession(world: World): readonly SessionRecord[] {
  world.addSession('persist:other')
  assert.deepEqual(world.record.sessions.map(({ partition }) => partition).toSorted(), ['', 'persist:other', 'vault'])
  return world.record.sessions
}

const everyPage = (world: World): readonly PageRecord[] => [theWindow(world).page, world.addPage()]

const inEverySession = (says: string, holds: (session: SessionRecord, world: World) => void): Claim => ({
  says: `${says}, in every session`,
  async holds({ start }) {
    const world = await start()
    for (const session of everySession(world)) holds(session, world)
  },
})

const inEveryPage = (says: string, holds: (page: PageRecord, world: World) => void): Claim => ({
  says: `${says}, in every page`,
  async holds({ start }) {
    const world = await start()
    for (const page of everyPage(world)) holds(page, world)
  },
})

const isAllowed = ({ beforeRequest }: SessionRecord, url: string, frame?: RequestDetails['frame']): boolean => {
  const answers: unknown[] = []
  assert.ok(beforeRequest)
  beforeRequest({ url, ...(frame === undefined ? {} : { frame }) }, ({ cancel }) => answers.push(cancel))
  assert.equal(answers.length, 1, 'each request is answered once')
  return answers[0] === false
}

export const securityClaims: readonly Claim[] = [
  {
    says: 'switches the sandbox on for every process, before Electron is ready',
    async holds({ load }) {
      assert.equal((await load()).record.sandboxed, true)
    },
  },
  {
    says: 'leaves Chromium no host name to resolve and no background service to run',
    async holds({ load }) {
      const { record } = await load()
      assert.deepEqual(
        [...record.switches],
        [
          ['host-resolver-rules', 'MAP * ~NOTFOUND'],
          ['disable-background-networking', undefined],
        ],
      )
    },
  },
  inEverySession('lets app://vault/ be requested', (session) => {
    for (const url of ours) assert.equal(isAllowed(session, url), true, url)
  }),
  inEverySession('cancels every request to anywhere else', (session) => {
    for (const url of hostile) assert.equal(isAllowed(session, url), false, JSON.stringify(url))
  }),
  inEverySession('lets a page ask, and no frame inside it', (session, world) => {
    const { mainFrame } = theWindow(world).page
    for (const url of ours) {
      assert.equal(isAllowed(session, url, mainFrame), true, url)
      assert.equal(isAllowed(session, url, null), true, url)
      assert.equal(isAllowed(session, url, { parent: mainFrame as WebFrameMain }), false, url)
    }
    for (const url of hostile) assert.equal(isAllowed(session, url, mainFrame), false, JSON.stringify(url))
  }),
  inEverySession('refuses every permission a page asks for', (session, world) => {
    for (const permission of permissions) {
      const answers: boolean[] = []
      const details = { isMainFrame: true, requestingUrl: 'app://vault/' }
      session.permissionRequest?.(
        theWindow(world).page.contents,
        permission,
        (granted) => answers.push(granted),
        details,
      )
      assert.deepEqual(answers, [false], permission)
    }
  }),
  inEverySession('says no when asked whether a permission is held', (session) => {
    assert.ok(session.permissionCheck)
    for (const permission of permissions) {
      const details = { isMainFrame: true, requestingUrl: 'app://vault/' }
      assert.equal(session.permissionCheck(null, permission, 'app://vault', details), false, permission)
    }
  }),
  inEverySession('gives no device', (session) => {
    assert.ok(session.devicePermission)
    const device = { deviceId: 'x', vendorId: 1, productId: 1, name: 'x' }
    for (const deviceType of ['hid', 'serial', 'usb'] as const) {
      assert.equal(session.devicePermission({ deviceType, origin: 'app://vault', device: device as never }), false)
    }
  }),
  inEverySession('shares no screen and pairs with nothing', (session) => {
    const answers: unknown[] = []
    session.displayMedia?.({} as never, (streams) => answers.push(streams))
    session.bluetooth?.({} as never, (response) => answers.push(response))
    assert.deepEqual(answers, [null, { confirmed: false }])
  }),
  inEverySession('fetches no dictionary', (session) => assert.equal(session.spellChecker, false)),
  inEverySession('prevents downloads', (session) => {
    let prevented = false
    session.ear.emit('will-download', { preventDefault: () => (prevented = true) }, {}, {})
    assert.equal(prevented, true)
  }),
  {
    says: 'keeps the page in a session that is never written to the disk',
    async holds({ start }) {
      const world = await start()
      const session = world.record.sessions.find(({ partition }) => partition === 'vault')
      assert.deepEqual(session?.options, { cache: false })
      assert.equal(theWindow(world).options.webPreferences?.session, session?.session)
    },
  },
  inEveryPage('prevents navigation, in any frame, to anywhere', (page) => {
    for (const url of [...ours, ...hostile]) {
      assert.equal(prevents(page, 'will-navigate', url), true, `will-navigate ${url}`)
      assert.equal(prevents(page, 'will-frame-navigate', { url }), true, `will-frame-navigate ${url}`)
    }
  }),
  inEveryPage('prevents redirects', (page) => {
    for (const url of hostile) assert.equal(prevents(page, 'will-redirect', url), true, url)
  }),
  inEveryPage('prevents webviews', (page) => {
    assert.equal(prevents(page, 'will-attach-webview', { nodeIntegration: true }, { src: 'app://vault/' }), true)
  }),
  inEveryPage('opens no new window', (page) => {
    for (const url of [...ours, ...hostile, 'https://example.org/']) {
      assert.deepEqual(page.openHandler?.({ url } as never), { action: 'deny' }, url)
    }
  }),
  inEveryPage('lets WebRTC send nothing past a proxy', (page) =>
    assert.equal(page.webRtcPolicy, 'disable_non_proxied_udp'),
  ),
]
