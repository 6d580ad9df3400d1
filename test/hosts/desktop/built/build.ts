// Builds the desktop app without Electron's binary into a folder of its own inside node_modules, where the packages it leaves
// outside the bundle are found as they are in the packed app.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildDesktopProcesses } from '../../../../tools/desktop-build.ts'
import { buildRenderer } from '../../../../tools/renderer-build.ts'

export const root = resolve(import.meta.dirname, '../../../..')

export interface BuiltApp {
  /** What stands for the app's folder: package.json, out/main, out/preload, out/renderer, resources/models. */
  readonly appFolder: string
  readonly remove: () => void
}

export async function buildApp(): Promise<BuiltApp> {
  const cache = join(root, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const appFolder = mkdtempSync(join(cache, 'desktop-build-'))
  writeFileSync(join(appFolder, 'package.json'), JSON.stringify({ type: 'module' }))
  buildDesktopProcesses({ root, outDir: join(appFolder, 'out') })
  await buildRenderer({ root })
  cpSync(join(root, 'out/renderer'), join(appFolder, 'out/renderer'), { recursive: true })
  cpSync(join(root, 'resources/models'), join(appFolder, 'resources/models'), { recursive: true })
  return { appFolder, remove: () => rmSync(appFolder, { recursive: true, force: true }) }
}
