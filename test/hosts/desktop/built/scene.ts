// The desktop host with its built core process, on folders of its own: what a page can do there, as functions.
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Reply } from '../../../../shared/api/api.ts'
import { call, fromPage, theCore, theWindow } from '../claims/claim.ts'
import { createLoader, createModuleCache } from '../double/sources.ts'
import { createStage, sourcesOf } from '../double/target.ts'
import type { WorldOptions } from '../double/world.ts'
import { type RealCore, runCore } from './real-core.ts'

interface SceneParts {
  readonly appFolder: string
  readonly home: string
  readonly options?: Partial<WorldOptions>
}

export async function startScene({ appFolder, home, options = {} }: SceneParts) {
  const cores: RealCore[] = []
  const stage = createStage(sourcesOf(createLoader({ cache: createModuleCache() })), appFolder)
  const world = await stage.start({
    ...options,
    folder: join(home, 'vault'),
    stateFolder: join(home, 'state'),
    runCore(modulePath, hear) {
      const core = runCore({ modulePath, hear, onExit: () => void mine().ear.emit('exit', 9) })
      cores.push(core)
      const mine = () => world.record.children[cores.indexOf(core)] ?? theCore(world)
      return core
    },
  })

  const ask = async (method: string, input: object = {}): Promise<unknown> =>
    await call(world, fromPage(theWindow(world)), method, input)
  const api = async <T>(method: string, input: object = {}): Promise<T> => {
    const reply = (await ask(method, input)) as Reply<T>
    expect(reply).toMatchObject({ ok: true })
    return reply.ok ? reply.value : expect.fail('refused')
  }
  return {
    world,
    cores,
    ask,
    api,
    stateIs: (state: string) =>
      expect.poll(async () => (await api<{ state: string }>('vault.status')).state).toBe(state),
    /** Answers the passphrase. */
    async makeVault(): Promise<string> {
      const { passphrase } = await api<{ passphrase: string }>('vault.suggestPassphrase')
      const kit = await api<{ draft: string; words: string[]; ask: number[] }>('vault.draftKit')
      const retyped = kit.ask.map((at) => ({ at, word: kit.words[at - 1] ?? '' }))
      const made = await api('vault.create', { name: 'Mine', passphrase, draft: kit.draft, retyped })
      expect(made).toMatchObject({ state: 'unlocked' })
      return passphrase
    },
    /** The page fetches an address of its own. */
    async fetch(path: string, init: RequestInit = {}): Promise<Response> {
      const handler = world.record.sessions.find(({ partition }) => partition === 'vault')?.served.get('app')
      return (await handler?.(new Request(`app://vault/${path}`, init))) ?? expect.fail('nothing is served')
    },
    async quit(): Promise<void> {
      world.appEar.emit('before-quit', { preventDefault: () => undefined })
      await expect.poll(() => world.record.quits).toBe(1)
      expect(cores.map(({ isOver }) => isOver())).toEqual(cores.map(() => true))
    },
  }
}
