// The account on the public record, led to by the recovery words: an HD wallet (BIP-32, BIP-44) whose seed is derived from
// the recovery secret. Its address is kept in the clear inside the vault; its seed is sealed under the signing key.
import type { Db } from './db.ts'
import { deriveKey, seal, withKey } from './keys.ts'

const context = 'mindkeep/account/v1'
const path = "m/44'/60'/0'/0/0"

export async function createAccount({
  db,
  master,
  secret,
}: {
  readonly db: Db
  readonly master: Buffer
  readonly secret: Buffer
}): Promise<void> {
  // Loaded only here: signing code has no business in memory while nothing is signed.
  const { HDNodeWallet } = await import('ethers/wallet')
  withKey(deriveKey(secret, 'account'), (seed) => {
    const { address } = HDNodeWallet.fromSeed(seed).derivePath(path)
    const { nonce, box } = withKey(deriveKey(master, 'signing'), (key) => seal(key, seed, context))
    db.prepare('INSERT INTO account (address, nonce, box) VALUES (?, ?, ?)').run(address, nonce, box)
  })
}

export function readAccount(db: Db): { address: string } {
  const address: unknown = db.prepare('SELECT address FROM account').pluck().get()
  if (typeof address !== 'string') throw new Error('the vault has no account')
  return { address }
}
