// Reads a sample with one importer, as the reader would, without its process and without a vault.
import type { ImportOptions } from '../../../../shared/api/imports.ts'
import { importersFor } from '../../../../electron/core/imports/reader/detect.ts'
import {
  type Entry,
  type Importer,
  type Problem,
  type Reading,
  type Sample,
  Unreadable,
} from '../../../../electron/core/imports/reader/importer.ts'
import { startAsText } from '../../../../electron/core/imports/reader/text/text.ts'
import type { NewItem } from '../../../../electron/core/library/library.ts'

export type SampleFiles = Readonly<Record<string, string | Uint8Array>>

const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

/** Handed out in small pieces, so that whatever stands across two of them is met. */
export function entryOf(path: string, content: string | Uint8Array, pieceBytes = 1000): Entry {
  const bytes = bytesOf(content)
  return {
    path,
    called: path,
    bytes: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
    async whole(most) {
      if (bytes.length > most) throw new Unreadable('too-large')
      return bytes
    },
  }
}

export const readingOf = (files: SampleFiles, options: ImportOptions = {}, zone = 'Europe/Berlin'): Reading => ({
  options,
  zone,
  now: new Date('2026-03-01T12:00:00Z'),
  find: (path) => (files[path] === undefined ? undefined : entryOf(path, files[path])),
  paths: Object.keys(files),
})

export function sampleOf(path: string, content: string | Uint8Array): Sample {
  const bytes = bytesOf(content)
  const start = bytes.subarray(0, 64 * 1024)
  return { path, bytes: bytes.length, start, text: startAsText(start) }
}

/** Who reads it first. */
export const importerFor = (importers: readonly Importer[], path: string, content: string | Uint8Array) =>
  importersFor(importers, sampleOf(path, content))[0]

/** What `importer` would have the person say of a file. */
export const asked = (importer: Importer, file: string, options: ImportOptions = {}, zone?: string) =>
  importer.asks?.(entryOf('asked.txt', file), readingOf({}, options, zone))

export interface ReadAll {
  readonly items: NewItem[]
  readonly problems: Problem[]
  readonly skipped: number
}

/** Reads the first of `files` with `importer`; the others are what came with it. */
export async function readAll(
  importer: Importer,
  files: SampleFiles,
  options: ImportOptions = {},
  zone?: string,
): Promise<ReadAll> {
  const [first] = Object.entries(files)
  if (first === undefined) throw new Error('no sample file')
  const items: NewItem[] = []
  const problems: Problem[] = []
  let skipped = 0
  try {
    for await (const found of importer.read(entryOf(...first), readingOf(files, options, zone))) {
      if ('item' in found) items.push(found.item)
      else if ('problem' in found) problems.push(found.problem)
      else skipped += 1
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    problems.push({ why: error.why, at: error.at, detail: error.detail })
  }
  return { items, problems, skipped }
}
