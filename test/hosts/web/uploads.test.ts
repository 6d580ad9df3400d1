// Uploads to the real core behind the web host that break off, fall silent, come in masses or outlast the vault's being open:
// nothing of them stays, and nobody else is kept waiting.
import { existsSync, readdirSync } from 'node:fs'
import { type Socket, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../../electron/core/app.ts'
import { createWebServer, type WebServer } from '../../../electron/web/server.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { keptFolder } from '../../support/temporary-folder.ts'
import { smallPage } from './support/page.ts'
import {
  type Keys,
  ask,
  change,
  goodCall,
  goodUpload,
  newToken,
  replyIn,
  signIn,
  withBody,
  write,
} from './support/served.ts'

const passphrase = 'orbit lantern gravel whisper tundra'
const announced = 300_000

describe('an upload to the vault', () => {
  const { path, remove } = keptFolder()
  const clock = createFakeClock()
  let app: App
  let server: WebServer
  let target: Keys & { readonly host: string; readonly port: number }

  const call = async (method: string, input: unknown = {}) => {
    const request = { ...goodCall(target), line: `POST /api/${method} HTTP/1.1` }
    const answer = await ask(target.port, withBody(request, JSON.stringify(input)))
    return { status: answer.status, ...replyIn(answer) }
  }
  const incoming = (): readonly string[] => {
    const folder = join(path, 'vault', 'incoming')
    return existsSync(folder) ? readdirSync(folder) : []
  }

  /** Two thirds of a file, and then nothing. */
  function begin(): { readonly socket: Socket; readonly answer: () => string } {
    const socket = connect({ port: target.port, host: '127.0.0.1' })
    let answer = ''
    socket.setEncoding('utf8').on('data', (part) => (answer += String(part)))
    socket.on('error', () => undefined)
    socket.write(
      write(change(goodUpload(target, 'a.md', 'x'.repeat(200_000)), { 'Content-Length': String(announced) })),
    )
    return { socket, answer: () => answer }
  }

  beforeAll(async () => {
    app = await createApp(
      { clock, log: { write() {} } },
      {
        host: 'web',
        version: '0.0.0',
        folder: join(path, 'vault'),
        stateFolder: join(path, 'state'),
        stretching: { memoryKiB: 19 * 1024, passes: 2 },
      },
    )
    server = createWebServer({ app, files: smallPage, clock, log: { write() {} } })
    const address = new URL(await server.listen({ port: 0 }))
    const at = { host: address.host, port: Number(address.port) }
    target = { ...at, ...(await signIn(at, newToken(server))) }
    const kit = (await call('vault.draftKit')).value as { draft: string; words: string[]; ask: number[] }
    const retyped = kit.ask.map((number) => ({ at: number, word: kit.words[number - 1] }))
    expect(await call('vault.create', { name: 'Mine', passphrase, draft: kit.draft, retyped })).toMatchObject({
      status: 200,
    })
  })
  afterAll(async () => {
    await server.close()
    await app.close()
    remove()
  })

  it('that breaks off in the middle leaves nothing behind', async () => {
    const { socket } = begin()
    await expect.poll(incoming).toHaveLength(1)
    socket.destroy()
    await expect.poll(incoming).toEqual([])
  })

  it('that falls silent is told so after ten seconds, and leaves nothing behind', async () => {
    const { socket, answer } = begin()
    await expect.poll(incoming).toHaveLength(1)
    // What was sent may still be on its way; each piece is waited for anew.
    await expect
      .poll(async () => {
        await clock.advance(10_000)
        return answer()
      })
      .toMatch(/^HTTP\/1\.1 408 [\s\S]*"FILE_STALLED"/)
    await expect.poll(() => socket.closed).toBe(true)
    expect(incoming()).toEqual([])
  })

  it('beyond eight at once is refused, while calls are answered', async () => {
    const stuck = Array.from({ length: 8 }, begin)
    await expect.poll(incoming).toHaveLength(8)
    const answer = await ask(target.port, goodUpload(target))
    expect([answer.status, replyIn(answer).error?.code]).toEqual([429, 'TOO_MANY_REQUESTS'])
    expect(await call('vault.status')).toMatchObject({ status: 200, value: { state: 'unlocked' } })
    for (const { socket } of stuck) socket.destroy()
    await expect.poll(incoming).toEqual([])
  })

  it('larger than the disk is refused before any of it is read', async () => {
    const request = change(goodUpload(target), { 'Content-Length': '9'.repeat(15) })
    const answer = await ask(target.port, write({ ...request, body: '' }))
    expect([answer.status, replyIn(answer).error?.code]).toEqual([507, 'DISK_FULL'])
    expect(incoming()).toEqual([])
  })

  it('is a label and never a path, whatever it is called', async () => {
    const names = ['../../vault.db', '/etc/passwd', 'C:\\x\\..\\y', 'a\u202egnp.exe', 'a\u0000b', '..', 'ü'.repeat(600)]
    for (const name of names) {
      const answer = await ask(target.port, goodUpload(target, encodeURIComponent(name)))
      expect(answer.status, name).toBe(200)
    }
    expect(incoming()).toHaveLength(names.length)
    for (const name of incoming()) expect(name).toMatch(/^[0-9a-f]{32}$/)
  })

  it('does not outlast the vault’s being open', async () => {
    const handle = replyIn(await ask(target.port, goodUpload(target))).value?.['handle']
    expect(handle).toMatch(/^[0-9a-f]{32}$/)
    const { socket, answer } = begin()
    await expect.poll(() => incoming().length).toBe(9)
    expect(await call('vault.lock')).toMatchObject({ status: 200 })
    socket.write('x'.repeat(100_000))
    await expect.poll(answer).toMatch(/^HTTP\/1\.1 423 [\s\S]*"VAULT_LOCKED"/)
    expect(incoming()).toEqual([])
    const refused = await ask(target.port, goodUpload(target))
    expect([refused.status, replyIn(refused).error?.code]).toEqual([423, 'VAULT_LOCKED'])
  })
})
