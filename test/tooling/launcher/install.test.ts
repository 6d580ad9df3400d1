// Installing, as a person meets it: only where it is needed, once, and never half.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canCarry, carried, openRegistry, write } from './checkout.ts'

let registry: Awaited<ReturnType<typeof openRegistry>>
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

describe.runIf(canCarry)('the launcher installs, on Linux:', () => {
  it('installs into a fresh checkout and runs the task with the Node it brought', async () => {
    const folder = registry.checkout()
    const { status, stdout, stderr } = await registry.launch({ folder, args: ['start', '--port', '0'] })
    expect(JSON.parse(stdout)).toEqual({
      args: ['--port', '0'],
      viaCarried: true,
      cwd: expect.any(String),
      first: join(folder, 'node_modules', carried, 'bin'),
    })
    expect(lines(stderr)).toEqual([expect.stringMatching(/^Installing /)])
    expect(status).toBe(0)
    expect(readdirSync(folder)).not.toContain('.install-lock')
  })

  it('installs nothing the second time, and says nothing', async () => {
    const folder = await registry.installed()
    const before = registry.downloads()
    const { status, stderr } = await registry.launch({ folder, env: { npm_config_registry: 'http://127.0.0.1:9/' } })
    expect({ status, stderr, downloads: registry.downloads() }).toEqual({ status: 0, stderr: '', downloads: before })
  })

  it('installs again when the lockfile has changed since', async () => {
    const folder = await registry.installed()
    const lock = join(folder, 'package-lock.json')
    // As after an update of the checkout: what lies in node_modules is of another version than the lockfile says.
    const record = join(folder, 'node_modules/.package-lock.json')
    writeFileSync(record, readFileSync(record, 'utf8').replace('24.0.0', '23.0.0'))
    writeFileSync(lock, `${readFileSync(lock, 'utf8')}\n`)
    expect((await registry.launch({ folder })).stderr).toMatch(/^Installing /)
  })

  it('accepts what somebody installed by hand with npm ci', async () => {
    const folder = await registry.installed()
    rmSync(join(folder, 'node_modules/.mindkeep-installed'))
    expect(await registry.launch({ folder })).toMatchObject({ status: 0, stderr: '' })
  })

  it('makes an interrupted install again', async () => {
    const folder = await registry.installed()
    // What an interruption leaves: folders, but neither the stamp nor the record that npm writes last.
    for (const file of ['.mindkeep-installed', '.package-lock.json']) rmSync(join(folder, 'node_modules', file))
    rmSync(join(folder, 'node_modules', carried, 'bin'), { recursive: true })
    expect(await registry.launch({ folder })).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^Installing /),
    })
  })

  it('takes over from an installer that is gone', async () => {
    const folder = registry.checkout()
    const gone = spawnSync(process.execPath, ['--eval', '']).pid
    write(folder, `.install-lock/${gone}`, '')
    expect(await registry.launch({ folder })).toMatchObject({ status: 0 })
    expect(existsSync(join(folder, '.install-lock'))).toBe(false)
  })

  it('takes over from an installer that is long gone, whose number another program has by now', async () => {
    const folder = registry.checkout()
    write(folder, `.install-lock/${process.pid}`, '')
    const before = new Date(Date.now() - 600_000)
    utimesSync(join(folder, '.install-lock'), before, before)
    expect(await registry.launch({ folder })).toMatchObject({ status: 0 })
  })

  it('installs once when two are started at the same moment', async () => {
    const folder = registry.checkout()
    const before = registry.downloads()
    const ended = await Promise.all([registry.launch({ folder }), registry.launch({ folder })])
    expect(ended.map(({ status }) => status)).toEqual([0, 0])
    expect(registry.downloads() - before).toBe(1)
  })
})
