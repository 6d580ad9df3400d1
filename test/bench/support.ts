// What several rows need: a clock for a piece of work, a scratch folder, and processes whose memory can be read.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const root = resolve(import.meta.dirname, '../..')

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function scratch(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'mindkeep-bench-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Memory that a process keeps in RAM, in MB. Linux says it in /proc; elsewhere the row cannot be measured. */
export function residentMegabytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kib === undefined) throw new Error('the system does not tell the memory of a process')
  return (Number(kib) * 1024) / 1e6
}

export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('a process was started without its output')
  const line = once(createInterface({ input: child.stdout }), 'line')
  const ended = once(child, 'exit').then(() => undefined)
  const said = await Promise.race([line, ended])
  if (said === undefined) throw new Error('a process ended before it was ready')
  return String(said[0])
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

export interface WebHost {
  readonly child: ChildProcess
  readonly link: string
}

/** The web host as `npm start` runs it, from the same first command on. */
export async function startWebHost(folder: string): Promise<WebHost> {
  const args = ['--json', '--vault', join(folder, 'vault'), '--state', join(folder, 'state')]
  const child = spawn(process.execPath, [join(root, 'electron/web/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { link } = JSON.parse(await firstLine(child)) as { link: string }
  return { child, link }
}
