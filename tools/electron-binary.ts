// Finds Electron's program, or fetches it with the package's own installer. The install scripts of packages are switched
// off on purpose, so this is the one place from which Electron is downloaded, and only when there is a window to open.
import { spawn } from 'node:child_process'
import { existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

interface Place {
  readonly root: string
}

const patience = 10_000
const defaultHost = 'https://github.com/electron/electron/releases/download/'

const folderOf = (root: string): string => join(root, 'node_modules', 'electron')

export function findElectron({ root }: Place): string | undefined {
  // `path.txt` is written by the installer after everything has been unpacked.
  const record = join(folderOf(root), 'path.txt')
  if (!existsSync(record)) return undefined
  const program = join(folderOf(root), 'dist', readFileSync(record, 'utf8').trim())
  return existsSync(program) ? program : undefined
}

/** Whether the host that has Electron's binary answers for it within ten seconds. */
export async function isElectronOffered({ root }: Place): Promise<boolean> {
  try {
    const answer = await fetch(artifactAddress(root), { method: 'HEAD', signal: AbortSignal.timeout(patience) })
    return answer.ok
  } catch {
    // No name, no route, no answer in time: for whoever waits for a window it is all the same.
    return false
  }
}

function artifactAddress(root: string): URL {
  const manifest: unknown = JSON.parse(readFileSync(join(folderOf(root), 'package.json'), 'utf8'))
  const { version } = z.object({ version: z.string() }).parse(manifest)
  const file = `v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`
  return new URL(file, mirror() ?? defaultHost)
}

/** With the slash at its end that the installer, which glues addresses together, takes for granted. */
function mirror(): string | undefined {
  const given = process.env['npm_config_electron_mirror'] ?? process.env['ELECTRON_MIRROR']
  return given === undefined || given.endsWith('/') ? given : `${given}/`
}

interface Installing extends Place {
  /** For how long nothing at all may come before it counts as stuck. */
  readonly quietMs?: number
}

export async function installElectron({ root, quietMs = 30_000 }: Installing): Promise<string | undefined> {
  const from = mirror()
  // What is on its way lies here until it is whole: it can be seen to come, and goes when it does not.
  const arriving = mkdtempSync(join(tmpdir(), 'mindkeep-electron-'))
  const env = {
    ...process.env,
    ...(from === undefined ? {} : { npm_config_electron_mirror: from }),
    ...{ TMPDIR: arriving, TMP: arriving, TEMP: arriving },
  }
  try {
    const status = await new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, [join(folderOf(root), 'install.js')], { env, stdio: 'ignore' })
      const stopWatching = whenQuiet({
        folders: [arriving, join(folderOf(root), 'dist')],
        quietMs,
        giveUp: () => child.kill('SIGKILL'),
      })
      const end = (code: number | null) => {
        stopWatching()
        resolve(code)
      }
      child.once('error', () => end(null))
      child.once('exit', end)
    })
    return status === 0 ? findElectron({ root }) : undefined
  } finally {
    rmSync(arriving, { recursive: true, force: true, maxRetries: 3 })
  }
}

interface Watched {
  readonly folders: readonly string[]
  readonly quietMs: number
  readonly giveUp: () => void
}

/** The installer says nothing of how far it is, but what it has fetched and unpacked grows. */
function whenQuiet({ folders, quietMs, giveUp }: Watched): () => void {
  const weigh = () => folders.map(bytesIn).join()
  let weight = weigh()
  let lastChange = performance.now()
  const timer = setInterval(() => {
    const now = weigh()
    if (now !== weight) lastChange = performance.now()
    weight = now
    if (performance.now() - lastChange > quietMs) giveUp()
  }, quietMs / 30)
  return () => clearInterval(timer)
}

function bytesIn(folder: string): number {
  try {
    const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (name) => lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  } catch {
    // Not there yet, or just gone.
    return 0
  }
}
