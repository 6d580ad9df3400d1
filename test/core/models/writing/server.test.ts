// Another program on this computer that writes, asked through the one client of the whole app: what comes of it, and that
// whatever such a program does is a clear refusal and an end.
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import sodium from 'libsodium-wrappers-sumo'
import type { ToWrite } from '../../../../electron/core/models/writing/generator.ts'
import { createServerWriter, modelsAt } from '../../../../electron/core/models/writing/server.ts'
import { type OpenAiServer, startOpenAiServer } from '../../../support/openai-server.ts'
import { openNetwork } from '../../network/support.ts'

beforeAll(() => sodium.ready)

const text = 'Grüße vom Server, in ein paar Wörtern.'

async function open(playing: Parameters<typeof startOpenAiServer>[0] = {}) {
  const server = await startOpenAiServer(playing)
  onTestFinished(server.stop)
  const opened = openNetwork()
  const { ask } = opened.network
  const writer = createServerWriter({ ask, clock: opened.clock, base: server.base, model: 'small:1b' })
  const pieces: string[] = []
  const write = async ({
    onText = () => {},
    signal,
    ...asked
  }: Partial<ToWrite> & { onText?: (text: string) => void; signal?: AbortSignal } = {}) =>
    await writer.write(
      { messages: [{ role: 'user', content: 'Hello?' }], maxTokens: 200, temperature: 0.5, seed: 7, ...asked },
      {
        onText(piece) {
          pieces.push(piece)
          onText(piece)
        },
        ...(signal === undefined ? {} : { signal }),
      },
    )
  return { ...opened, server, write, pieces, said: () => pieces.join('') }
}

const nobodyIsConnected = async (server: OpenAiServer) => await expect.poll(server.open).toBe(0)

describe('a server of models', () => {
  it('is asked as OpenAI is, and its words come one by one', async () => {
    const { write, server, pieces, said } = await open()
    const written = await write({ stop: ['\n\n'] })
    expect(said()).toBe(text)
    expect(pieces).toHaveLength(text.split(' ').length)
    expect(written).toMatchObject({ tokens: 7, ended: 'stop' })
    expect(server.asked).toEqual([
      {
        path: '/v1/chat/completions',
        body: {
          model: 'small:1b',
          messages: [{ role: 'user', content: 'Hello?' }],
          max_tokens: 200,
          temperature: 0.5,
          seed: 7,
          stop: ['\n\n'],
          stream: true,
          stream_options: { include_usage: true },
        },
      },
    ])
  })

  it('is written down as a connection that stayed on this computer, with the items it was about', async () => {
    const { write, network, server } = await open()
    const items = ['a'.repeat(32)]
    await write({ items })
    expect(network.list({ limit: 10 }).departures).toMatchObject([
      { host: `127.0.0.1:${server.port}`, reason: 'local-server', here: true, items, ended: 'done' },
    ])
  })

  it('says when it was at the end of what it may write', async () => {
    const { write, said } = await open()
    expect(await write({ maxTokens: 3 })).toMatchObject({ tokens: 3, ended: 'length' })
    expect(said()).toBe('Grüße vom Server, ')
  })

  it('is ended when it writes more than it may', async () => {
    const { write, server } = await open({ manners: 'never ends' })
    const written = await write({ maxTokens: 12 })
    expect(written.ended).toBe('length')
    await nobodyIsConnected(server)
  })

  it('is ended before a word that it should end at, though it does not', async () => {
    const { write, server, said } = await open({ manners: 'never ends' })
    expect(await write({ stop: ['paar W'] })).toMatchObject({ ended: 'stop' })
    expect(said()).toBe('Grüße vom Server, in ein ')
    await nobodyIsConnected(server)
  })

  it('can be stopped: what it wrote stays, and the connection ends', async () => {
    const { write, server, said } = await open({ manners: 'never ends' })
    const stop = new AbortController()
    const written = await write({ signal: stop.signal, onText: (piece) => piece === 'Server, ' && stop.abort() })
    expect(written.ended).toBe('cancelled')
    expect(said()).toBe('Grüße vom Server, ')
    await nobodyIsConnected(server)
  })

  it('is left when the vault is locked', async () => {
    const { write, server, lock } = await open({ manners: 'stops in the middle' })
    await expect(write({ onText: (piece) => piece === 'vom ' && lock() })).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    })
    await nobodyIsConnected(server)
  })

  it('says which models it has', async () => {
    const { network, server } = await open()
    expect(await modelsAt(network.ask, server.base)).toEqual(['small:1b', 'large:7b'])
  })

  it.each<readonly [string, unknown]>([
    ['a list of something else', [{ name: 'small' }]],
    ['no list', 'small'],
    ['names as long as books', [{ id: 'x'.repeat(2_000_000) }]],
  ])('that answers with %s has none', async (_, models) => {
    const { network, server } = await open({ models })
    await expect(modelsAt(network.ask, server.base)).rejects.toMatchObject({
      code: expect.stringMatching(/^(NOT_A_MODEL_SERVER|ANSWER_TOO_LARGE)$/) as unknown,
    })
  })
})

describe('a server that misbehaves', () => {
  it('because it stays when it is done is left', async () => {
    const { write, server, said, clock } = await open({ manners: 'stays when it is done' })
    const written = write()
    await expect.poll(said).toBe(text)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await clock.advance(1001)
    expect(await written).toMatchObject({ tokens: 7, ended: 'stop' })
    await nobodyIsConnected(server)
  })

  it.each([
    ['sends half and leaves', 'CONNECTION_LOST'],
    ['talks nonsense', 'NOT_A_MODEL_SERVER'],
    ['sends one line that does not end', 'NOT_A_MODEL_SERVER'],
    ['sends a page', 'NOT_A_MODEL_SERVER'],
    ['refuses', 'MODEL_SERVER_REFUSED'],
    ['says that it failed', 'MODEL_SERVER_REFUSED'],
  ] as const)('because it %s is refused with %s', async (manners, code) => {
    const { write, server } = await open({ manners })
    await expect(write()).rejects.toMatchObject({ code })
    await nobodyIsConnected(server)
  })

  it.each(['says nothing', 'keeps the line open', 'stops in the middle'] as const)(
    'because it %s is given up after five minutes',
    async (manners) => {
      const { write, server, clock } = await open({ manners })
      const written = write()
      const refused = expect(written).rejects.toMatchObject({ code: 'HOST_SILENT' })
      await expect.poll(() => server.asked.length).toBe(1)
      // What it has to say has come, and it is being waited for.
      await new Promise((resolve) => setTimeout(resolve, 200))
      await clock.advance(301_000)
      await refused
      await nobodyIsConnected(server)
    },
  )

  it('that is not there is nobody', async () => {
    const { write, server } = await open()
    await server.stop()
    await expect(write()).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' })
  })
})
