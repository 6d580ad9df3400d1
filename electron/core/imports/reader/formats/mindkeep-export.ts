// An export of Mindkeep itself, readable or locked. It is no stranger's file to be made items of: it comes back whole, with
// its ids, versions and levels, and by another way. Known here, it is not taken apart as any other archive would be.
import { type Importer, Unreadable, certainty } from '../importer.ts'

const lockedStart = 'mindkeep/locked-export/'
const zipStart = 'PK\u0003\u0004'
const firstName = 'mimetype'
const media = 'application/vnd.mindkeep.export+zip'

export const mindkeepExport: Importer = {
  format: 'mindkeep-export',
  counts: 'records',
  recognises({ start }) {
    const begin = Buffer.from(start.subarray(0, 200)).toString('latin1')
    return begin.startsWith(lockedStart) || isReadable(begin) ? certainty.certain : certainty.no
  },
  async *read() {
    yield* []
    throw new Unreadable('is-export')
  },
}

/** The name of the first file of an archive stands at byte 30, and what it holds after that and its extra field. */
const isReadable = (begin: string): boolean =>
  begin.startsWith(zipStart) &&
  begin.startsWith(firstName, 30) &&
  begin.startsWith(media, 30 + firstName.length + begin.charCodeAt(28) + 256 * begin.charCodeAt(29))
