// Builds the page into out/renderer, and only when something it is made of has changed: a start that finds it current
// pays for reading and hashing the sources, which takes milliseconds. It refuses to leave a half-written page behind.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['renderer', 'shared', 'vite.renderer.config.ts', 'package-lock.json']

interface BuildParts {
  readonly root: string
  /** Told once, before a build that somebody has to wait for. */
  readonly say?: (text: string) => void
}

/** Answers whether a build was needed. */
export async function buildRenderer({ root, say }: BuildParts): Promise<boolean> {
  const out = join(root, 'out')
  const page = join(out, 'renderer')
  const stamp = join(out, 'renderer.stamp')
  const wanted = fingerprint(root, sources)
  const isCurrent = () => existsSync(join(page, 'index.html')) && readIfThere(stamp) === wanted
  if (isCurrent()) return false

  say?.('Building the page …')
  mkdirSync(out, { recursive: true })
  // Built beside the old page and then put in its place, so that whoever serves it never reads half of each.
  const fresh = join(out, `renderer-${process.pid}`)
  const old = join(out, `renderer-old-${process.pid}`)
  try {
    await runVite(root, fresh)
    if (existsSync(page)) renameSync(page, old)
    renameSync(fresh, page)
    writeFileSync(stamp, wanted)
  } catch (error) {
    // Another start may have put the same page in place in the meantime; then there is nothing to complain about.
    if (!isCurrent()) throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
  return true
}

/** One hash over the names and contents of everything under `paths`. Times are left out: a checkout sets them anew. */
export function fingerprint(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap((source) => listFiles(root, source)).toSorted()) {
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function listFiles(root: string, path: string): string[] {
  const full = join(root, path)
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
      const child = `${path}/${entry.name}`
      return entry.isDirectory() ? listFiles(root, child) : [child]
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path]
    throw error
  }
}

export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function runVite(root: string, outDir: string): Promise<void> {
  const args = [
    'build',
    '--config',
    'vite.renderer.config.ts',
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), ...args], {
      cwd: root,
      // A process of its own, because under a test runner NODE_ENV is `test` and React would be built for development.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('error', reject)
    child.once('exit', (status) => {
      if (status === 0) resolve()
      else reject(new Error('The page could not be built; the lines above say why.'))
    })
  })
}
