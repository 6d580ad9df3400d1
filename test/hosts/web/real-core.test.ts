// The whole way from a signed-in tab to the vault on disk and back: nothing stands in for anything.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../../electron/core/app.ts'
import { systemClock } from '../../../electron/core/ports.ts'
import { createWebServer, type WebServer } from '../../../electron/web/server.ts'
import { keptFolder } from '../../support/temporary-folder.ts'
import { framingAttacks, jsonAttacks } from './attacks/bodies.ts'
import { keyAttacks } from './attacks/keys.ts'
import { smallPage } from './support/page.ts'
import {
  type Keys,
  type Target,
  ask,
  goodCall,
  goodListen,
  newToken,
  replyIn,
  signIn,
  withBody,
  write,
} from './support/served.ts'
import { openStream, send } from './support/wire.ts'

const passphrase = 'orbit lantern gravel whisper tundra'

describe('the vault behind the web host', () => {
  const { path, remove } = keptFolder()
  let app: App
  let server: WebServer
  let at: { readonly host: string; readonly port: number }
  let keys: Keys

  const call = async (method: string, input: unknown = {}) => {
    const request = { ...goodCall({ ...at, ...keys }), line: `POST /api/${method} HTTP/1.1` }
    const answer = await ask(at.port, withBody(request, JSON.stringify(input)))
    return { status: answer.status, ...replyIn(answer) }
  }

  beforeAll(async () => {
    app = await createApp(
      { clock: systemClock, log: { write() {} } },
      {
        host: 'web',
        version: '0.0.0',
        folder: join(path, 'vault'),
        stateFolder: join(path, 'state'),
        stretching: { memoryKiB: 19 * 1024, passes: 2 },
      },
    )
    server = createWebServer({ app, files: smallPage, clock: systemClock, log: { write() {} } })
    const address = new URL(await server.listen({ port: 0 }))
    at = { host: address.host, port: Number(address.port) }
    keys = await signIn(at, newToken(server))
  })
  afterAll(async () => {
    await server.close()
    await app.close()
    remove()
  })

  it('is created, locked and unlocked over HTTP, and every tab hears of it', async () => {
    const stream = await openStream(at.port, write(goodListen({ ...at, ...keys })))
    expect(await call('vault.status')).toMatchObject({ status: 200, value: { state: 'none' } })

    const kit = (await call('vault.draftKit')).value as { draft: string; words: string[]; ask: number[] }
    const retyped = kit.ask.map((number) => ({ at: number, word: kit.words[number - 1] }))
    const created = await call('vault.create', { name: 'Mine', passphrase, draft: kit.draft, retyped })
    expect(created).toMatchObject({ status: 200, value: { state: 'unlocked', name: 'Mine' } })
    expect(await call('settings.get')).toMatchObject({ status: 200, value: { autoLockMinutes: 10 } })

    expect(await call('vault.lock')).toMatchObject({ status: 200, value: { state: 'locked' } })
    expect(await call('settings.get')).toMatchObject({ status: 423, error: { code: 'VAULT_LOCKED' } })
    expect(await call('vault.unlock', { passphrase: 'not the passphrase' })).toMatchObject({
      status: 422,
      error: { code: 'WRONG_PASSPHRASE' },
    })
    expect(await call('vault.unlock', { passphrase })).toMatchObject({ status: 200, value: { state: 'unlocked' } })

    const heard = () =>
      [...stream.text().matchAll(/^data: \{"event":"vault\.changed","payload":\{"state":"(\w+)"/gm)].map(
        (match) => match[1],
      )
    await expect.poll(heard).toEqual(expect.arrayContaining(['unlocked', 'locked']))
    expect(stream.text()).not.toContain(passphrase)
    stream.socket.destroy()
  })

  it('is not touched by attacks: every file of the vault stays as it was', async () => {
    await call('vault.lock')
    const before = fingerprint(join(path, 'vault'))
    const target: Target = { ...at, ...keys, other: keys, spent: 'A'.repeat(43), unused: newToken(server) }
    const attacks = [...framingAttacks, ...jsonAttacks, ...keyAttacks].filter(
      ({ rightful, name }) => rightful === undefined && !name.includes('another browser'),
    )
    for (const { bytes, status, finishAfter } of attacks) {
      await send(
        { port: at.port, want: status.length, ...(finishAfter !== undefined && { finishAfter }) },
        bytes(target),
      )
    }
    expect(fingerprint(join(path, 'vault'))).toEqual(before)
    // Rates refuse for a moment whoever sent all this; a fresh browser is not held up by it.
    keys = await signIn(at, newToken(server))
    expect(await call('vault.status')).toMatchObject({ status: 200, value: { state: 'locked', name: 'Mine' } })
  })

  it('is found in use by a second host', async () => {
    await call('vault.unlock', { passphrase })
    const other = await createApp(
      { clock: systemClock, log: { write() {} } },
      { host: 'web', version: '0.0.0', folder: join(path, 'vault'), stateFolder: join(path, 'state') },
    )
    expect(await other.dispatch('vault.unlock', { passphrase })).toMatchObject({
      ok: false,
      error: { code: 'VAULT_BUSY' },
    })
    await other.close()
  })
})

function fingerprint(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name)
      return [file, createHash('sha256').update(readFileSync(file)).digest('hex')]
    }),
  )
}
