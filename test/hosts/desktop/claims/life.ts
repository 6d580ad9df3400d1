// Claims about the day of a desktop app: sleep, lock, tray, menu, notifications, quitting, and a start without a home.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { createEvent } from '../double/emitter.ts'
import { settle } from '../double/target.ts'
import type { MenuEntry } from '../double/desk.ts'
import type { World } from '../double/world.ts'
import { findFolders } from '../../../../electron/core/folders.ts'
import { type Claim, answerTo, answersCode, fromPage, onSystem, posted, theCore, theWindow } from './claim.ts'

const locksAt = '2030-01-01T00:00:00Z'
const lockSoon = { kind: 'event', event: { event: 'vault.lockSoon', payload: { locksAt } } }

const press = (entries: readonly MenuEntry[], label: string): void => {
  const entry = entries.flatMap((each) => [each, ...(each.submenu ?? [])]).find((each) => each.label === label)
  assert.ok(entry?.click, label)
  entry.click()
}

const theTray = (world: World) => {
  assert.equal(world.record.trays.length, 1)
  const [tray] = world.record.trays
  assert.ok(tray)
  return tray
}

export const lifeClaims: readonly Claim[] = [
  {
    says: 'keeps Chromium’s own files apart from the vault',
    async holds({ load, folder }) {
      assert.deepEqual([...(await load()).record.paths], [['userData', join(folder, 'state', 'desktop')]])
    },
  },
  {
    says: 'takes no other folder from its arguments once installed',
    async holds({ start, folder }) {
      const world = await start({ isPackaged: true })
      const [sent] = posted(theCore(world), 'start')
      const config = sent?.['config'] as { folder: string; stateFolder: string }
      assert.notEqual(config.folder, join(folder, 'vault'))
      const { platform, env } = process
      assert.deepEqual([config.folder, config.stateFolder], Object.values(findFolders({ platform, env })))
    },
  },
  {
    says: 'takes one folder that is named, and finds the other',
    async holds({ start, folder }) {
      const world = await start({ stateFolder: '' })
      const [sent] = posted(theCore(world), 'start')
      const config = sent?.['config'] as { folder?: string; stateFolder?: string } | undefined
      assert.equal(config?.folder, join(folder, 'vault'))
      assert.notEqual(config.stateFolder, join(folder, 'state'))
    },
  },
  {
    says: 'says so and ends where there is no home to keep a vault in',
    async holds({ load }) {
      const { HOME, USERPROFILE, APPDATA, LOCALAPPDATA, XDG_DATA_HOME, XDG_STATE_HOME } = process.env
      const names = { HOME, USERPROFILE, APPDATA, LOCALAPPDATA, XDG_DATA_HOME, XDG_STATE_HOME }
      for (const name of Object.keys(names)) delete process.env[name]
      try {
        const world = await load({ folder: '', stateFolder: '' })
        world.becomeReady()
        await settle()
        assert.match(world.record.errors.join(), /no home folder/)
        assert.deepEqual([world.record.exits, world.record.windows.length], [[1], 0])
      } finally {
        Object.assign(process.env, Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined)))
      }
    },
  },
  {
    says: 'says so and ends when it cannot start',
    async holds({ start, folder }) {
      const world = await start({ appFolder: join(folder, 'nowhere') })
      assert.equal(world.record.errors.length, 1)
      assert.doesNotMatch(world.record.errors.join(), /nowhere/, 'a path is nobody else’s business')
      assert.deepEqual([world.record.exits, world.record.windows.length], [[1], 0])
    },
  },
  {
    says: 'makes nothing before Electron is ready',
    async holds({ load }) {
      const { record } = await load()
      assert.deepEqual(
        [record.sessions.length, record.windows.length, record.children.length, record.handlers.size],
        [0, 0, 0, 0],
      )
    },
  },
  {
    says: 'locks when the computer sleeps and when its screen locks',
    async holds({ start }) {
      for (const event of ['suspend', 'lock-screen']) {
        const world = await start()
        assert.equal(world.powerEar.emit(event), true)
        assert.deepEqual(posted(theCore(world), 'suspend'), [{ kind: 'suspend' }])
      }
    },
  },
  {
    says: 'warns before it locks, when nobody is looking, with nothing of the vault in the words',
    async holds({ start }) {
      const world = await start()
      theCore(world).ear.emit('message', lockSoon)
      const [notification] = world.record.notifications
      assert.deepEqual(notification?.options, {
        title: 'Mindkeep',
        body: 'Mindkeep locks in 30 seconds. Click to stay.',
      })
      notification?.ear.emit('click')
      assert.deepEqual(theWindow(world).acts, ['show', 'focus'])
      assert.equal(theWindow(world).page.sent.length, 1, 'the page is told as well')
    },
  },
  {
    says: 'does not warn twice somebody who is looking at the window',
    async holds({ start }) {
      const world = await start()
      theWindow(world).focused = true
      theCore(world).ear.emit('message', lockSoon)
      assert.deepEqual(world.record.notifications, [])
    },
  },
  {
    says: 'does without notifications where there are none',
    async holds({ start }) {
      const world = await start({ notifications: false })
      theCore(world).ear.emit('message', lockSoon)
      assert.deepEqual(world.record.notifications, [])
    },
  },
  {
    says: 'speaks the language of the system where it knows it',
    async holds({ start }) {
      const world = await start({ locale: 'de-AT' })
      assert.deepEqual(
        theTray(world).menu.map(({ label }) => label),
        ['Mindkeep öffnen', 'Jetzt sperren', undefined, 'Mindkeep beenden'],
      )
    },
  },
  {
    says: 'follows the appearance that was chosen',
    async holds({ start }) {
      const world = await start()
      const event = { event: 'appearance.changed', payload: { theme: 'dark', language: 'system' } }
      theCore(world).ear.emit('message', { kind: 'event', event })
      assert.equal(world.record.themeSource, 'dark')
      theCore(world).ear.emit('message', lockSoon)
      assert.equal(world.record.themeSource, 'dark', 'nothing else changes it')
    },
  },
  {
    says: 'opens, locks and quits from the tray, and keeps the tray until the end',
    async holds({ start }) {
      const world = await start()
      const tray = theTray(world)
      assert.match(tray.image, /resources[\\/]icons[\\/]tray(Template)?\.png$/)
      press(tray.menu, 'Open Mindkeep')
      tray.ear.emit('click')
      assert.deepEqual(theWindow(world).acts, ['show', 'focus', 'show', 'focus'])
      press(tray.menu, 'Lock now')
      assert.deepEqual(
        posted(theCore(world), 'call').map(({ method, input }) => [method, input]),
        [['vault.lock', {}]],
      )
      press(tray.menu, 'Quit Mindkeep')
      assert.equal(world.record.quits, 1)
      assert.equal(tray.destroyed, false)
      world.appEar.emit('will-quit', {})
      assert.equal(tray.destroyed, true)
    },
  },
  {
    says: 'has a menu that can lock, copy and paste, and that opens no developer tools and reloads nothing',
    async holds({ start }) {
      const world = await start()
      press(world.record.menu, 'Lock now')
      assert.equal(posted(theCore(world), 'call').length, 1)
      const roles = world.record.menu.flatMap((each) => [each.role, ...(each.submenu ?? []).map(({ role }) => role)])
      assert.ok(roles.includes('editMenu'))
      for (const role of ['viewMenu', 'toggleDevTools', 'reload', 'forceReload', 'help'])
        assert.equal(roles.includes(role), false, role)
    },
  },
  {
    says: 'quits when its window is closed, except where that is not the custom',
    async holds({ start }) {
      const world = await start()
      world.appEar.emit('window-all-closed')
      assert.equal(world.record.quits, process.platform === 'darwin' ? 0 : 1)
      for (const [platform, quits] of [
        ['darwin', 0],
        ['linux', 1],
      ] as const) {
        await onSystem(platform, async () => {
          const elsewhere = await start()
          elsewhere.appEar.emit('window-all-closed')
          assert.equal(elsewhere.record.quits, quits, platform)
        })
      }
    },
  },
  {
    says: 'looks on a Mac like an app of a Mac, and keeps its vault where those do',
    holds: ({ start, folder }) =>
      onSystem('darwin', async () => {
        const world = await start({ stateFolder: '' })
        assert.match(theTray(world).image, /trayTemplate\.png$/)
        assert.equal(world.record.menu[0]?.role, 'appMenu')
        const [sent] = posted(theCore(world), 'start')
        const { stateFolder } = findFolders({ platform: 'darwin', env: process.env })
        const config = sent?.['config'] as { folder: string; stateFolder: string }
        assert.deepEqual([config.folder, config.stateFolder], [join(folder, 'vault'), stateFolder])
      }),
  },
  {
    says: 'locks the vault and lets go of it before it quits',
    async holds({ start }) {
      const world = await start()
      const quitting = createEvent()
      world.appEar.emit('before-quit', quitting.event)
      assert.equal(quitting.prevented, true)
      assert.deepEqual(posted(theCore(world), 'close'), [{ kind: 'close' }])
      await settle()
      assert.equal(world.record.quits, 0, 'it waits')
      answersCode(await answerTo(world, fromPage(theWindow(world)), 'vault.status', {}), 'CORE_STOPPED')
      theCore(world).ear.emit('message', { kind: 'closed' })
      await settle()
      assert.equal(theCore(world).killed, true)
      assert.equal(world.record.quits, 1)
      const again = createEvent()
      world.appEar.emit('before-quit', again.event)
      assert.equal(again.prevented, false)
      assert.equal(world.record.children.length, 1, 'a core that ended on request is not started again')
    },
  },
]
