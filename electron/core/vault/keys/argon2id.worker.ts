// One Argon2id computation (RFC 9106) in a thread of its own: it takes about a second and up to 1 GiB, and WebAssembly
// memory is only given back when the thread ends.
import sodium from 'libsodium-wrappers-sumo'
import { serveThread } from '../../workers.ts'
import { keyBytes } from './keys.ts'

export interface Argon2idQuestion {
  readonly passphrase: Uint8Array
  readonly salt: Uint8Array
  readonly memoryKiB: number
  readonly passes: number
}

export interface Argon2idAnswer {
  readonly key: Uint8Array
  readonly ms: number
}

serveThread<Argon2idQuestion, Argon2idAnswer>(async ({ passphrase, salt, memoryKiB, passes }) => {
  await sodium.ready
  const started = performance.now()
  const key = sodium.crypto_pwhash(
    keyBytes,
    passphrase,
    salt,
    passes,
    memoryKiB * 1024,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  )
  passphrase.fill(0)
  return { key, ms: performance.now() - started }
})
