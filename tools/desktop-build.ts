// Builds the desktop app into out/ with electron-vite, and only when something it is made of has changed.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, readIfThere } from './renderer-build.ts'

const sources = [
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'vite.renderer.config.ts',
  'package-lock.json',
]
const products = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

interface BuildParts {
  readonly root: string
  readonly say: (text: string) => void
}

export function buildDesktop({ root, say }: BuildParts): void {
  const stamp = join(root, 'out/desktop.stamp')
  const wanted = fingerprint(root, sources)
  if (readIfThere(stamp) === wanted && products.every((path) => existsSync(join(root, path)))) return

  say('Building the desktop app …')
  rmSync(stamp, { force: true })
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status } = spawnSync(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error('The desktop app could not be built; the lines above say why.')
  writeFileSync(stamp, wanted)
}
