// A little space kept back for the day the disk is full: given up then, so that the vault can still record what happened
// and close cleanly.
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { writeAtomically } from '../files.ts'

const reserveBytes = 1024 * 1024
const path = (folder: string) => join(folder, 'reserve')

export function keepReserve(folder: string): void {
  if (statSync(path(folder), { throwIfNoEntry: false })?.size === reserveBytes) return
  try {
    writeAtomically(path(folder), randomBytes(reserveBytes))
  } catch {
    // No room for a reserve, or no leave to make one, is no reason not to open the vault.
  }
}

export function giveUpReserve(folder: string): void {
  rmSync(path(folder), { force: true })
}
