// `npm start`: opens Mindkeep in its own window where Electron can run, otherwise the same app as a page on loopback, and
// says in one line why. `--web` asks for the page at once; whatever else is passed goes to the web host.
import { resolve } from 'node:path'
import { readOptions } from '../electron/web/options.ts'
import { buildDesktop } from './desktop-build.ts'
import { findElectron, installElectron, isElectronOffered } from './electron-binary.ts'
import { buildRenderer } from './renderer-build.ts'
import { runWindow } from './run-window.ts'

const root = resolve(import.meta.dirname, '..')
const args = process.argv.slice(2)
/** A window that ends with an error this soon was none. */
const soonMs = 5000

try {
  // As electron/web/main.ts does, and for its reason.
  process.exit(await start())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function start(): Promise<number> {
  if (args.length > 0) return startPage()
  const found = await chooseElectron()
  if ('missing' in found) {
    console.log(`${found.missing}; opening Mindkeep as a page instead.`)
    return startPage()
  }
  await buildDesktop({ root, say: console.log })
  const started = performance.now()
  const status = await startWindow(found.program)
  // As root, or where the system forbids Chromium its sandbox, the program ends before there is a window.
  if (status === 0 || performance.now() - started > soonMs) return status
  console.log('The desktop window could not start here; opening Mindkeep as a page instead.')
  return startPage()
}

async function chooseElectron(): Promise<{ readonly program: string } | { readonly missing: string }> {
  if (!hasDisplay()) return { missing: 'There is no display for the desktop window' }
  const present = findElectron({ root })
  if (present !== undefined) return { program: present }
  if (!(await isElectronOffered({ root })))
    return { missing: 'The desktop window needs Electron, and its download does not answer' }
  console.log('Downloading Electron for the desktop window, once …')
  const program = await installElectron({ root })
  return program === undefined ? { missing: 'Electron could not be downloaded' } : { program }
}

function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some(
    (display) => display !== undefined && display !== '',
  )
}

async function startPage(): Promise<number> {
  const passed = ['--open', ...args.filter((arg) => arg !== '--web')]
  // Help, and words that are not understood, need no page; the host says what it makes of them.
  const options = readOptions(passed)
  if (typeof options !== 'string' && !options.help) await buildRenderer({ root, say: console.log })
  // Loaded last: it brings the database with it, which a start of the window has no use for.
  const { runHost } = await import('../electron/web/host.ts')
  return runHost({ args: passed, say: console.log, complain: console.error })
}

function startWindow(program: string): Promise<number> {
  // Where this is set, Electron's program behaves as plain Node and would open no window.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return runWindow({ program, args: [root], env })
}
