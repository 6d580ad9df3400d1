// Reads the records of an export, each checked against its schema, and puts items together again from the parts that stand
// in files of their own. What does not fit (a part of no item, a record too many, a name that nothing explains) is damage.
import { AppError } from '../../../shared/errors.ts'
import { type Container, vouchedFor } from './container.ts'
import { type Manifest, recordFile } from './manifest.ts'
import { type RecordOf, type RecordType, recordTypes } from './record-types.ts'

/** A book of two million characters, every one of them escaped, is shorter. */
const longestLine = 64 * 1024 * 1024
const newline = 10

export interface WholeItem {
  readonly item: RecordOf<'items'>
  readonly versions: readonly RecordOf<'versions'>[]
  readonly people: readonly RecordOf<'item_people'>[]
  readonly tags: readonly RecordOf<'item_tags'>[]
  readonly collections: readonly RecordOf<'item_collections'>[]
  readonly links: readonly RecordOf<'links'>[]
  readonly attachments: readonly RecordOf<'attachments'>[]
}

export interface Opened {
  readonly container: Container
  readonly manifest: Manifest
}

const damaged = () => new AppError('EXPORT_DAMAGED')

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (bytes: Uint8Array) => {
    try {
      return decoder.decode(bytes)
    } catch {
      throw damaged()
    }
  }
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    const lines: string[] = []
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      lines.push(decoded(Buffer.concat([...held, chunk.subarray(from, end)])))
      held = []
      length = 0
      from = end + 1
    }
    // What the source hands over may be written over with its next piece.
    if (from < chunk.length) held.push(Buffer.from(chunk.subarray(from)))
    length += chunk.length - from
    if (length > longestLine) throw damaged()
    yield lines
  }
  if (length > 0) throw damaged()
}

export async function* recordsOf<T extends RecordType>(
  { container, manifest }: Opened,
  type: T,
): AsyncGenerator<RecordOf<T>[]> {
  const file = manifest.files.find(({ path }) => path === recordFile(type))
  if (file === undefined) throw damaged()
  let count = 0
  for await (const lines of linesOf(vouchedFor(container, file))) {
    count += lines.length
    if (count > manifest.counts[type]) throw damaged()
    yield lines.map((line) => parsed(type, line))
  }
  if (count !== manifest.counts[type]) throw damaged()
}

function parsed<T extends RecordType>(type: T, line: string): RecordOf<T> {
  try {
    const found = recordTypes[type].safeParse(JSON.parse(line))
    if (found.success) return found.data as RecordOf<T>
  } catch {
    // No JSON, or nested so deep that nobody can walk through it.
  }
  throw damaged()
}

/** Records in their order, taken as long as they belong to the one that is being put together. */
function createQueue<T>(pages: AsyncIterable<T[]>) {
  const source = pages[Symbol.asyncIterator]()
  let page: T[] = []
  let at = 0
  let isOver = false
  const peek = async (): Promise<T | undefined> => {
    while (at >= page.length && !isOver) {
      const next = await source.next()
      isOver = next.done === true
      page = next.done === true ? [] : next.value
      at = 0
    }
    return page[at]
  }
  return {
    async take(belongs: (one: T) => boolean): Promise<T[]> {
      const taken: T[] = []
      for (let one = await peek(); one !== undefined && belongs(one); one = await peek()) {
        taken.push(one)
        at += 1
      }
      return taken
    },
    async insistOnEnd() {
      if ((await peek()) !== undefined) throw damaged()
    },
    close: async () => void (await source.return?.()),
  }
}

const queueOf = <T extends RecordType>(opened: Opened, type: T) => createQueue<RecordOf<T>>(recordsOf(opened, type))

export async function* wholeItems(opened: Opened, atOnce: number): AsyncGenerator<WholeItem[]> {
  const versions = queueOf(opened, 'versions')
  const people = queueOf(opened, 'item_people')
  const tags = queueOf(opened, 'item_tags')
  const collections = queueOf(opened, 'item_collections')
  const links = queueOf(opened, 'links')
  const attachments = queueOf(opened, 'attachments')
  const all = [versions, people, tags, collections, links, attachments]
  try {
    let batch: WholeItem[] = []
    for await (const page of recordsOf(opened, 'items')) {
      for (const item of page) {
        const ofIt = (part: { readonly item: string }) => part.item === item.id
        batch.push({
          item,
          versions: await versions.take(ofIt),
          people: await people.take(ofIt),
          tags: await tags.take(ofIt),
          collections: await collections.take(ofIt),
          links: await links.take(ofIt),
          attachments: await attachments.take(ofIt),
        })
        if (batch.length < atOnce) continue
        yield batch
        batch = []
      }
    }
    yield batch
    for (const queue of all) await queue.insistOnEnd()
  } finally {
    for (const queue of all) await queue.close()
  }
}

export interface WholeFile {
  readonly file: RecordOf<'import_files'>
  readonly problems: readonly RecordOf<'import_problems'>[]
}

/** The files of imports, each with what went wrong in it. */
export async function* wholeFiles(opened: Opened): AsyncGenerator<WholeFile[]> {
  const problems = queueOf(opened, 'import_problems')
  try {
    for await (const page of recordsOf(opened, 'import_files')) {
      const whole: WholeFile[] = []
      for (const file of page) {
        const ofIt = (problem: RecordOf<'import_problems'>) =>
          problem.file.import === file.import && problem.file.path === file.path
        whole.push({ file, problems: await problems.take(ofIt) })
      }
      yield whole
    }
    await problems.insistOnEnd()
  } finally {
    await problems.close()
  }
}
