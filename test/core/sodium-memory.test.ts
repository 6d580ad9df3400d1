// libsodium works in memory of its own, which it frees and does not overwrite. What went through it must not stay there.
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sodium from 'libsodium-wrappers-sumo'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createSealedFile, openSealedFile } from '../../electron/core/sealed-files.ts'
import { deriveKey } from '../../electron/core/vault/keys/keys.ts'
import { formatManifest } from '../../electron/core/vault/backups/manifest.ts'
import { createSealer, unseal, unsealFrom } from '../../electron/core/vault/stream.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Where the room begins that is given out. */
let lowest = 0
beforeAll(async () => {
  await sodium.ready
  lowest = placeOfNext()
})

const aFunction = z.custom<(of: number) => number>((value) => typeof value === 'function')

/** Where the library puts what is given to it next. */
function placeOfNext(): number {
  const { _malloc: take, _free: give } = z
    .object({ libsodium: z.object({ _malloc: aFunction, _free: aFunction }) })
    .parse(sodium).libsodium
  const place = take(1)
  give(place)
  return place
}

const heap = () =>
  Buffer.from(z.object({ libsodium: z.object({ HEAPU8: z.instanceof(Uint8Array) }) }).parse(sodium).libsodium.HEAPU8)

/** The allocator writes its own notes over the beginning of what was given back; the rest is what would be found. */
const isIn = (secret: Uint8Array) => heap().includes(Buffer.from(secret.subarray(secret.length < 256 ? 8 : 24)))

it('the memory of the library is where secrets would be found: the claims below can fail', () => {
  const secret = randomBytes(32)
  sodium.crypto_secretbox_easy(secret, randomBytes(24), randomBytes(32))
  expect(isIn(secret)).toBe(true)
})

it('sealing and unsealing a stream leaves neither its key nor a piece of it', () => {
  const key = randomBytes(32)
  const pieces = [1, 2, 3].map(() => randomBytes(64 * 1024)).concat(randomBytes(777))
  const sealer = createSealer(key)
  const sealed = [sealer.header, ...pieces.flatMap((piece) => sealer.push(piece)), sealer.end()]
  expect(isIn(key)).toBe(false)
  for (const piece of pieces) expect(isIn(piece)).toBe(false)

  const path = join(temporaryFolder(), 'sealed')
  writeFileSync(path, Buffer.concat(sealed))
  const file = openSync(path, 'r')
  const read = Buffer.concat([...unsealFrom(file, key)])
  closeSync(file)
  expect(read.equals(Buffer.concat(pieces))).toBe(true)
  expect(isIn(key)).toBe(false)
  for (const piece of pieces) expect(isIn(piece)).toBe(false)
})

it('leaves no piece of a stream, however short it is', () => {
  const key = randomBytes(32)
  for (const bytes of [64, 65, 100, 255, 256, 300, 4096, 65_535]) {
    const piece = randomBytes(bytes)
    const sealer = createSealer(key)
    sealer.push(piece)
    sealer.end()
    expect(isIn(piece), `${bytes} bytes sealed`).toBe(false)
  }
})

it('leaves nothing of a stream that never comes to its end, and takes no more room for the next one', () => {
  const key = randomBytes(32)
  const begun = () => {
    using sealer = createSealer(key)
    sealer.push(Buffer.from('half a sentence'))
  }
  begun()
  const place = placeOfNext()
  for (let round = 0; round < 300; round += 1) begun()
  expect(placeOfNext()).toBe(place)
  expect(isIn(key)).toBe(false)
})

it('leaves neither what waits on the disk, sealed, nor its key', () => {
  const folder = temporaryFolder()
  for (const bytes of [64, 100, 256, 777, 65_536, 200_000]) {
    const piece = randomBytes(bytes)
    const writer = createSealedFile(join(folder, `${bytes}`))
    writer.push(piece)
    const sealed = writer.end()
    const first = piece.subarray(0, Math.min(bytes, 65_536))
    expect([isIn(first), isIn(sealed.key)], `${bytes} bytes sealed`).toEqual([false, false])
    const opened = openSealedFile(sealed)
    expect(Buffer.from(opened.read(0, bytes)).equals(piece)).toBe(true)
    opened.close()
    expect([isIn(first), isIn(sealed.key)], `${bytes} bytes read`).toEqual([false, false])
  }
})

describe('what is sealed', () => {
  /** Below the room that is given out, the stack (64 KiB) and what the allocator notes down for itself. */
  const tables = () => {
    return Buffer.from(heap().subarray(0, lowest - 65 * 1024))
  }
  const seed = Buffer.alloc(32, 7)
  const signature = () => sodium.crypto_sign_detached('said', sodium.crypto_sign_seed_keypair(seed).privateKey)

  it('says nothing of what is wiped: the tables of the library stay as they are, whatever goes through it', () => {
    const [before, signed] = [tables(), signature()]
    expect(before.length).toBeGreaterThan(10_000)
    const key = randomBytes(32)
    const seal = (content: Uint8Array) => {
      const sealer = createSealer(key)
      const sealed = Buffer.concat([sealer.header, ...sealer.push(content), sealer.end()])
      let at = 0
      const opened = Buffer.concat([...unseal((bytes) => sealed.subarray(at, (at += bytes)), key)])
      expect(opened.equals(content)).toBe(true)
    }
    // Short ones stand somewhere in the tables by chance; these are cut out of them.
    for (let bytes = 0; bytes < 100; bytes += 1) seal(randomBytes(bytes))
    for (let at = 0; at + 64 <= before.length; at += 64) seal(before.subarray(at, at + 64))
    for (let at = 0; at + 1000 <= before.length; at += 1000) seal(before.subarray(at, at + 1000))
    expect(tables().equals(before)).toBe(true)
    expect(signature()).toEqual(signed)
  })
})

it('signing a manifest leaves nothing of the key it is signed with', () => {
  const master = randomBytes(32)
  const manifest = {
    format: 'mindkeep/backup/v2',
    id: 'a',
    vault: crypto.randomUUID(),
    at: '2026-01-15T09:00:00.000Z',
    bytes: 1,
    rows: {},
    head: null,
    cipher: 'aegis',
    databaseSalt: '',
    blobs: 0,
  } as const
  expect(formatManifest(manifest, master)).toContain('signature')
  expect(isIn(deriveKey(master, 'signing', Buffer.from('backups')))).toBe(false)
})
