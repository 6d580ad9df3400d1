// The built app: first its main process and preload against every claim, then its core process through a vault's whole day.
// Only Electron itself is the double; the core, its workers, its database and its keys are the ones that are shipped.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import type { Reply } from '../../../../shared/api/api.ts'
import { claims } from '../claims/all.ts'
import { call, fromPage, theCore, theWindow } from '../claims/claim.ts'
import { createLoader, createModuleCache } from '../double/sources.ts'
import { createStage } from '../double/target.ts'
import { buildApp, root } from './build.ts'
import { type RealCore, runCore } from './real-core.ts'

const { appFolder, remove } = await buildApp()
const home = mkdtempSync(join(tmpdir(), 'mindkeep-desktop-life-'))
afterAll(() => {
  remove()
  rmSync(home, { recursive: true, force: true })
})

describe('the built desktop app', () => {
  it('is one flat folder for Node, one CommonJS file for the sandbox, and the page', () => {
    const main = readdirSync(join(appFolder, 'out', 'main'))
    expect(main).toEqual(expect.arrayContaining(['main.js', 'core.js', 'argon2id.worker.js']))
    expect(main.filter((name) => !name.endsWith('.js'))).toEqual([])
    expect(readdirSync(join(appFolder, 'out', 'preload'))).toEqual(['preload.cjs'])
    expect(existsSync(join(appFolder, 'out', 'renderer', 'index.html'))).toBe(true)
  })

  it('keeps every claim about the desktop host', () => {
    const runner = join(import.meta.dirname, 'run-claims.ts')
    const { stdout, stderr } = spawnSync(process.execPath, [runner, appFolder], { cwd: root, encoding: 'utf8' })
    expect(JSON.parse(stdout === '' ? JSON.stringify({ stderr }) : stdout)).toEqual({ held: claims.length, broken: {} })
  })
})

describe('the built core process', () => {
  it('makes a vault, locks on sleep, opens with passphrase and device key, survives a kill, and lets go at the end', async () => {
    const loader = createLoader({ cache: createModuleCache() })
    const stage = createStage(
      { main: (electron) => loader.run('main.ts', electron), preload: () => undefined },
      appFolder,
    )
    const cores: RealCore[] = []
    const world = await stage.start({
      folder: join(home, 'vault'),
      stateFolder: join(home, 'state'),
      runCore(modulePath, hear) {
        const core = runCore({ modulePath, hear, onExit: () => void mine().ear.emit('exit', 9) })
        cores.push(core)
        const mine = () => world.record.children[cores.indexOf(core)] ?? theCore(world)
        return core
      },
    })
    const api = async <T>(method: string, input: object = {}): Promise<T> => {
      const reply = (await call(world, fromPage(theWindow(world)), method, input)) as Reply<T>
      expect(reply).toMatchObject({ ok: true })
      return reply.ok ? reply.value : expect.fail('refused')
    }
    const stateIs = async (state: string): Promise<void> => {
      for (let turn = 0; turn < 500; turn += 1) {
        if ((await api<{ state: string }>('vault.status')).state === state) return
        await setTimeout(10)
      }
      expect.fail(`the vault never came to be ${state}`)
    }
    const passphrase = (await api<{ passphrase: string }>('vault.suggestPassphrase')).passphrase

    expect(await api('app.about')).toMatchObject({ host: 'desktop', version: '1.2.3', canSaveFiles: true })
    const kit = await api<{ draft: string; words: string[]; ask: number[] }>('vault.draftKit')
    const retyped = kit.ask.map((at) => ({ at, word: kit.words[at - 1] ?? '' }))
    expect(await api('vault.create', { name: 'Mine', passphrase, draft: kit.draft, retyped })).toMatchObject({
      state: 'unlocked',
    })

    expect(await api('vault.setDeviceKey', { passphrase, on: true })).toMatchObject({ deviceKey: 'on' })
    world.powerEar.emit('suspend')
    await stateIs('locked')
    expect(theWindow(world).page.sent.map(([, event]) => (event as { event: string }).event)).toContain('vault.changed')
    expect(await api('vault.unlockWithDevice')).toMatchObject({ state: 'unlocked' })

    const waiting = call(world, fromPage(theWindow(world)), 'vault.measurePassphrase', { passphrase })
    cores[0]?.kill()
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'CORE_STOPPED' } })
    await stateIs('locked')
    expect(cores).toHaveLength(2)
    expect(await api('vault.unlock', { passphrase })).toMatchObject({ state: 'unlocked' })

    world.appEar.emit('before-quit', { preventDefault: () => undefined })
    for (let turn = 0; turn < 500 && world.record.quits === 0; turn += 1) await setTimeout(10)
    expect(world.record.quits).toBe(1)
    expect(cores.map(({ isOver }) => isOver())).toEqual([true, true])
  })
})
