// A model in the layout of the hub that writes, in a process of its own: what it writes, how it ends, and what becomes of it
// and of the core when its files are not what they should be. The model was made by resources/models/train/writer.
import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Message, ToWrite } from '../../../../electron/core/models/writing/generator.ts'
import { createLocalWriter } from '../../../../electron/core/models/writing/local.ts'
import { type RunningProcess, systemClock } from '../../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../../electron/core/processes.ts'
import { constant, lyingIn, node, onnx, toFloat } from '../../../support/onnx.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const tiny = resolve('test/fixtures/models/tiny-writer')
const key = 'The spare key hangs in the shed, behind the blue watering can.'
const ladder = 'Your neighbour Ines has the ladder. She borrowed it in May for the gutters.'

function open(folder = tiny, onSaid: (said: unknown) => void = () => {}) {
  const started: RunningProcess[] = []
  const writer = createLocalWriter({
    startProcess(program, events) {
      const message = (said: unknown) => {
        onSaid(said)
        events.message(said)
      }
      const process = startNodeProcess(program, { ...events, message })
      started.push(process)
      return process
    },
    clock: systemClock,
    folder,
  })
  onTestFinished(writer.end)
  const write = async (
    question: string,
    {
      onText = () => {},
      signal,
      ...asked
    }: Partial<ToWrite> & { onText?: (text: string) => void; signal?: AbortSignal } = {},
  ) => {
    const pieces: string[] = []
    const written = await writer.write(
      { messages: [{ role: 'user', content: question }], maxTokens: 200, temperature: 0, seed: 1, ...asked },
      {
        onText(text) {
          pieces.push(text)
          onText(text)
        },
        ...(signal === undefined ? {} : { signal }),
      },
    )
    return { ...written, pieces, text: pieces.join('') }
  }
  return { write, started, end: writer.end }
}

/** A copy of the model, to be hurt. */
function copy(): string {
  const folder = join(temporaryFolder(), 'model')
  cpSync(tiny, folder, { recursive: true })
  return folder
}

const weights = (folder: string) => join(folder, 'onnx', 'model_quantized.onnx')

function edit(folder: string, name: string, change: (settings: Record<string, unknown>) => void): void {
  const file = join(folder, name)
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  change(settings)
  writeFileSync(file, JSON.stringify(settings))
}

describe('a model that writes', () => {
  it('hands its text over as it is made, and ends by itself', async () => {
    const { write } = open()
    const written = await write('Where is the spare key?')
    expect(written).toMatchObject({ text: key, ended: 'stop' })
    expect(written.pieces.length).toBeGreaterThan(5)
    expect(written.tokens).toBeGreaterThan(written.pieces.length - 1)
  })

  it('is asked through the template that lies with it', async () => {
    const folder = copy()
    edit(folder, 'tokenizer_config.json', (settings) => {
      settings['chat_template'] = "{{ '<|im_start|>user\nWho has my ladder?<|im_end|>\n<|im_start|>assistant\n' }}"
    })
    expect((await open(folder).write('Where is the spare key?')).text).toBe(ladder)
  })

  it('writes no more than it may', async () => {
    const { write } = open()
    const written = await write('Where is the spare key?', { maxTokens: 6 })
    expect(written).toMatchObject({ tokens: 6, ended: 'length' })
    expect(written.text).not.toBe('')
    expect(key.startsWith(written.text)).toBe(true)
  })

  it('writes no more than there is room for beside what it reads', async () => {
    const folder = copy()
    edit(folder, 'config.json', (settings) => (settings['max_position_embeddings'] = 40))
    const written = await open(folder).write('Where is the spare key?')
    expect(written.ended).toBe('length')
    expect(key.startsWith(written.text)).toBe(true)
  })

  it('ends before a word that it is told to end at', async () => {
    const { write } = open()
    const written = await write('Count for me.', { stop: ['nothing of the kind', 'eight, n'] })
    expect(written).toMatchObject({ text: 'One, two, three, four, five, six, seven, ', ended: 'stop' })
  })

  it('writes the same for the same seed, and something else for another', async () => {
    const { write } = open()
    const texts: string[] = []
    for (const seed of [5, 6, 5]) {
      texts.push((await write('What is there?', { temperature: 1.6, maxTokens: 60, seed })).text)
    }
    expect(texts[2]).toBe(texts[0])
    expect(texts[1]).not.toBe(texts[0])
    const { write: another } = open()
    expect((await another('What is there?', { temperature: 1.6, maxTokens: 60, seed: 6 })).text).toBe(texts[1])
  })

  it('can be stopped in the middle, and goes on with the next question in the same process', async () => {
    const { write, started } = open()
    const stop = new AbortController()
    const written = await write('Count for me.', {
      signal: stop.signal,
      onText: (text) => text.endsWith('three') && stop.abort(),
    })
    expect(written).toMatchObject({ text: 'One, two, three', ended: 'cancelled' })
    expect((await write('Where is the spare key?')).text).toBe(key)
    expect(started).toHaveLength(1)
  })

  it('reads a long talk in parts, and answers what was asked last', async () => {
    const { write } = open()
    const before = [
      ['Who has my ladder?', ladder],
      ['When does the library close?', 'The library closes at six on weekdays and at one on Saturdays.'],
      ['What is a vault?', 'A vault is a place on this computer that only you can open.'],
      [
        'Which train goes to the coast?',
        'The train at nine goes to the coast. It leaves from the far platform and stops twice.',
      ],
      ['What did the doctor say?', 'The doctor said that the knee is healing and that short walks are good for it.'],
      ['How much was the bicycle?', 'The bicycle was three hundred and twenty, and the lock another thirty.'],
    ].flatMap(([content = '', answer = '']): Message[] => [
      { role: 'user', content },
      { role: 'assistant', content: answer },
    ])
    const question = { role: 'user', content: 'Where is the spare key?' } as const
    expect((await write('', { messages: [...before, question] })).text).toBe(key)
  })

  it('can be stopped while it reads, and goes on with the next question in the same process', async () => {
    const stop = new AbortController()
    const { write, started } = open(tiny, (said) => {
      if (typeof said === 'object' && said !== null && 'want' in said) stop.abort()
    })
    const written = await write('and so on '.repeat(120), { signal: stop.signal })
    expect(written).toMatchObject({ text: '', tokens: 0, ended: 'cancelled' })
    expect((await write('Where is the spare key?')).text).toBe(key)
    expect(started).toHaveLength(1)
  })

  it('that was stopped before it began writes nothing', async () => {
    const { write, started } = open()
    expect(await write('Count for me.', { signal: AbortSignal.abort() })).toMatchObject({
      text: '',
      ended: 'cancelled',
    })
    expect(started).toHaveLength(0)
  })

  it('ends when nobody can take what it writes, with the reason for that', async () => {
    const { write } = open()
    const full = new Error('no room')
    const onText = () => {
      throw full
    }
    await expect(write('Count for me.', { onText })).rejects.toBe(full)
    expect((await write('Where is the spare key?')).text).toBe(key)
  })

  it.each([
    ['more than it can look at', 'the key '.repeat(2000)],
    ['ten megabytes', 'where is it? '.repeat(800_000)],
  ])('refuses to read %s', async (_, question) => {
    const { write } = open()
    await expect(write(question)).rejects.toMatchObject({ code: 'TOO_MUCH_TO_READ' })
    expect((await write('Where is the spare key?')).text).toBe(key)
  })
})

