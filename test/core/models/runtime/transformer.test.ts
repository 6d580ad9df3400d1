// A transformer in the layout of the hub that understands, run as one that was fetched would be. The model was made by
// resources/models/train, and knows little.
import { cpSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createRuntime } from '../../../../electron/core/models/runtime/runtime.ts'
import type { UnderstoodPart } from '../../../../electron/core/models/runtime/protocol.ts'
import { systemClock } from '../../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../../electron/core/processes.ts'
import { constant, node, onnx, toFloat } from '../../../support/onnx.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const tiny = resolve('test/fixtures/models/tiny-understanding')

function open(folder = tiny) {
  const runtime = createRuntime({ startProcess: startNodeProcess, clock: systemClock, folder })
  onTestFinished(runtime.end)
  const meaning = async (text: string) => (await runtime.embed(text)).meaning?.vector ?? expect.fail('no meaning')
  return { ...runtime, meaning }
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0)

describe('a transformer that understands', () => {
  it('says how wide it is, and where noise ends, as was found out with it', async () => {
    const { width, floors } = await open().describe()
    expect(width).toBe(64)
    expect(floors).toEqual([[50, expect.any(Number)]])
    expect(floors[0]?.[1]).toBeGreaterThan(0)
    expect(floors[0]?.[1]).toBeLessThan(1)
  })

  it('puts what means the same near each other', async () => {
    const { meaning } = open()
    const asked = await meaning('When is the dentist appointment?')
    const same = dot(asked, await meaning('My teeth will be looked at next week.'))
    expect(same).toBeGreaterThan(dot(asked, await meaning('The boat was painted green in spring.')))
    expect(dot(asked, asked)).toBeCloseTo(1, 4)
  })

  it('takes a text the same alone and among others of other lengths', async () => {
    const { meaning, understand } = open()
    const body = 'The dentist expects me on Tuesday at nine.'
    const texts = [body, 'Short.', 'word '.repeat(150)].map((text) => ({ title: '', body: text, known: [] }))
    const parts: UnderstoodPart[] = []
    const signal = new AbortController().signal
    await understand(texts, { onPart: (part) => void parts.push(part), signal })
    const kept = parts.find(({ text }) => text === 0)?.passages[0]?.meaning?.vector ?? expect.fail('not understood')
    const numbers = [...new Int8Array(kept.buffer, kept.byteOffset, kept.length)]
    const alone = await meaning(`\n${body}`)
    expect(dot(numbers, alone) / Math.sqrt(dot(numbers, numbers))).toBeGreaterThan(0.99)
  })

  it('reads no more of a text of ten megabytes than it can', async () => {
    const { embed } = open()
    expect((await embed('all of it '.repeat(1_000_000))).meaning).not.toBeNull()
  })
})

describe('what is no model that understands', () => {
  it.each<readonly [string, (folder: string) => void]>([
    ['half of its file', (folder) => truncateSync(weights(folder), 100_000)],
    ['no file', (folder) => rmSync(weights(folder))],
    ['no tokenizer', (folder) => rmSync(join(folder, 'tokenizer.json'))],
    ['a model that writes', (folder) => cpSync('test/fixtures/models/tiny-writer', folder, { recursive: true })],
  ])('is refused: %s', async (_, hurt) => {
    const folder = join(temporaryFolder(), 'model')
    cpSync(tiny, folder, { recursive: true })
    hurt(folder)
    await expect(open(folder).describe()).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
  })

  it('costs no more than its process when it ends that', async () => {
    const folder = join(temporaryFolder(), 'model')
    cpSync(tiny, folder, { recursive: true })
    const graph = [constant('least', [-(2n ** 63n)]), constant('minus', [-1n]), node('Div', ['least', 'minus'], 'none')]
    writeFileSync(weights(folder), onnx(...graph, toFloat('none', 'logits')))
    await expect(open(folder).describe()).rejects.toMatchObject({ why: 'crashed' })
    expect(await open().describe()).toMatchObject({ width: 64 })
  })
})

const weights = (folder: string) => join(folder, 'onnx', 'model_quantized.onnx')
