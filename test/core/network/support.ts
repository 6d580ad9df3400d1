// The one client over the database of a real vault, and servers on this computer for it to speak to.
import { type RequestListener, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { type Asked, type Network, type Outside, createNetwork } from '../../../electron/core/network/network.ts'
import { createPrepare } from '../../../electron/core/prepared.ts'
import { type OpenVault, createVaultDoor } from '../../../electron/core/vault/open-vault.ts'
import { openDatabase } from '../../../electron/core/vault/db.ts'
import { migrate } from '../../../electron/core/vault/migrate.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import { type FakeClock, createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { playOutside } from '../../support/outside.ts'

export interface Open {
  readonly network: Network
  readonly clock: FakeClock
  readonly events: AppEvent[]
  readonly turn: (on: boolean) => void
  readonly allow: (hosts: readonly string[]) => void
  readonly lock: () => void
  readonly unlock: () => void
}

/** Locking and unlocking here is what is left of it for whoever asks at the door. */
export function openNetwork(outside?: Outside): Open {
  const path = `${temporaryFolder()}/vault.db`
  const key = Buffer.alloc(32, 5)
  const database = (create?: true) => openDatabase({ path, key, cipher: 'aegis', ...(create && { create }) })
  const door = createVaultDoor()
  const made = database(true)
  migrate(made, path)
  const opened = (db = database()): OpenVault => ({
    vault: 'one',
    db,
    master: Buffer.alloc(32),
    witnessKey: Buffer.alloc(32),
  })
  door.open(opened(made))
  onTestFinished(() => door.close())
  const clock = createFakeClock()
  const events: AppEvent[] = []
  let isOn = true
  let allowed: readonly string[] = []
  const network = createNetwork({
    openVault: door.current,
    prepare: createPrepare(door.current),
    clock,
    log: { write: () => undefined },
    isOn: () => isOn,
    remoteHosts: () => allowed,
    emit: (event) => void events.push(event),
    outside,
  })
  return {
    network,
    clock,
    events,
    turn(on) {
      isOn = on
      network.obey()
    },
    allow(hosts) {
      allowed = hosts
      network.obey()
    },
    lock() {
      door.close()
      network.end()
    },
    unlock() {
      door.open(opened())
      network.begin()
    },
  }
}

/** Another program on this computer. */
export async function serve(listener: RequestListener): Promise<{ readonly port: number; readonly url: string }> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}` }
}

export async function outsideOf(
  listener: RequestListener,
): Promise<{ readonly outside: Outside; readonly asked: string[] }> {
  const played = await playOutside(listener)
  onTestFinished(played.stop)
  return played
}

export const here = (url: string): Asked => ({ reason: 'local-server', url, most: 1_000_000 })
export const hub = (path: string): Asked => ({
  reason: 'model-download',
  url: `https://huggingface.co${path}`,
  most: 1_000_000,
})

export async function textOf(answer: { readonly body: AsyncIterable<Uint8Array> }): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of answer.body) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
