// What a claim is checked against: the sources, one changed source, or the built app. A claim starts a world of its own and
// never learns which of them it is.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { createBridge } from '../../../../electron/desktop/bridge.ts'
import type { serveCore } from '../../../../electron/desktop/core-side.ts'
import type * as Errors from '../../../../shared/errors.ts'
import type { Loader } from './sources.ts'
import { type World, type WorldOptions, createWorld } from './world.ts'

export interface Target {
  readonly main: (electron: object) => Promise<void> | void
  readonly preload: (electron: object) => Promise<void> | void
  /** The core process's side of the bridge. Absent from the built app, where it is a process of its own. */
  readonly coreSide?: () => typeof serveCore
  /** The main process's side of it, alone. Absent from the built app, where it is not told apart. */
  readonly bridge?: () => typeof createBridge
  /** A refusal as the sources know it, which have a class of their own for it. */
  readonly refusal?: (code: Errors.ErrorCode) => Error
}

/** The sources, or what a loader puts in their place. */
export const sourcesOf = (loader: Loader): Target => ({
  main: (electron) => loader.run('main.ts', electron),
  preload: (electron) => loader.run('preload.ts', electron),
  coreSide: () => (loader.load('core-side.ts') as { readonly serveCore: typeof serveCore }).serveCore,
  bridge: () => (loader.load('bridge.ts') as { readonly createBridge: typeof createBridge }).createBridge,
  refusal: (code) => new (loader.load('../../shared/errors.ts') as typeof Errors).AppError(code),
})

export interface Stage {
  /** Loads the main process, without Electron being ready yet. */
  readonly load: (options?: Partial<WorldOptions>) => Promise<World>
  /** Loads it and lets Electron become ready. */
  readonly start: (options?: Partial<WorldOptions>) => Promise<World>
  readonly preload: () => Promise<World>
  readonly coreSide: () => typeof serveCore
  readonly bridge: () => typeof createBridge
  readonly refusal: (code: Errors.ErrorCode) => Error
  /** A folder of this claim's own. */
  readonly folder: string
}

export const pageFiles = {
  'index.html': '<!doctype html><title>Mindkeep</title>',
  'assets/main.js': 'globalThis.loaded = true',
  'assets/main.css': 'body { margin: 0 }',
  'assets/deep/words.json': '{}',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'logo.png': 'png',
  'favicon.ico': 'ico',
  'photo.webp': 'webp',
  'robots.txt': 'text',
  'font.woff2': 'no font gets past the policy',
  'notes.exe': 'no type for this',
} as const

/** A folder that looks like the app's own, with a built page in it and something beside the page that is nobody's business. */
export function createAppFolder(): { readonly appFolder: string; readonly remove: () => void } {
  const appFolder = mkdtempSync(join(tmpdir(), 'mindkeep-desktop-'))
  for (const [name, text] of Object.entries(pageFiles)) {
    const path = join(appFolder, 'out', 'renderer', name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }
  writeFileSync(join(appFolder, 'out', 'secret.json'), '{}')
  writeFileSync(join(appFolder, 'package.json'), '{}')
  return { appFolder, remove: () => rmSync(appFolder, { recursive: true, force: true }) }
}

/** Lets everything that was set going by an event come to rest: promises, and file reads that take a turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

export function createStage(target: Target, appFolder: string): Stage {
  const load = async (options: Partial<WorldOptions> = {}): Promise<World> => {
    const folder = join(appFolder, 'vault')
    const world = createWorld({ appFolder, folder, stateFolder: join(appFolder, 'state'), ...options })
    await target.main(world.electron)
    return world
  }
  return {
    folder: appFolder,
    load,
    async start(options) {
      const world = await load(options)
      world.becomeReady()
      await settle()
      return world
    },
    async preload() {
      const world = createWorld({ appFolder, folder: '', stateFolder: '' })
      await target.preload(world.preloadElectron)
      return world
    },
    coreSide: () => inSources(target.coreSide)(),
    bridge: () => inSources(target.bridge)(),
    refusal: (code) => inSources(target.refusal)(code),
  }
}

function inSources<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('this claim is about the sources alone')
  return part
}
