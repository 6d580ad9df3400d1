// What is inside of a file that holds other files.
import type { Problem, Sample } from '../importer.ts'
import { gzipped } from './gzip.ts'
import type { Listed, Root } from './listed.ts'
import { tarred } from './tar.ts'
import { zipped } from './zip.ts'

export interface Unpacking {
  /** What opens it, where it is locked. */
  readonly password: string | undefined
  /** Makes a file that can only be read from its start one that can be read from any place. */
  readonly spooled: (file: Listed) => Promise<Listed>
  /** The archive that came. */
  readonly root: Root
}

export type Unpacked = AsyncIterable<Listed | { readonly problem: Problem }>

interface Archive {
  readonly format: string
  readonly list: (file: Listed, unpacking: Unpacking) => Unpacked
}

/** Documents that are archives inside: what is in one of these is not for itself. */
const documents = /^(?:\[Content_Types\]\.xml|mimetype|META-INF\/|_rels\/)/

export const zip: Archive = { format: 'zip', list: zipped }

export function archiveIn({ start }: Sample): Archive | undefined {
  const head = Buffer.from(start.subarray(0, 262)).toString('latin1')
  if (head.startsWith('\x1f\x8b\x08')) return { format: 'gzip', list: gzipped }
  if (head.slice(257, 262) === 'ustar') return { format: 'tar', list: tarred }
  if (head.startsWith('PK\x05\x06')) return zip
  if (!head.startsWith('PK\x03\x04')) return undefined
  return documents.test(head.slice(30)) ? undefined : zip
}
