// Claims about the one window.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type Claim, theWindow } from './claim.ts'
import { settle } from '../double/target.ts'

export const windowClaims: readonly Claim[] = [
  {
    says: 'makes its window sandboxed, isolated and without Node',
    async holds({ start, folder }) {
      const world = await start({ isPackaged: true })
      const { session, ...preferences } = theWindow(world).options.webPreferences ?? {}
      assert.ok(session)
      assert.deepEqual(preferences, {
        preload: join(folder, 'out', 'preload', 'preload.cjs'),
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
        devTools: false,
      })
    },
  },
  {
    says: 'has developer tools in a checkout only',
    async holds({ start }) {
      assert.equal(theWindow(await start()).options.webPreferences?.devTools, true)
    },
  },
  {
    says: 'opens a window that fits a small screen and stays hidden until its page is drawn',
    async holds({ start, folder }) {
      const world = await start()
      const window = theWindow(world)
      const { webPreferences, ...options } = window.options
      assert.ok(webPreferences)
      assert.deepEqual(options, {
        width: 1120,
        height: 760,
        minWidth: 360,
        minHeight: 480,
        show: false,
        title: 'Mindkeep',
        icon: join(folder, 'resources', 'icons', '512x512.png'),
        backgroundColor: '#fcfaf7',
        autoHideMenuBar: true,
      })
      assert.deepEqual(window.acts, [])
      window.ear.emit('ready-to-show')
      assert.deepEqual(window.acts, ['show'])
      window.ear.emit('ready-to-show')
      assert.deepEqual(window.acts, ['show'], 'once is enough')
    },
  },
  {
    says: 'does not flash white in the dark',
    async holds({ start }) {
      assert.equal(theWindow(await start({ dark: true })).options.backgroundColor, '#11151a')
    },
  },
  {
    says: 'keeps the window out of screenshots and screen sharing',
    async holds({ start }) {
      assert.equal(theWindow(await start()).contentProtection, true)
    },
  },
  {
    says: 'loads our own page and nothing else',
    async holds({ start }) {
      assert.deepEqual(theWindow(await start()).loaded, ['app://vault/'])
    },
  },
  {
    says: 'loads the page again when its process is gone',
    async holds({ start }) {
      const window = theWindow(await start())
      window.page.ear.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
      assert.deepEqual(window.loaded, ['app://vault/', 'app://vault/'])
    },
  },
  {
    says: 'does not load a fourth time within a minute a page that keeps crashing, says so, and locks on its way out',
    async holds({ start }) {
      const world = await start()
      const window = theWindow(world)
      const crash = () => window.page.ear.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
      for (let time = 0; time < 3; time += 1) crash()
      assert.equal(window.loaded.length, 4)
      assert.deepEqual([world.record.errors, world.record.quits], [[], 0])
      crash()
      assert.equal(window.loaded.length, 4)
      assert.match(world.record.errors.join(), /^Mindkeep’s window keeps crashing[^,]*, so it was not opened again/)
      assert.deepEqual(world.record.titles, ['Mindkeep'])
      assert.deepEqual([world.record.quits, world.record.exits], [1, []], 'to quit is to lock first')
    },
  },
  {
    says: 'brings its one window to the front instead of making another',
    async holds({ start }) {
      const world = await start()
      const window = theWindow(world)
      world.appEar.emit('activate', {})
      assert.deepEqual(window.acts, ['show', 'focus'])
      window.minimized = true
      world.appEar.emit('activate', {})
      assert.deepEqual(window.acts, ['show', 'focus', 'restore', 'show', 'focus'])
      assert.deepEqual(theWindow(world).loaded, ['app://vault/'], 'the page keeps what was typed')
    },
  },
  {
    says: 'makes a new window once the old one is closed',
    async holds({ start }) {
      const world = await start()
      theWindow(world).ear.emit('closed')
      world.appEar.emit('activate', {})
      await settle()
      assert.equal(world.record.windows.length, 2)
      assert.deepEqual(world.record.windows[1]?.loaded, ['app://vault/'])
      assert.equal(world.record.windows[1]?.contentProtection, true)
    },
  },
]
