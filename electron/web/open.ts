// Opens the start link in the person's browser. Command lines can be read by every program on the machine, so the link
// travels in a file that only its owner can read, and the browser is given the file.
import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '../core/folders.ts'
import type { Clock } from '../core/ports.ts'

interface OpenParts {
  readonly clock: Clock
  readonly stateFolder: string
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Opened {
  readonly opened: boolean
  /** Takes the file with the link away; it is also gone by itself after a minute. */
  readonly remove: () => void
}

const fileLife = 60_000
/** xdg-open may stay for as long as the browser it started; after this long it has not failed. */
const failsWithin = 3_000

export async function openInBrowser(parts: OpenParts, link: string): Promise<Opened> {
  const { clock, stateFolder, platform, env } = parts
  const path = join(stateFolder, 'open-mindkeep.html')
  const command = openerFor(platform, env, path)
  if (command === null) return { opened: false, remove() {} }

  if (!leave(path, redirectTo(link))) return { opened: false, remove() {} }
  const remove = (): void => rmSync(path, { force: true })
  const opened = await start(command, clock)
  if (opened) clock.after(fileLife, remove)
  else remove()
  return { opened, remove }
}

/** False where there can be no such file; the link is printed then. */
function leave(path: string, text: string): boolean {
  try {
    makeFolder(dirname(path))
    rmSync(path, { force: true })
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    return true
  } catch {
    return false
  }
}

function openerFor(
  platform: NodeJS.Platform,
  env: OpenParts['env'],
  path: string,
): readonly [string, ...string[]] | null {
  if (platform === 'darwin') return ['open', path]
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', path]
  // Without a display xdg-open would look for a browser in the terminal and take it over.
  return env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined ? null : ['xdg-open', path]
}

function start([program, ...args]: readonly [string, ...string[]], clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
    clock.after(failsWithin, () => resolve(true))
    child.unref()
  })
}

/** The link is made of letters, digits and `.:/#=_-` alone, so it needs no escaping here. */
export function redirectTo(link: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${link}">
<title>Mindkeep</title>
<p><a href="${link}">Open Mindkeep</a></p>
`
}
