// Builds the desktop app with electron-vite, without Electron's binary, into a folder of its own inside node_modules, where
// the packages it leaves outside the bundle are found as they are in the packed app.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../../../..')

export interface BuiltApp {
  /** What stands for the app's folder: package.json, out/main, out/preload, out/renderer. */
  readonly appFolder: string
  readonly remove: () => void
}

export function buildApp(): BuiltApp {
  const cache = join(root, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const appFolder = mkdtempSync(join(cache, 'desktop-build-'))
  writeFileSync(join(appFolder, 'package.json'), JSON.stringify({ type: 'module' }))
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status, stderr } = spawnSync(
    process.execPath,
    [program, 'build', '--logLevel', 'error', '--outDir', join(appFolder, 'out')],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`the desktop app could not be built:\n${stderr}`)
  return { appFolder, remove: () => rmSync(appFolder, { recursive: true, force: true }) }
}
