import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import sodium from 'libsodium-wrappers-sumo'
import { beforeAll, describe, expect, it } from 'vitest'
import { createBlobs } from '../../../electron/core/vault/blobs.ts'
import { foundation } from '../../../electron/core/vault/migrations/0010-foundation.ts'
import { AppError } from '../../../shared/errors.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

beforeAll(() => sodium.ready)

function build() {
  const db = new Database(':memory:')
  db.exec(foundation.sql)
  const folder = join(temporaryFolder(), 'blobs')
  let open = true
  const openVault = () => {
    if (!open) throw new AppError('VAULT_LOCKED')
    return { db }
  }
  const blobs = createBlobs({ openVault, folder, clock: createFakeClock() })
  const lock = () => void (open = false)
  const read = (id: string) => Buffer.concat([...blobs.read(id)])
  const files = () => readdirSync(folder)
  return { db, folder, blobs, lock, read, files }
}

const chunk = 64 * 1024
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

describe('a blob', () => {
  it.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 200_001, 600_001])(
    'of %i bytes comes back as it was',
    async (size) => {
      const { blobs, read } = build()
      const content = randomBytes(size)
      const blob = await blobs.put([content])
      expect(blob).toEqual({ id: blob.id, bytes: size, content: sha256(content) })
      expect(read(blob.id).equals(content)).toBe(true)
    },
  )

  it.each([1000, chunk, chunk + 7])('may be handed over in pieces of %i bytes, as they come', async (pieceBytes) => {
    const { blobs, read } = build()
    const content = randomBytes(chunk * 2 + 77)
    const pieces = async function* () {
      // One buffer for all, as a reader that is sparing with memory has it.
      const buffer = Buffer.alloc(pieceBytes)
      for (let at = 0; at < content.length; at += pieceBytes) {
        const bytes = content.copy(buffer, 0, at, at + pieceBytes)
        yield buffer.subarray(0, bytes)
        await setImmediate()
      }
    }
    const { id } = await blobs.put(pieces())
    expect(read(id).equals(content)).toBe(true)
  })

  it('lets others be answered while a large one is written', async () => {
    const { blobs } = build()
    const putting = blobs.put([randomBytes(40 * chunk)]).then(() => 'written')
    let turns = 0
    while ((await Promise.race([putting, setImmediate('another turn')])) !== 'written') turns += 1
    expect(turns).toBeGreaterThan(40)
  })

  it('shows nothing of its content or size in its name, and nothing of its content in its file', async () => {
    const { blobs, folder, files } = build()
    const content = Buffer.from('the quick brown fox '.repeat(5000))
    const { id } = await blobs.put([content])
    expect(files()).toEqual([id])
    expect(readFileSync(join(folder, id)).includes('quick')).toBe(false)
  })

  it('is refused when cut at any chunk, lengthened, or when two chunks changed places', async () => {
    const { blobs, folder, read } = build()
    const { id } = await blobs.put([randomBytes(chunk * 3)])
    const path = join(folder, id)
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
      expect(() => read(id)).toThrow(AppError)
    }
  })

  it('cannot be read any more once its row is gone, and its file goes with the next sweep', async () => {
    const { blobs, read, files } = build()
    const kept = await blobs.put([Buffer.from('kept')])
    const gone = await blobs.put([Buffer.from('gone')])
    blobs.delete(gone.id)
    expect(() => read(gone.id)).toThrow(AppError)
    expect(blobs.sweep()).toBe(1)
    expect(files()).toEqual([kept.id])
    expect(read(kept.id).toString()).toBe('kept')
  })

  it('leaves no file behind when its content fails half way', async () => {
    const { blobs, files } = build()
    const failing = function* () {
      yield randomBytes(chunk * 2)
      throw new Error('source broke')
    }
    await expect(blobs.put(failing())).rejects.toThrow('source broke')
    expect(files()).toEqual([])
  })

  it('is neither written on nor read on once the vault is locked', async () => {
    const { blobs, files, lock } = build()
    const { id } = await blobs.put([randomBytes(3 * chunk)])
    const reading = blobs.read(id)
    reading.next()
    const locking = function* () {
      yield randomBytes(2 * chunk)
      lock()
      yield randomBytes(2 * chunk)
    }
    await expect(blobs.put(locking())).rejects.toThrow(new AppError('VAULT_LOCKED'))
    expect(files()).toEqual([id])
    expect(() => reading.next()).toThrow(new AppError('VAULT_LOCKED'))
  })
})

describe('a staged blob', () => {
  it('is added in one transaction with the rows that speak of it, or not at all', async () => {
    const { db, blobs, read, files } = build()
    const staged = await blobs.stage([Buffer.from('a photo')])
    const add = (name: string, fail: boolean) =>
      db
        .transaction(() => {
          db.prepare("INSERT INTO settings VALUES (?, '1')").run(name)
          staged.commit()
          if (fail) throw new Error('the item was refused')
        })
        .immediate()
    expect(() => add('first', true)).toThrow('the item was refused')
    expect(() => read(staged.id)).toThrow(AppError)
    add('second', false)
    staged.drop()
    expect(read(staged.id).toString()).toBe('a photo')
    expect(db.prepare('SELECT key FROM settings').pluck().all()).toEqual(['second'])
    expect(blobs.sweep()).toBe(0)
    expect(files()).toEqual([staged.id])
  })

  it('leaves nothing when it is dropped, and nothing that a sweep leaves when its transaction came to nothing', async () => {
    const { db, blobs, files } = build()
    const unwanted = await blobs.stage([Buffer.from('known already')])
    unwanted.drop()
    expect(files()).toEqual([])
    const refused = await blobs.stage([Buffer.from('refused')])
    const failing = db.transaction(() => {
      refused.commit()
      throw new Error('refused')
    })
    expect(failing).toThrow('refused')
    refused.drop()
    expect(blobs.sweep()).toBe(1)
    expect(files()).toEqual([])
  })

  it('is not swept away while it is written or waits for its row', async () => {
    const { blobs, read } = build()
    const swept: number[] = []
    const sweeping = async function* () {
      yield randomBytes(2 * chunk)
      await setImmediate()
      swept.push(blobs.sweep())
      yield randomBytes(2 * chunk)
    }
    const staged = await blobs.stage(sweeping())
    swept.push(blobs.sweep())
    staged.commit()
    staged.drop()
    swept.push(blobs.sweep())
    expect(swept).toEqual([0, 0, 0])
    expect(read(staged.id)).toHaveLength(4 * chunk)
  })

  it('outlasts its deletion for as long as somebody counts on the files that are there', async () => {
    const { blobs, files } = build()
    const { id } = await blobs.put([Buffer.from('in the backup under way')])
    await blobs.keeping(async () => {
      blobs.delete(id)
      expect(blobs.sweep()).toBe(0)
    })
    expect(files()).toEqual([id])
    expect(blobs.sweep()).toBe(1)
  })
})
