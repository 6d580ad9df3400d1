// What goes into an export, in its order: what it is, how to read it, copies for people, every record, and last the
// manifest, which knows all the rest. It reads page by page and waits between pages, so that the vault stays usable.
import { z } from 'zod'
import type { ItemType } from '../../../shared/api/items.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Prepare } from '../prepared.ts'
import type { Blobs } from '../vault/vault.ts'
import type { Archive } from './archive.ts'
import { type Manifest, exportMedia, manifestFormat, manifestName, mediaName } from './manifest.ts'
import { attachmentPath } from './readable/attachments.ts'
import { calendarEnd, calendarStart, createCalendar } from './readable/calendar.ts'
import { contactEntry } from './readable/contacts.ts'
import { type OpenFile, type ReadFile, type ReadableItem, itemsOf } from './readable/items.ts'
import { mailEntry } from './readable/mail.ts'
import { notePath, noteText } from './readable/notes.ts'
import { readme } from './readable/readme.ts'
import { recordTypeNames, recordTypes } from './record-types.ts'
import { writeRecords } from './records.ts'
import { type Bounds, boundsOf, countOf, pagesOf } from './selecting.ts'

interface ContentsParts {
  readonly prepare: Prepare
  readonly blobs: Pick<Blobs, 'read'>
  readonly archive: Archive
  /** For what has to wait until its turn comes. */
  readonly folder: string
  readonly madeBy: string
  readonly at: Date
  readonly pace: () => Promise<void>
  readonly progress: (done: number, total: number) => void
}

const longestPiece = 256 * 1024

const fileRow = z.object({ id: z.int(), content: z.string(), name: z.string(), blob: z.string() })

export async function writeContents(parts: ContentsParts): Promise<Pick<Manifest, 'counts' | 'files'>> {
  const { prepare, blobs, archive, folder, madeBy, at, pace, progress } = parts
  const bounds = boundsOf(prepare)
  const collections = [...pagesOf(prepare, 'collections', bounds)].flat()
  /** Where the files lie, by what they hold, and how they are read again. */
  const paths = new Map<string, string>()
  const readers = new Map<string, () => Promise<OpenFile | undefined>>()
  const read: ReadFile = async (content) => readers.get(content)?.()
  const total = recordTypeNames.reduce((sum, type) => sum + countOf(prepare, type), countOf(prepare, 'attachments'))
  let done = 0
  const step = async (count: number) => {
    done += count
    progress(Math.min(done, total), total)
    await pace()
  }

  async function* readable(
    type: ItemType,
    write: (item: ReadableItem) => string | AsyncIterable<string>,
  ): AsyncGenerator<Uint8Array> {
    for (const page of itemsOf(prepare, { type, last: bounds.items })) {
      let text = ''
      for (const item of page) {
        const written = write(item)
        if (typeof written === 'string') text += written
        else
          for await (const piece of written) {
            text += piece
            if (text.length < longestPiece) continue
            yield Buffer.from(text)
            text = ''
          }
      }
      yield Buffer.from(text)
      await pace()
    }
  }

  await archive.add(mediaName, [Buffer.from(exportMedia)], { packed: false })
  await archive.add('README.txt', [Buffer.from(readme)])
  for (const type of recordTypeNames) {
    const schema = JSON.stringify(z.toJSONSchema(recordTypes[type]), null, 2)
    await archive.add(`schemas/${type}.json`, [Buffer.from(`${schema}\n`)])
  }

  for (const file of filesOf(prepare, bounds)) {
    await step(1)
    if (paths.has(file.content)) continue
    const path = attachmentPath(file)
    const open = () => begun(paced(blobs.read(file.blob), pace), () => isThere(prepare, file.id))
    await using content = await open()
    if (content === undefined) continue
    // Packing what is mostly pictures again takes time and saves nothing.
    await archive.add(path, content, { packed: false })
    paths.set(file.content, path)
    readers.set(file.content, open)
  }

  for (const page of itemsOf(prepare, { type: 'note', last: bounds.items })) {
    for (const note of page) await archive.add(notePath(note), [Buffer.from(noteText(note))])
    await pace()
  }
  const calendarEntry = createCalendar(at)
  const calendar = async function* () {
    yield Buffer.from(calendarStart)
    yield* readable('event', calendarEntry)
    yield* readable('task', calendarEntry)
    yield Buffer.from(calendarEnd)
  }
  await archive.add('calendar.ics', calendar())
  await archive.add(
    'contacts.vcf',
    readable('contact', (contact) => contactEntry(contact, read)),
  )
  await archive.add(
    'mail.mbox',
    readable('mail', (mail) => mailEntry(mail, read)),
  )

  const counts = await writeRecords({ prepare, archive, bounds, collections, paths, step, folder })
  const manifest: Manifest = {
    format: manifestFormat,
    madeBy,
    madeAt: at.toISOString(),
    counts,
    files: [...archive.files],
  }
  await archive.add(manifestName, [Buffer.from(`${JSON.stringify(manifest)}\n`)])
  return { counts, files: manifest.files }
}

const filesSql = `
  SELECT id, lower(hex(content)) AS content, name, blob FROM attachments
  WHERE item <= @items AND id > @after ORDER BY id LIMIT 100`

function* filesOf(prepare: Prepare, { items }: Bounds): Generator<z.infer<typeof fileRow>> {
  for (let after = 0; ; ) {
    const page = z.array(fileRow).parse(prepare(filesSql).all({ items, after }))
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

const isThere = (prepare: Prepare, id: number): boolean =>
  prepare('SELECT 1 FROM attachments WHERE id = ?').get(id) !== undefined

/** Undefined for one that was erased since it was listed: nothing of it is in the archive then. */
async function begun(pieces: AsyncGenerator<Uint8Array>, stillThere: () => boolean): Promise<OpenFile | undefined> {
  try {
    // The key is read with the first piece. From there on the file can be read to its end.
    const first = await pieces.next()
    return {
      async *[Symbol.asyncIterator]() {
        if (first.done !== true) yield first.value
        yield* pieces
      },
      async [Symbol.asyncDispose]() {
        await pieces.return(undefined)
      },
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_DAMAGED' && !stillThere()) return undefined
    throw error
  }
}

async function* paced(pieces: Iterable<Uint8Array>, pace: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    yield piece
    await pace()
  }
}
