// Ways into the vault. Each slot holds the master key, sealed under what the person knows (passphrase), keeps on paper
// (recovery words) or has (this computer). The vault id and the slot's own settings are authenticated with it.
import canonicalize from 'canonicalize'
import type { SecretStore } from '../../ports.ts'
import { deriveKey, keyBytes, randomKey, seal, unseal, wipe, withKey, type Sealed } from './keys.ts'
import type { KeyFile } from './keyfile.ts'
import type { Stretcher } from './passphrase.ts'

interface SlotParts {
  readonly vault: string
  readonly master: Buffer
}

const encode = ({ nonce, box }: Sealed) => ({
  nonce: Buffer.from(nonce).toString('base64'),
  box: Buffer.from(box).toString('base64'),
})

const decode = ({ nonce, box }: { readonly nonce: string; readonly box: string }): Sealed => ({
  nonce: Buffer.from(nonce, 'base64'),
  box: Buffer.from(box, 'base64'),
})

const context = (vault: string, kind: string, settings: object = {}): string =>
  canonicalize({ format: 'mindkeep/slot/v1', vault, kind, settings }) ?? ''

export async function sealPassphraseSlot(
  stretcher: Stretcher,
  { vault, master, passphrase }: SlotParts & { readonly passphrase: string },
): Promise<KeyFile['passphrase']> {
  const { key, settings } = await stretcher.calibrate(passphrase)
  const sealed = withKey(key, () => seal(key, master, context(vault, 'passphrase', settings)))
  return { kind: 'passphrase', stretching: settings, ...encode(sealed) }
}

export async function openPassphraseSlot(
  stretcher: Stretcher,
  { vault, passphrase: slot }: Pick<KeyFile, 'vault' | 'passphrase'>,
  passphrase: string,
): Promise<Buffer | undefined> {
  const key = await stretcher.stretch(passphrase, slot.stretching)
  return withKey(key, () => unseal(key, decode(slot), context(vault, 'passphrase', slot.stretching)))
}

export function sealRecoverySlot({
  vault,
  master,
  secret,
}: SlotParts & { readonly secret: Buffer }): KeyFile['recovery'] {
  const sealed = withKey(deriveKey(secret, 'recovery'), (key) => seal(key, master, context(vault, 'recovery')))
  return { kind: 'recovery', ...encode(sealed) }
}

export function openRecoverySlot(
  { vault, recovery }: Pick<KeyFile, 'vault' | 'recovery'>,
  secret: Buffer,
): Buffer | undefined {
  return withKey(deriveKey(secret, 'recovery'), (key) => unseal(key, decode(recovery), context(vault, 'recovery')))
}

export async function sealDeviceSlot(
  store: SecretStore,
  { vault, master }: SlotParts,
): Promise<NonNullable<KeyFile['device']>> {
  const secret = randomKey()
  try {
    const kept = await store.seal(secret)
    const sealed = withKey(deriveKey(secret, 'device'), (key) => seal(key, master, context(vault, 'device')))
    return { kind: 'device', secret: Buffer.from(kept).toString('base64'), ...encode(sealed) }
  } finally {
    wipe(secret)
  }
}

/** Any failure of the secret store means only that the passphrase is needed. */
export async function openDeviceSlot(
  store: SecretStore,
  { vault, device }: Pick<KeyFile, 'vault' | 'device'>,
): Promise<Buffer | undefined> {
  if (device === null) return undefined
  const secret = await openSecret(store, Buffer.from(device.secret, 'base64'))
  if (secret === undefined) return undefined
  try {
    if (secret.length !== keyBytes) return undefined
    return withKey(deriveKey(secret, 'device'), (key) => unseal(key, decode(device), context(vault, 'device')))
  } finally {
    wipe(secret)
  }
}

async function openSecret(store: SecretStore, kept: Buffer): Promise<Buffer | undefined> {
  try {
    const { buffer, byteOffset, length } = await store.open(kept)
    // No copy: it is wiped where it lies.
    return Buffer.from(buffer, byteOffset, length)
  } catch {
    // A keychain can be reset, moved or locked by its owner; that must never lock the vault.
    return undefined
  }
}
