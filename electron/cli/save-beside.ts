// A file beside others: under the name it was to have, or the next free one. Nothing that is there is written over.
import { existsSync } from 'node:fs'
import { link, rename, rm } from 'node:fs/promises'
import { type Pieces, saveWhole } from '../core/saving.ts'

/** Answers where it is. */
export async function saveBeside(path: string, pieces: Pieces): Promise<string> {
  let free = path
  await saveWhole(path, pieces, async (part) => {
    for (let number = 2; !(await takesName(part, free)); number += 1) free = numbered(path, number)
  })
  return free
}

/** False where something has the name. Where the disk knows no second name for a file, it is looked at first. */
async function takesName(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path)
  } catch (error) {
    if (isTaken(error) || existsSync(path)) return false
    await rename(part, path)
    return true
  }
  await rm(part)
  return true
}

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST'

function numbered(path: string, number: number): string {
  const dot = path.lastIndexOf('.')
  return `${path.slice(0, dot)}-${number}${path.slice(dot)}`
}
