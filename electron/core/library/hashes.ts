// What makes an item the same when it comes again, and what makes it say the same.
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { NewItem } from './new-item.ts'

export const sameOf = (name: string): Buffer => createHash('sha256').update(name).digest().subarray(0, 16)

/** Of what its source says of it: neither whom it belongs to nor where it stood. */
export function broughtBy({ type, title, body, bodyIs = 'text', when, ends, facts = {} }: NewItem): Buffer {
  const hash = createHash('sha256')
  for (const part of [type, title, body, bodyIs, JSON.stringify([when, ends]), canonicalize(facts) ?? '']) {
    hash.update(`${part.length}:`).update(part)
  }
  return hash.digest().subarray(0, 16)
}

export const contentOf = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest()
