// How one entry of the ledger is bound to all before it: SHA-256 over a canonical form (RFC 8785) of the entry and the
// hash before it, starting from the vault's own id. Anyone with the entries can compute it again.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

const format = 'mindkeep/ledger/v1'

export function firstLink(vault: string): Buffer {
  return createHash('sha256').update(`${format}\0${vault}`).digest()
}

interface Entry {
  readonly seq: number
  readonly at: string
  /** JSON: an act of this version, or of one that knows more. */
  readonly act: unknown
}

export function link(previous: Buffer, { seq, at, act }: Entry): Buffer {
  const text = canonicalize({ format, previous: previous.toString('hex'), seq, at, act }) ?? ''
  return createHash('sha256').update(text).digest()
}
