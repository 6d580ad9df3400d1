// Folders to break things in. They lie in memory where the system offers that, because thousands of vaults are written
// here and none of them needs to survive. It refuses to leave anything behind.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll } from 'vitest'

/** A folder for all the tests of a file, gone when they are done. */
export function scratchFolder(): string {
  const folder = makeScratch()
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

const makeScratch = (): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : realpathSync(tmpdir()), 'mindkeep-faults-'))

/** Every file of a folder by its path inside it. */
export type Files = ReadonlyMap<string, Buffer>

export function readFolder(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(files.map((path) => [relative(folder, path), readFileSync(path)] as const))
}

/** Makes the folder hold exactly these files. */
export function writeFolder(folder: string, files: Files, folders: readonly string[] = []): void {
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['', ...folders]) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 })
  for (const [name, bytes] of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, bytes, { mode: 0o600 })
  }
}
