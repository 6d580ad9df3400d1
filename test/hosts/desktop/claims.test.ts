// Every claim about the desktop host, held against its sources under the recording double. The double is not Electron: the
// same claims about a real window are in test/electron.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPageFiles } from '../../../electron/web/files.ts'
import { pageHeaders } from '../../../shared/page-files.ts'
import { claims } from './claims/all.ts'
import { ask } from './claims/protocol.ts'
import { createLoader, createModuleCache } from './double/sources.ts'
import { createAppFolder, createStage, pageFiles, sourcesOf } from './double/target.ts'
import type { Heard } from './double/emitter.ts'
import { type World, createWorld } from './double/world.ts'

const { appFolder, remove } = createAppFolder()
afterAll(remove)

const cache = createModuleCache()
const loader = createLoader({ cache })
const heard: Heard[] = []
const target = sourcesOf(loader)

/** Notes every event that a claim's world was asked for. */
async function listening(made: Promise<World>): Promise<World> {
  const world = await made
  heard.push(...world.heard)
  return world
}

describe('the desktop host', () => {
  for (const { says, holds } of claims) {
    it(says, async () => {
      const stage = createStage(target, appFolder)
      await holds({
        folder: stage.folder,
        load: (options) => listening(stage.load(options)),
        start: (options) => listening(stage.start(options)),
        preload: () => listening(stage.preload()),
        coreSide: stage.coreSide,
        bridge: stage.bridge,
        refusal: stage.refusal,
      })
    })
  }

  it('serves the same files as the web host, as the same types and with the same headers', async () => {
    const onLoopback = readPageFiles(join(appFolder, 'out', 'renderer'))
    const world = await createStage(target, appFolder).start()
    for (const name of Object.keys(pageFiles)) {
      const path = name === 'index.html' ? '' : name
      const there = onLoopback.get(`/${path}`)
      const here = await ask(world, `app://vault/${path}`)
      const headers = there === undefined ? pageHeaders : { ...pageHeaders, 'Content-Type': there.type }
      expect([here.status, await here.text()], name).toEqual([there ? 200 : 404, there?.body.toString() ?? ''])
      expect(Object.fromEntries(here.headers), name).toEqual(Object.fromEntries(new Headers(headers)))
    }
  })
})

describe('the double', () => {
  it('knows only events that Electron declares', () => {
    const declared = readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8')
    const known = new Map<string, ReadonlySet<string>>()
    const eventsOf = (name: string): ReadonlySet<string> => {
      const found = known.get(name) ?? readEvents(name)
      known.set(name, found)
      return found
    }
    const readEvents = (name: string): ReadonlySet<string> => {
      const block = new RegExp(`\\n  (?:interface|class) ${name} [\\s\\S]*?\\n  }\\n`).exec(declared)?.[0] ?? ''
      return new Set([...block.matchAll(/ on\(event: '([^']+)'/g)].map(([, event]) => event ?? ''))
    }
    expect(heard.length).toBeGreaterThan(100)
    for (const { of, event } of heard) {
      // Channels of messages are our own names.
      if (of !== 'IpcRenderer') expect(eventsOf(of), `${of}: ${event}`).toContain(event)
    }
    expect(eventsOf('WebContents')).not.toContain('will-wander')
  })

  it('refuses at the wrong time what Electron refuses', () => {
    const early = createWorld({ appFolder, folder: '', stateFolder: '' })
    expect(() => early.electron.session.defaultSession).toThrow('only after')
    expect(() => early.electron.utilityProcess.fork('core.js', [], {})).toThrow('only after')
    early.becomeReady()
    expect(() => early.electron.app.enableSandbox()).toThrow('only before')
    expect(() => early.electron.protocol.registerSchemesAsPrivileged([])).toThrow('only before')
  })
})
