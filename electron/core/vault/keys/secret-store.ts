// A keychain asks its owner, who may not be there, and some never answer. Whatever waits for one here waits for so long and
// no longer: the passphrase is always another way.
import { AppError } from '../../../../shared/errors.ts'
import type { Clock, SecretStore } from '../../ports.ts'

/** Whether it can be used is known without asking anybody. */
const answerMs = 3000
/** Long enough to find and type the password of a keychain. */
const ownerMs = 60_000

interface StoreParts {
  readonly clock: Clock
  readonly secretStore?: SecretStore | undefined
}

export function withDeadlines({ clock, secretStore }: StoreParts): SecretStore | undefined {
  if (secretStore === undefined) return undefined

  const within = async <T>(ms: number, answer: Promise<T>): Promise<T> => {
    const late = Promise.withResolvers<never>()
    const cancel = clock.after(ms, () => late.reject(new AppError('DEVICE_KEY_UNAVAILABLE')))
    try {
      return await Promise.race([answer, late.promise])
    } finally {
      cancel()
    }
  }

  return {
    usable: () => within(answerMs, secretStore.usable()),
    seal: (secret) => within(ownerMs, secretStore.seal(secret)),
    open: (sealed) => within(ownerMs, secretStore.open(sealed)),
  }
}
