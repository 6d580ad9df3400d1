// What writes, as the app has it: other programs are found and tried, installed models are tried, and a lock ends them.
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createWriting } from '../../../../electron/core/models/writing/writing.ts'
import { type RunningProcess, type StartProcess, systemClock } from '../../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../../electron/core/processes.ts'
import { modelAdded } from '../../../../shared/api/models.ts'
import { startOpenAiServer } from '../../../support/openai-server.ts'
import { openNetwork } from '../../network/support.ts'
import { type TestApp, vaultTemplate } from '../../support.ts'
import { openShop, unrecorded } from '../store/support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const tiny = resolve('test/fixtures/models/tiny-writer')

/** As a person brings it in. */
async function install({ app, call, finished }: TestApp, from = tiny): Promise<string> {
  const [handle = ''] = app.files.offer([from])
  const { result } = await finished(await call('models.add', { handle }))
  return modelAdded.parse(result).model
}

async function serving(playing: Parameters<typeof startOpenAiServer>[0] = {}) {
  const server = await startOpenAiServer(playing)
  onTestFinished(server.stop)
  return server
}

describe('other programs that have models', () => {
  it('are found where they usually are, and nobody else is taken for one', async () => {
    const [ollama, silent, page] = [await serving(), await serving({ models: 'none' }), await serving()]
    await page.stop()
    const { network } = openNetwork()
    const writing = createWriting({
      startProcess: startNodeProcess,
      clock: systemClock,
      ask: network.ask,
      folderOf: async () => tiny,
      places: [
        { program: 'ollama', port: ollama.port },
        { program: 'llama.cpp', port: silent.port },
        { program: 'lm-studio', port: page.port },
      ],
    })
    expect(await writing.findServers()).toEqual([
      { server: `http://localhost:${ollama.port}`, program: 'ollama', models: ['small:1b', 'large:7b'] },
    ])
    expect(ollama.asked.map(({ path }) => path)).toEqual(['/v1/models'])
  })

  it('are tried, and said nothing of anybody', async () => {
    const server = await serving()
    const { call } = await template.open()
    const writer = { model: 'small:1b', server: server.base }
    expect(await call('writing.modelsAt', { server: server.base })).toEqual({ models: ['small:1b', 'large:7b'] })
    expect(await call('writing.measure', writer)).toMatchObject({ tokens: 7 })
    const said = server.asked.at(-1)?.body as { messages: unknown[]; model: string }
    expect(said.model).toBe('small:1b')
    expect(said.messages).toEqual([{ role: 'user', content: 'Write the numbers from one to forty in words.' }])
  })

  it('cannot be asked while the vault is locked', async () => {
    const server = await serving()
    const { call } = await template.open()
    await call('vault.lock')
    await expect(call('writing.modelsAt', { server: server.base })).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(server.asked).toEqual([])
  })
})

describe('a model that was installed', () => {
  it('from the hub writes as soon as it is whole, and not before', async () => {
    const shop = await openShop(template)
    const model = unrecorded.id
    await expect(shop.call('writing.measure', { model })).rejects.toMatchObject({ code: 'NO_SUCH_MODEL' })
    expect(await shop.get(model)).toMatchObject({ state: 'done' })
    const asked = shop.hub.seen.length
    expect((await shop.call('writing.measure', { model })).tokens).toBeGreaterThan(3)
    expect(shop.hub.seen).toHaveLength(asked)
    await shop.call('models.remove', { id: model })
    await expect(shop.call('writing.measure', { model })).rejects.toMatchObject({ code: 'NO_SUCH_MODEL' })
  })

  it('is tried, and how fast it was is told', async () => {
    const { network } = openNetwork()
    const writing = createWriting({
      startProcess: startNodeProcess,
      clock: systemClock,
      ask: network.ask,
      folderOf: async () => tiny,
    })
    onTestFinished(writing.end)
    const { tokens, firstMs, perSecond } = await writing.measure({ model: 'tiny-writer' })
    expect(tokens).toBeGreaterThan(3)
    expect(firstMs).toBeGreaterThan(0)
    expect(perSecond).toBeGreaterThan(0)
  })

  it('is not run when a file of it is not what it was, and not when it is for something else', async () => {
    const opened = await template.open()
    const { call, folder } = opened
    const [model, other] = [
      await install(opened),
      await install(opened, resolve('test/fixtures/models/tiny-understanding')),
    ]
    await expect(call('writing.measure', { model: other })).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
    writeFileSync(join(folder, 'models', model, 'generation_config.json'), '{"eos_token_id":[2,1]}')
    await expect(call('writing.measure', { model })).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
  })

  it('is ended by a lock, with all that it was told', async () => {
    const running: RunningProcess[] = []
    const startProcess: StartProcess = (program, events) => {
      const started = startNodeProcess(program, events)
      if (program.module.includes('writer')) running.push(started)
      return started
    }
    const opened = await template.open({ ports: { startProcess } })
    const { call } = opened
    const model = await install(opened)
    expect(await call('writing.measure', { model })).toMatchObject({ firstMs: 0, perSecond: null })
    expect(running).toHaveLength(1)
    expect(running[0]?.memory()).toBeGreaterThan(0)
    await call('vault.lock')
    await expect.poll(() => running[0]?.memory()).toBeUndefined()
  })
})
