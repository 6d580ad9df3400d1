// Builds the desktop app into out/, and only what has changed: its own processes with electron-vite, and the page, which is
// the same one that every host shows.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildRenderer, fingerprint, readIfThere } from './renderer-build.ts'

const sources = ['electron', 'shared', 'electron.vite.config.ts', 'package-lock.json']
const products = ['main/main.js', 'preload/preload.cjs']

interface BuildParts {
  readonly root: string
  readonly say: (text: string) => void
}

export async function buildDesktop({ root, say }: BuildParts): Promise<void> {
  await buildRenderer({ root, say })
  const outDir = join(root, 'out')
  const stamp = join(outDir, 'desktop.stamp')
  const wanted = fingerprint(root, sources)
  if (readIfThere(stamp) === wanted && products.every((path) => existsSync(join(outDir, path)))) return

  say('Building the desktop app …')
  rmSync(stamp, { force: true })
  buildDesktopProcesses({ root, outDir })
  writeFileSync(stamp, wanted)
}

interface ProcessesParts {
  readonly root: string
  readonly outDir: string
}

/** Main process, core, workers and preload, into `main` and `preload` under `outDir`. */
export function buildDesktopProcesses({ root, outDir }: ProcessesParts): void {
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  // It would warn that it is told of no page.
  const args = ['build', '--outDir', outDir, '--logLevel', 'warn', '--ignoreConfigWarning']
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error('The desktop app could not be built; the lines above say why.')
}