describe('a model that dies', () => {
  it('because it was killed says so, and the next question has a new one', async () => {
    const { write, started } = open()
    const asked = write('Count for me.', { onText: () => started.at(-1)?.kill() })
    // As the system ends the one that takes its last memory.
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' })
    expect((await write('Where is the spare key?')).text).toBe(key)
    expect(started).toHaveLength(2)
  })

  it('because of what is in its file takes nothing else with it', async () => {
    const folder = copy()
    // The smallest number there is has no counterpart, and the processor stops whoever asks for it.
    const graph = [constant('least', [-(2n ** 63n)]), constant('minus', [-1n]), node('Div', ['least', 'minus'], 'none')]
    writeFileSync(weights(folder), onnx(...graph, toFloat('none', 'logits')))
    const { write, started } = open(folder)
    await expect(write('Where is the spare key?')).rejects.toMatchObject({ code: 'MODEL_STOPPED' })
    cpSync(weights(tiny), weights(folder))
    expect((await write('Where is the spare key?')).text).toBe(key)
    expect(started).toHaveLength(2)
  })

  it('because it wants all the memory there is is ended before it has it', async () => {
    const folder = copy()
    const graph = [constant('size', [2n ** 15n, 2n ** 15n]), node('ConstantOfShape', ['size'], 'logits')]
    writeFileSync(weights(folder), onnx(...graph))
    const { write } = open(folder)
    await expect(write('Where is the spare key?')).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' })
  })
})

describe('what is no model that writes is refused', () => {
  it.each<readonly [string, (folder: string) => void]>([
    ['half of its file', (folder) => truncateSync(weights(folder), 200_000)],
    ['nothing in its file', (folder) => truncateSync(weights(folder), 0)],
    ['another file under its name', (folder) => writeFileSync(weights(folder), 'Not a model at all. '.repeat(500))],
    ['a tokenizer cut short', (folder) => truncateSync(join(folder, 'tokenizer.json'), 5000)],
    ['no tokenizer', (folder) => truncateSync(join(folder, 'tokenizer.json'), 0)],
    ['no settings', (folder) => writeFileSync(join(folder, 'config.json'), '{}')],
    ['another task', (folder) => edit(folder, 'config.json', (settings) => (settings['model_type'] = 'bert'))],
    ['no template', (folder) => edit(folder, 'tokenizer_config.json', (settings) => delete settings['chat_template'])],
    ['weights in another folder', (folder) => writeFileSync(weights(folder), elsewhere('../../secret.bin'))],
    [
      'weights anywhere on the disk',
      (folder) => writeFileSync(weights(folder), elsewhere(join(folder, '../secret.bin'))),
    ],
  ])('%s', async (_, hurt) => {
    const folder = copy()
    writeFileSync(join(folder, '..', 'secret.bin'), Buffer.alloc(16))
    hurt(folder)
    const { write } = open(folder)
    await expect(write('Where is the spare key?')).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
    // Once its files are there again it writes, though it was asked before.
    cpSync(tiny, folder, { recursive: true })
    expect((await write('Where is the spare key?')).text).toBe(key)
  })

  it('a folder that is not there', async () => {
    const { write, started } = open(join(temporaryFolder(), 'none'))
    await expect(write('Where is the spare key?')).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
    expect(started).toHaveLength(0)
  })
})

const elsewhere = (location: string) => onnx(lyingIn('w', location), node('Identity', ['w'], 'logits'))
