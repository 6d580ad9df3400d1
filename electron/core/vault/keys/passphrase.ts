// From a passphrase to a key: Argon2id, made as slow as this computer can bear (0.8 to 1.2 seconds) and never weaker or
// heavier than the bounds below, whatever a key file asks for.
import { randomBytes } from 'node:crypto'
import { totalmem } from 'node:os'
import { z } from 'zod'
import { AppError } from '../../../../shared/errors.ts'
import { createThread } from '../../workers.ts'
import { copyOf, wipe } from './keys.ts'
import type { Clock } from '../../ports.ts'
import type { Argon2idAnswer, Argon2idQuestion } from './argon2id.worker.ts'

const MiB = 1024
/** Below this a stolen key file is cheap to attack: a downgrade, refused (OWASP's floor for Argon2id). */
const floor = { memoryKiB: 19 * MiB, passes: 2 }
/** Above this, opening a key file would be a denial of service. */
const ceiling = { memoryKiB: 1024 * MiB, passes: 10 }
/** Slow enough is 0.8 to 1.2 seconds. Aimed a little low, because twice the memory takes more than twice the time. */
const leastMs = 800
const wantedMs = 900

export const stretching = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.int().positive(),
  passes: z.int().positive(),
  salt: z.base64(),
})
export type Stretching = z.infer<typeof stretching>

export function isSafe({ memoryKiB, passes }: Stretching): boolean {
  const heavyEnough = memoryKiB >= floor.memoryKiB && passes >= floor.passes
  return heavyEnough && memoryKiB <= ceiling.memoryKiB && passes <= ceiling.passes
}

export interface Stretcher {
  /** Finds settings for this computer, and the key of this passphrase under them. */
  readonly calibrate: (passphrase: string) => Promise<{ readonly key: Buffer; readonly settings: Stretching }>
  readonly stretch: (passphrase: string, settings: Stretching) => Promise<Buffer>
}

interface StretcherParts {
  readonly clock: Clock
  /** Fixed settings in place of calibration. */
  readonly fixed?: { readonly memoryKiB: number; readonly passes: number } | undefined
}

export function createStretcher({ clock, fixed }: StretcherParts): Stretcher {
  const helper = createThread<Argon2idQuestion, Argon2idAnswer>({
    from: import.meta.url,
    name: 'argon2id.worker',
    clock,
    idleMs: 0,
  })

  const run = async (passphrase: string, { memoryKiB, passes, salt }: Omit<Stretching, 'algorithm'>) => {
    // NFKC, so that the same passphrase typed on another keyboard gives the same bytes.
    // Each in memory of its own: a part of a shared slab would take the whole slab with it into the thread.
    const bytes = copyOf(Buffer.from(passphrase.normalize('NFKC'), 'utf8'))
    const question = { passphrase: bytes, salt: copyOf(Buffer.from(salt, 'base64')), memoryKiB, passes }
    const answer = await helper.ask(question).finally(() => wipe(bytes))
    return { key: Buffer.from(answer.key.buffer), ms: answer.ms }
  }

  return {
    async calibrate(passphrase) {
      const memoryCap = Math.min(ceiling.memoryKiB, Math.floor(totalmem() / 4 / 1024))
      let { memoryKiB, passes } = fixed ?? { memoryKiB: Math.min(64 * MiB, memoryCap), passes: 3 }
      for (;;) {
        const salt = randomBytes(16).toString('base64')
        const { key, ms } = await run(passphrase, { memoryKiB, passes, salt })
        const next = fixed === undefined ? heavier({ memoryKiB, passes, ms, memoryCap }) : undefined
        if (next === undefined) return { key, settings: { algorithm: 'argon2id', memoryKiB, passes, salt } }
        key.fill(0)
        ;({ memoryKiB, passes } = next)
      }
    },

    async stretch(passphrase, settings) {
      if (!isSafe(settings)) throw new AppError('UNSAFE_KEY_SETTINGS')
      return (await run(passphrase, settings)).key
    },
  }
}

interface Measured {
  readonly memoryKiB: number
  readonly passes: number
  readonly ms: number
  readonly memoryCap: number
}

/** The next settings to try, or nothing when these are slow enough. Memory first (RFC 9106 §4), then passes. */
function heavier({ memoryKiB, passes, ms, memoryCap }: Measured) {
  if (ms >= leastMs) return undefined
  const factor = wantedMs / ms
  const roomier = Math.min(memoryCap, Math.floor((memoryKiB * factor) / (16 * MiB)) * 16 * MiB)
  if (roomier > memoryKiB) return { memoryKiB: roomier, passes }
  const more = Math.min(ceiling.passes, Math.floor(passes * factor))
  return more > passes ? { memoryKiB, passes: more } : undefined
}
