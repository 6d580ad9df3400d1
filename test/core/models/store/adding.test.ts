// Models that a person has in a folder: what is taken, and every reason why one is not.
import { cpSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { failure, vaultTemplate } from '../../support.ts'
import { contentOf, fixture, openShop, weights } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

/** A folder with a model that would be taken, changed by `change`. */
function folderOf(change: (folder: string) => void = () => {}, from: Parameters<typeof fixture>[0] = 'tiny-writer') {
  const folder = join(temporaryFolder(), 'My Model')
  cpSync(fixture(from), folder, { recursive: true })
  change(folder)
  return folder
}

async function addTo(shop: Awaited<ReturnType<typeof openShop>>, folder: string) {
  const [handle = ''] = shop.app.files.offer([folder])
  return shop.ended(await shop.call('models.add', { handle }))
}

/** Protocol Buffers as they lie on the wire: a field that holds bytes. */
const field = (number: number, content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content)
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}
function varint(value: number): Buffer {
  const bytes = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128)
    if (rest < 128) return Buffer.from(bytes)
  }
}
/** The smallest file with a tensor that lies elsewhere: model → graph → tensor → where. */
const place = (location: string) => field(13, Buffer.concat([field(1, 'location'), field(2, location)]))
const tensorAt = (location: string) => field(5, Buffer.concat([field(8, 'weights'), place(location)]))
const onnxWith = (location: string) => field(7, tensorAt(location))
/** In a graph within a graph, as the branches of a condition are. */
const hidden = (location: string) =>
  field(
    7,
    field(1, field(5, field(6, field(1, field(5, field(5, Buffer.concat([field(8, 'deep'), place(location)]))))))),
  )

const put = (folder: string, path: string, content: Buffer | string) => writeFileSync(join(folder, path), content)
const config = (changes: object) =>
  JSON.stringify({ model_type: 'llama', architectures: ['LlamaForCausalLM'], ...changes })

