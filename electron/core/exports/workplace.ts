// Where an export is unpacked before it is whole: a folder beside the one it becomes, with a lock in it that the operating
// system takes back when whoever holds it dies (docs/decisions/0003). By the lock one that was killed is told from one that is
// at work. What is not exactly as it is made here belongs to somebody else, and stays.
import { randomBytes } from 'node:crypto'
import { type Stats, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { listFolders, makeFolder } from '../files.ts'

const prefix = '.mindkeep-opening-'
const isNamed = (name: string): boolean => name.startsWith(prefix) && /^[0-9a-f]{12}$/u.test(name.slice(prefix.length))
const attempts = 3

/** Nothing is ever written to the lock: its journal is a sign that SQLite was asked to. */
const inside: Readonly<Record<string, (found: Stats) => boolean>> = {
  lock: (found) => found.isFile() && found.size === 0,
  'lock-journal': (found) => found.isFile(),
  archive: (found) => found.isFile(),
  export: (found) => found.isDirectory(),
}

export interface Workplace {
  /** For what waits sealed. */
  readonly archive: string
  /** For what is to be moved to its place once it is whole. */
  readonly unpacked: string
  /** Removes what is left of it. */
  readonly close: () => void
}

export function makeWorkplace(beside: string): Workplace {
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(beside, `${prefix}${randomBytes(6).toString('hex')}`)
    makeFolder(folder)
    const lock = takeLock(folder)
    // Another one that begins in this moment may have swept it before it was held. Where a disk knows no locks it is worked in
    // without one, and never swept.
    if (lock === undefined && attempt < attempts) {
      remove(folder)
      continue
    }
    const unpacked = join(folder, 'export')
    makeFolder(unpacked)
    return { archive: join(folder, 'archive'), unpacked, close: () => remove(folder, lock) }
  }
}

/** Removes those that nobody works in any more. */
export function sweepWorkplaces(beside: string): void {
  for (const name of listFolders(beside).filter(isNamed)) {
    const folder = join(beside, name)
    try {
      const lock = isOurs(folder) ? takeLock(folder, { fileMustExist: true }) : undefined
      if (lock !== undefined) remove(folder, lock)
    } catch {
      // Somebody else may be sweeping it, or the disk refuses. It is in nobody's way, and is tried again the next time.
    }
  }
}

function isOurs(folder: string): boolean {
  const isMine = ({ uid, mode }: Stats) =>
    process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0)
  const found = lstatSync(folder)
  const names = readdirSync(folder)
  return (
    found.isDirectory() &&
    isMine(found) &&
    names.includes('lock') &&
    names.every((name) => {
      const one = lstatSync(join(folder, name))
      return isMine(one) && Object.hasOwn(inside, name) && inside[name]?.(one) === true
    })
  )
}

/** Undefined where somebody holds it. */
function takeLock(folder: string, options: Database.Options = {}): Database.Database | undefined {
  const path = join(folder, 'lock')
  const inode = () => lstatSync(path, { throwIfNoEntry: false })?.ino
  let lock: Database.Database | undefined
  try {
    lock = new Database(path, { ...options, timeout: 0 })
    const opened = inode()
    lock.exec('BEGIN IMMEDIATE')
    // Of a file that has no name any more the lock says nothing.
    if (opened !== undefined && inode() === opened) return lock
  } catch {
    // Held, gone, or on a disk without locks: it is nobody's to take.
  }
  lock?.close()
  return undefined
}

/** While it is held, so that nobody begins in what is about to go; Windows removes no file that is open. */
function remove(folder: string, lock?: Database.Database): void {
  try {
    if (process.platform === 'win32') lock?.close()
    rmSync(folder, { recursive: true, force: true })
  } finally {
    lock?.close()
  }
}
