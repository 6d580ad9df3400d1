import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import sodium from 'libsodium-wrappers-sumo'
import { beforeAll, describe, expect, it } from 'vitest'
import { deleteBlob, putBlob, readBlob, sweepBlobs } from '../../../electron/core/vault/blobs.ts'
import { foundation } from '../../../electron/core/vault/migrations/0010-foundation.ts'
import { AppError } from '../../../shared/errors.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

beforeAll(() => sodium.ready)

function build() {
  const db = new Database(':memory:')
  db.exec(foundation.sql)
  const folder = join(temporaryFolder(), 'blobs')
  return { db, folder, clock: createFakeClock() }
}

const chunk = 64 * 1024
const read = (parts: ReturnType<typeof build>, id: string) => Buffer.concat([...readBlob(parts, id)])

describe('a blob', () => {
  it.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 200_001])('of %i bytes comes back as it was', (size) => {
    const parts = build()
    const content = randomBytes(size)
    const { id, bytes } = putBlob(parts, [content])
    expect(bytes).toBe(size)
    expect(read(parts, id).equals(content)).toBe(true)
  })

  it('may be handed over in pieces of any size', () => {
    const parts = build()
    const content = randomBytes(chunk * 2 + 77)
    const pieces = Array.from({ length: Math.ceil(content.length / 1000) }, (_, index) =>
      content.subarray(index * 1000, (index + 1) * 1000),
    )
    expect(read(parts, putBlob(parts, pieces).id).equals(content)).toBe(true)
  })

  it('shows nothing of its content or size in its name, and nothing of its content in its file', () => {
    const parts = build()
    const content = Buffer.from('the quick brown fox '.repeat(5000))
    const { id } = putBlob(parts, [content])
    expect(readdirSync(parts.folder)).toEqual([id])
    expect(readFileSync(join(parts.folder, id)).includes('quick')).toBe(false)
  })

  it('is refused when cut at any chunk, lengthened, or when two chunks changed places', () => {
    const parts = build()
    const { id } = putBlob(parts, [randomBytes(chunk * 3)])
    const path = join(parts.folder, id)
    const sealed = readFileSync(path)
    const sealedChunk = chunk + 17
    const swapped = Buffer.concat([
      sealed.subarray(0, 24),
      sealed.subarray(24 + sealedChunk, 24 + 2 * sealedChunk),
      sealed.subarray(24, 24 + sealedChunk),
      sealed.subarray(24 + 2 * sealedChunk),
    ])
    const forms = [
      sealed.subarray(0, 10),
      sealed.subarray(0, 24),
      sealed.subarray(0, 24 + sealedChunk),
      sealed.subarray(0, -1),
      Buffer.concat([sealed, Buffer.from('x')]),
      swapped,
    ]
    for (const form of forms) {
      writeFileSync(path, form)
      expect(() => read(parts, id)).toThrow(AppError)
    }
  })

  it('cannot be read any more once its row is gone, and its file goes with the next sweep', () => {
    const parts = build()
    const kept = putBlob(parts, [Buffer.from('kept')])
    const gone = putBlob(parts, [Buffer.from('gone')])
    deleteBlob(parts.db, gone.id)
    expect(() => read(parts, gone.id)).toThrow(AppError)
    expect(sweepBlobs(parts)).toBe(1)
    expect(readdirSync(parts.folder)).toEqual([kept.id])
    expect(read(parts, kept.id).toString()).toBe('kept')
  })

  it('leaves no file behind when its content fails half way', () => {
    const parts = build()
    const failing = function* () {
      yield randomBytes(chunk * 2)
      throw new Error('source broke')
    }
    expect(() => putBlob(parts, failing())).toThrow('source broke')
    expect(readdirSync(parts.folder)).toEqual([])
  })
})
