// Writes the records of an export, a file for each type. An item and what belongs to it stand in several of them and are
// read at one moment, so that what is changed meanwhile is in all of them or in none: until its turn comes, a part waits on
// the disk, sealed under a key that is in memory alone.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'
import { piecesOf } from '../random-access.ts'
import { createSealedFile, openSealedFile } from '../sealed-files.ts'
import type { Archive } from './archive.ts'
import { randomName } from './locked.ts'
import { recordFile } from './manifest.ts'
import { type RecordType, recordTypeNames } from './record-types.ts'
import { type Bounds, itemParts, pagesOf, wholePagesOf } from './selecting.ts'

interface RecordsParts {
  readonly prepare: Prepare
  readonly archive: Archive
  readonly bounds: Bounds
  /** Those of the beginning. */
  readonly collections: readonly string[]
  /** Where the files lie, by what they hold. */
  readonly paths: ReadonlyMap<string, string>
  readonly step: (count: number) => Promise<void>
  /** For what waits. */
  readonly folder: string
}

const attachmentLine = z.looseObject({ content: z.string() })

export async function writeRecords(parts: RecordsParts): Promise<Record<RecordType, number>> {
  const { prepare, archive, bounds, collections, paths, step, folder } = parts
  const counts = Object.fromEntries(recordTypeNames.map((type) => [type, 0])) as Record<RecordType, number>
  const written = (type: RecordType, page: readonly string[]): Buffer => {
    const lines = type === 'attachments' ? page.flatMap((line) => placed(line, paths)) : page
    counts[type] += lines.length
    return Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  const waiting = new Map(itemParts.map((part) => [part as RecordType, createWaiting(folder)]))

  async function* items() {
    for (const { items: page, parts: belonging } of wholePagesOf(prepare, bounds)) {
      for (const part of itemParts) waiting.get(part)?.push(written(part, belonging[part]))
      yield written('items', page)
      await step(itemParts.reduce((sum, part) => sum + belonging[part].length, page.length))
    }
  }
  async function* others(type: RecordType) {
    for (const page of type === 'collections' ? [collections] : pagesOf(prepare, type, bounds)) {
      yield written(type, page)
      await step(page.length)
    }
  }

  try {
    for (const type of recordTypeNames) {
      const pieces = type === 'items' ? items() : (waiting.get(type)?.pieces() ?? others(type))
      await archive.add(recordFile(type), pieces)
    }
    return counts
  } finally {
    for (const one of waiting.values()) one.remove()
  }
}

/** `pieces` ends the writing. */
function createWaiting(folder: string) {
  const path = join(folder, randomName())
  const file = createSealedFile(path)
  return {
    push: file.push,
    async *pieces() {
      const sealed = file.end()
      yield* piecesOf(() => openSealedFile(sealed))
    },
    remove() {
      file.close()
      rmSync(path, { force: true })
    },
  }
}

function placed(line: string, paths: ReadonlyMap<string, string>): string[] {
  const record = attachmentLine.parse(JSON.parse(line))
  const file = paths.get(record.content)
  return file === undefined ? [] : [JSON.stringify({ ...record, file })]
}