describe('a folder with a model', () => {
  it('is copied, checked and kept; the folder stays as it is', async () => {
    const shop = await openShop(template)
    const folder = folderOf((at) => put(at, 'model.safetensors', 'left where it is'))
    const job = await addTo(shop, folder)
    expect(job).toMatchObject({ state: 'done', kind: 'add-model', result: { model: 'own-my-model', name: 'My Model' } })
    const model = await shop.model('own-my-model')
    expect(model).toMatchObject({ task: 'writing', from: 'folder', licence: null, origin: null, recorded: true })
    expect(shop.lying('own-my-model')).toContain(weights)
    expect(shop.lying('own-my-model')).not.toContain('model.safetensors')
    expect(contentOf(shop.at('own-my-model', ''), weights).equals(contentOf(folder, weights))).toBe(true)
    expect(await shop.call('models.check', { id: 'own-my-model' })).toEqual({ whole: true })
    expect((await shop.call('network.list', {})).total).toBe(0)
    // Another one of that name is another one.
    expect(await addTo(shop, folder)).toMatchObject({ result: { model: 'own-my-model-2' } })
    await shop.call('models.remove', { id: 'own-my-model' })
    expect(shop.lying('own-my-model')).toEqual([])
    expect((await shop.call('models.list')).models.map(({ id }) => id)).not.toContain('own-my-model')
  })

  it('that understands is told from one that writes', async () => {
    const shop = await openShop(template)
    const job = await addTo(shop, folderOf(undefined, 'tiny-understanding'))
    expect(job).toMatchObject({ state: 'done' })
    expect(await shop.model('own-my-model')).toMatchObject({ task: 'understanding' })
  })

  it('whose weights lie in two files comes with both', async () => {
    const shop = await openShop(template)
    const job = await addTo(
      shop,
      folderOf((at) => {
        put(at, weights, hidden('model_quantized.onnx_data'))
        put(at, 'onnx/model_quantized.onnx_data', 'numbers')
      }),
    )
    expect(job).toMatchObject({ state: 'done' })
    expect(shop.lying('own-my-model')).toContain('onnx/model_quantized.onnx_data')
  })

  it.each([
    ['pickle', (at: string) => put(at, 'pytorch_model.bin', 'x')],
    ['pickle', (at: string) => put(at, 'onnx/extra.PKL', 'x')],
    [
      'only-safetensors',
      (at: string) => {
        rmSync(join(at, 'onnx'), { recursive: true })
        put(at, 'model.safetensors', 'x')
      },
    ],
    ['no-weights', (at: string) => rmSync(join(at, 'onnx'), { recursive: true })],
    ['no-weights', (at: string) => renameSync(join(at, weights), join(at, 'onnx/strange.onnx'))],
    ['no-config', (at: string) => rmSync(join(at, 'config.json'))],
    ['no-tokenizer', (at: string) => rmSync(join(at, 'tokenizer.json'))],
    ['no-tokenizer', (at: string) => rmSync(join(at, 'tokenizer_config.json'))],
    [
      'wrong-task',
      (at: string) => put(at, 'config.json', config({ architectures: ['WhisperForConditionalGeneration'] })),
    ],
    ['wrong-task', (at: string) => put(at, 'config.json', config({ model_type: 'vit', architectures: ['ViTModel'] }))],
    [
      'wrong-task',
      (at: string) =>
        put(at, 'config.json', config({ model_type: 'bert', architectures: ['BertForSequenceClassification'] })),
    ],
    ['damaged', (at: string) => put(at, 'config.json', '{')],
    ['damaged', (at: string) => put(at, weights, 'no protocol buffer')],
    ['damaged', (at: string) => put(at, weights, contentOf(fixture('tiny-writer'), weights).subarray(0, 400_000))],
    ['damaged', (at: string) => put(at, weights, '')],
    ['link', (at: string) => symlinkSync('/etc/hostname', join(at, 'README.md'))],
    ['link', (at: string) => linkSync(join(at, 'config.json'), join(at, 'other.json'))],
    ['link', (at: string) => symlinkSync('/etc', join(at, 'folder'))],
    ['outside', (at: string) => put(at, weights, onnxWith('../../vault.db'))],
    ['outside', (at: string) => put(at, weights, onnxWith('/etc/passwd'))],
    ['outside', (at: string) => put(at, weights, onnxWith('C:\\secrets'))],
    ['outside', (at: string) => put(at, weights, onnxWith('not-there.onnx_data'))],
    ['outside', (at: string) => put(at, weights, onnxWith(''))],
    ['outside', (at: string) => put(at, weights, hidden('../x'))],
    [
      'too-many-files',
      (at: string) => {
        mkdirSync(join(at, 'many'))
        for (let number = 0; number < 501; number += 1) put(at, `many/${number}`, '')
      },
    ],
  ] as const)('is refused because of: %s', async (reason, change) => {
    const shop = await openShop(template)
    const job = await addTo(shop, folderOf(change))
    expect(job).toMatchObject({ state: 'failed', error: { code: 'MODEL_REFUSED', details: { reason } } })
    expect(shop.lying('own-my-model')).toEqual([])
    const { models } = await shop.call('models.list')
    expect(models.every(({ from, installed }) => from === 'mindkeep' || installed === null)).toBe(true)
  })

  it('that nests without end is refused, and not followed', async () => {
    const shop = await openShop(template)
    let graph = field(7, 'x')
    for (let depth = 0; depth < 2000; depth += 1) graph = field(1, field(5, field(6, graph)))
    const job = await addTo(
      shop,
      folderOf((at) => put(at, weights, field(7, graph))),
    )
    expect(job).toMatchObject({ error: { code: 'MODEL_REFUSED', details: { reason: 'damaged' } } })
  })

  it('is asked for by a handle that was given, and is a folder', async () => {
    const shop = await openShop(template)
    expect(await failure(shop.call('models.add', { handle: '0'.repeat(32) }))).toMatchObject({ code: 'NO_SUCH_FILE' })
    const [handle = ''] = shop.app.files.offer([join(fixture('tiny-writer'), 'config.json')])
    expect(await failure(shop.call('models.add', { handle }))).toMatchObject({ code: 'NO_SUCH_FILE' })
  })

  it('that a crash left half copied goes when the vault is opened, and what half arrived from the hub stays', async () => {
    const shop = await openShop(template)
    for (const id of ['own-half', 'minilm-l6-v2']) {
      mkdirSync(shop.at(id, ''), { recursive: true })
      writeFileSync(shop.at(id, 'config.json.part'), 'half')
    }
    await shop.call('vault.lock')
    await shop.call('vault.unlock', { passphrase: 'lantern orbit velvet thirteen canoe' })
    expect(shop.lying('own-half')).toEqual([])
    expect(shop.lying('minilm-l6-v2')).toEqual(['config.json.part'])
    expect((await shop.model('minilm-l6-v2')).arrived).toBe(4)
    expect(await shop.call('models.remove', { id: 'minilm-l6-v2' })).toEqual({ freed: 4 })
  })
})
