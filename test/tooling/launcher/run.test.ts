// What the launcher starts: with which Node, how it ends, and that it ends with whoever asked for it.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oldestNode } from '../../../shared/runtime.ts'
import { canCarry, openRegistry } from './checkout.ts'

let registry: Awaited<ReturnType<typeof openRegistry>>
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

describe.runIf(canCarry)('the launcher runs a task, on Linux:', () => {
  it('uses the Node it runs on where that is new enough', async () => {
    const { stdout } = await registry.launch({ folder: await registry.installed(), node: process.versions.node })
    expect(JSON.parse(stdout)).toMatchObject({ viaCarried: false })
  })

  it('starts from Node 18 too', async () => {
    expect(await registry.launch({ folder: await registry.installed(), node: '18.20.8' })).toMatchObject({ status: 0 })
  })

  it('leaves a task that is given paths where they were typed, though npm goes to the root first', async () => {
    const folder = await registry.installed()
    const inside = join(folder, 'docs')
    mkdirSync(inside)
    const { env } = registry.prepare({ folder })
    const started = async (program: string, args: string[], more: NodeJS.ProcessEnv = {}): Promise<unknown> => {
      const { stdout } = await promisify(execFile)(program, args, { cwd: inside, env: { ...env, ...more } })
      return JSON.parse(stdout)
    }
    expect(await started('npm', ['--silent', 'start'])).toMatchObject({ cwd: inside })
    expect(await started('npm', ['--silent', 'run', 'check'])).toMatchObject({ cwd: folder })
    // From the terminal of another npm script, which has a folder of its own to tell of.
    const others = { npm_lifecycle_event: 'dev', INIT_CWD: folder }
    for (const surroundings of [{}, others]) {
      expect(await started(process.execPath, ['../launch.mjs', 'start'], surroundings)).toMatchObject({ cwd: inside })
    }
  })

  it('passes the exit status of the task through', async () => {
    expect(await registry.launch({ folder: await registry.installed(), env: { TASK_STATUS: '3' } })).toMatchObject({
      status: 3,
    })
  })

  it('passes a signal on and waits for the task to end in its own way', async () => {
    const { child, ended } = registry.start({ folder: await registry.installed(), args: ['start', '--wait'] })
    let seen = ''
    child.stdout.on('data', (text: string) => {
      seen += text
      if (seen.includes('waiting')) child.kill('SIGTERM')
    })
    expect(await ended).toMatchObject({ status: 7, stdout: expect.stringContaining('stopped') })
  })

  it.each([
    ['with the shell it had started', (task: string) => task],
    ['and leaves its shell behind, as one that is killed does', (task: string) => `sh -c "${task}; true"`],
  ])('ends the task once, not again and again, when npm is ended %s', async (_, inShell) => {
    const folder = await registry.installed()
    const { args, env } = registry.prepare({ folder, args: ['start', '--count'] })
    // In npm's place: a shell that is gone after the first line, as one that was killed.
    const quoted = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", '%27')}'`).join(' ')
    const shell = spawn('sh', ['-c', `${inShell(quoted)} & read line`], {
      cwd: folder,
      env: { ...env, npm_lifecycle_event: 'start' },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let seen = ''
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text
      if (seen.includes('waiting')) shell.stdin.end()
    })
    await once(shell, 'close')
    expect(seen.trimEnd().split('\n').at(-1)).toBe('ended 1 time')
  })

  it('uses the Node it runs on from the version on that the hosts ask for', async () => {
    const folder = await registry.installed()
    const viaCarried = async (node: string): Promise<unknown> =>
      JSON.parse((await registry.launch({ folder, node })).stdout)
    expect(await viaCarried(`${oldestNode}.0.0`)).toMatchObject({ viaCarried: false })
    expect(await viaCarried(`${oldestNode - 1}.11.0`)).toMatchObject({ viaCarried: true })
  })
})
