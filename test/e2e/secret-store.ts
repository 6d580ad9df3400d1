// A keychain as a desktop would lend it. It keeps what it is given under a number, so that what the core stores opens
// nothing by itself.
import type { SecretStore } from '../../electron/core/ports.ts'

export function createSecretStore(): SecretStore {
  const box = new Map<string, Uint8Array>()
  return {
    usable: async () => true,
    seal: async (secret) => {
      const number = String(box.size)
      box.set(number, Uint8Array.from(secret))
      return new TextEncoder().encode(number)
    },
    open: async (sealed) => {
      const secret = box.get(new TextDecoder().decode(sealed))
      if (secret === undefined) throw new Error('nothing was sealed as that')
      return Uint8Array.from(secret)
    },
  }
}
