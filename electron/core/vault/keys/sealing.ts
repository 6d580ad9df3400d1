// What other features are lent to seal under a passphrase: the same check of the passphrase and the same streams that the
// vault trusts itself to. It knows nothing of the vault's own keys.
import type { Clock } from '../../ports.ts'
import { type Stretching, createStretcher, isSafe } from './passphrase.ts'
import { wipe } from './keys.ts'
import { StreamDamaged, createSealer, unseal } from '../stream.ts'

interface SealingParts {
  readonly clock: Clock
  /** Fixed Argon2id settings in place of calibration. */
  readonly fixed?: { readonly memoryKiB: number; readonly passes: number } | undefined
}

export const createSealing = (parts: SealingParts) => ({
  stretcher: createStretcher(parts),
  isSafe: (settings: Stretching) => isSafe(settings),
  createSealer,
  unseal,
  isDamage: (error: unknown) => error instanceof StreamDamaged,
  wipe: (key: Uint8Array) => wipe(key),
})
