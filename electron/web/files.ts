// The built page, read into memory once at start. Requests are looked up by their whole target in this map; no path from
// a request ever reaches the disk.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { pageTypes } from '../../shared/page-files.ts'

export interface PageFile {
  readonly type: string
  readonly body: Buffer
}
export type PageFiles = ReadonlyMap<string, PageFile>

export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>()
  for (const path of listFiles(folder)) {
    const type = pageTypes[extname(path)]
    if (type === undefined) continue
    const name = relative(folder, path).split(sep).join('/')
    files.set(name === 'index.html' ? '/' : `/${name}`, { type, body: readFileSync(path) })
  }
  if (!files.has('/')) throw new AppError('PAGE_MISSING')
  return files
}

function listFiles(folder: string): string[] {
  try {
    // Links are left out: a build has none, and one could lead anywhere.
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch (cause) {
    throw new AppError('PAGE_MISSING', {}, { cause })
  }
}
