// The account on the public record, led to by the recovery words: an HD wallet (BIP-32, BIP-44) whose seed is derived from
// the recovery secret. Its address is kept in the clear inside the vault; its seed is sealed under the signing key.
// While it is derived, its private key is a string of ethers', which nobody can wipe.
import type { Db } from '../db.ts'
import { type Sealed, deriveKey, seal, withKey } from './keys.ts'

const context = 'mindkeep/account/v1'
const path = "m/44'/60'/0'/0/0"

export interface SealedAccount extends Sealed {
  readonly address: string
}

interface AccountKeys {
  readonly master: Buffer
  readonly secret: Buffer
}

export async function sealAccount({ master, secret }: AccountKeys): Promise<SealedAccount> {
  // Loaded only here: signing code has no business in memory while nothing is signed.
  const { HDNodeWallet } = await import('ethers/wallet')
  return withKey(deriveKey(secret, 'account'), (seed) => {
    const { address } = HDNodeWallet.fromSeed(seed).derivePath(path)
    return { address, ...withKey(deriveKey(master, 'signing'), (key) => seal(key, seed, context)) }
  })
}

export function keepAccount(db: Db, { address, nonce, box }: SealedAccount): void {
  db.prepare('INSERT INTO account (address, nonce, box) VALUES (?, ?, ?)').run(address, nonce, box)
}

export function readAccount(db: Db): { address: string } {
  const address: unknown = db.prepare('SELECT address FROM account').pluck().get()
  if (typeof address !== 'string') throw new Error('the vault has no account')
  return { address }
}
