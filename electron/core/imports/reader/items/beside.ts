// Files that a chat names and that came with it: pictures, recordings, documents. Found by where the chat itself lies, and
// never anywhere outside what was handed over.
import type { NewAttachment } from '../../../library/library.ts'
import { type Entry, type Problem, type Reading, Unreadable } from '../importer.ts'
import { mediaOf, nameOf } from './labels.ts'
import { oneLine } from '../text/text.ts'

const largestAttachment = 64 * 1024 * 1024
/** What belongs to one item is held at once. */
const mostInAll = 128 * 1024 * 1024

export interface Beside {
  readonly attachments: readonly NewAttachment[]
  /** Why a file that is there could not be taken along. */
  readonly problems: readonly Problem['why'][]
}

interface Named {
  /** Relative to the chat, or to a folder around it. */
  readonly path: string
  readonly name?: string | undefined
  readonly media?: string | undefined
}

const mostBeside = 100

export async function filesBeside(entry: Entry, reading: Reading, named: readonly Named[]): Promise<Beside> {
  const attachments: NewAttachment[] = []
  const problems: Problem['why'][] = []
  let left = mostInAll
  for (const { path, name, media } of named.slice(0, mostBeside)) {
    const file = fileBeside(entry, reading, path)
    if (file === undefined) continue
    const title = oneLine(name ?? nameOf(path), 200)
    try {
      const content = await file.whole(Math.min(left, largestAttachment))
      left -= content.length
      attachments.push({ name: title, media: media ?? mediaOf(title), content })
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      problems.push(error.why)
    }
  }
  return { attachments, problems }
}

/** In the chat's own folder or one around it: an archive may have been unpacked at any height. */
export function fileBeside(entry: Entry, reading: Reading, path: string): Entry | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length === 0 || parts.includes('..')) return undefined
  const folders = entry.path.split('/').slice(0, -1)
  for (let height = folders.length; height >= 0; height -= 1) {
    const found = reading.find([...folders.slice(0, height), ...parts].join('/'))
    if (found !== undefined) return found
  }
  return undefined
}
