// A locked export: the archive as one stream of sealed chunks, under a key that is made of a passphrase of its own. What
// stands before the stream says how to make that key, and is part of it: changed there, nothing opens.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import sodium from 'libsodium-wrappers-sumo'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Bytes } from '../sealed-files.ts'
import type { Sealing } from './sealing.ts'

const magic = 'mindkeep/locked-export/v1\n'
const anyMagic = 'mindkeep/locked-export/'
const longestHead = 1024
const saltBytes = 16
const checkBytes = 16

const recipe = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.int().positive(),
  passes: z.int().positive(),
  salt: z.base64().refine((salt) => Buffer.from(salt, 'base64').length === saltBytes),
})
const head = recipe.extend({ check: z.string().regex(/^[0-9a-f]{32}$/) })
type Recipe = z.infer<typeof recipe>

export interface Locked extends Disposable {
  /** Before anything else. */
  readonly head: Uint8Array
  readonly push: (bytes: Uint8Array) => Uint8Array[]
  readonly end: () => Uint8Array
}

export const startsLocked = (start: Uint8Array): boolean =>
  Buffer.from(start.subarray(0, anyMagic.length)).toString('latin1') === anyMagic

export async function createLocked(sealing: Sealing, passphrase: string): Promise<Locked> {
  const { key: stretched, settings } = await sealing.stretcher.calibrate(passphrase)
  const { key, check } = keyFor(stretched, settings)
  try {
    const sealer = sealing.createSealer(key)
    const text = `${magic}${JSON.stringify({ ...settings, check: check.toString('hex') })}\n`
    return {
      head: Buffer.concat([Buffer.from(text), sealer.header]),
      push: sealer.push,
      end: sealer.end,
      [Symbol.dispose]: sealer[Symbol.dispose],
    }
  } finally {
    sealing.wipe(key)
  }
}

/** What it holds, piece by piece; each is authentic when it is handed over, and all of it only when the last one is. */
export async function openLocked(sealing: Sealing, bytes: Bytes, passphrase: string): Promise<Generator<Uint8Array>> {
  const { settings, check: expected, length } = readHead(bytes)
  if (!sealing.isSafe(settings)) throw new AppError('UNSAFE_EXPORT')
  const { key, check } = keyFor(await sealing.stretcher.stretch(passphrase, settings), settings)
  if (!timingSafeEqual(check, expected)) {
    sealing.wipe(key)
    throw new AppError('WRONG_PASSPHRASE')
  }
  return pieces(sealing, bytes, { key, from: length })
}

function* pieces(sealing: Sealing, bytes: Bytes, at: { readonly key: Buffer; readonly from: number }) {
  let from = at.from
  const read = (length: number) => {
    const piece = bytes.read(from, length)
    from += piece.length
    return piece
  }
  try {
    yield* sealing.unseal(read, at.key)
  } catch (error) {
    if (sealing.isDamage(error)) throw new AppError('EXPORT_DAMAGED', {}, { cause: error })
    throw error
  } finally {
    sealing.wipe(at.key)
  }
}

function readHead(bytes: Bytes): { readonly settings: Recipe; readonly check: Buffer; readonly length: number } {
  const start = Buffer.from(bytes.read(0, longestHead))
  if (!startsLocked(start)) throw new AppError('NOT_AN_EXPORT')
  if (start.subarray(0, magic.length).toString('latin1') !== magic) throw new AppError('EXPORT_FROM_FUTURE')
  const end = start.indexOf('\n', magic.length)
  const parsed = head.safeParse(parseJson(start.subarray(magic.length, Math.max(end, magic.length)).toString('utf8')))
  if (!parsed.success) throw new AppError('EXPORT_DAMAGED')
  const { check, ...settings } = parsed.data
  return { settings, check: Buffer.from(check, 'hex'), length: end + 1 }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Cut or changed, which the caller says.
    return undefined
  }
}

/** The recipe goes into the key, so that it cannot be exchanged. The check tells a wrong passphrase from a damaged file. */
function keyFor(stretched: Buffer, { algorithm, memoryKiB, passes, salt }: Recipe) {
  const said = Buffer.from(`${magic}${JSON.stringify({ algorithm, memoryKiB, passes, salt })}`)
  try {
    const key = Buffer.from(
      sodium.crypto_generichash(sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES, said, stretched),
    )
    const check = Buffer.from(sodium.crypto_generichash(checkBytes, 'mindkeep/locked-export/check', key))
    return { key, check }
  } finally {
    stretched.fill(0)
  }
}

/** For files that wait on the disk for a while. */
export const randomName = (): string => randomBytes(16).toString('hex')
export const isRandomName = (name: string): boolean => /^[0-9a-f]{32}$/u.test(name)
