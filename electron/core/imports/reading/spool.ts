// An archive inside of an archive can only be read from its start; to be opened it has to lie on the disk. It lies there
// sealed, under a key that this thread alone holds, and is gone when its archive has been read.
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { createSealedFile, openSealedFile } from '../../sealed-files.ts'
import { Unreadable } from '../importer.ts'
import type { Listed } from './listed.ts'

const roomToLeave = 200 * 1024 * 1024
/** How often it is looked whether there is still room. */
const lookEvery = 16 * 1024 * 1024

export interface Spool {
  readonly spooled: (file: Listed) => Promise<Listed>
  /** Removes what was put down since `mark` was made. */
  readonly mark: () => () => void
}

export function createSpool(folder: string): Spool {
  const paths: string[] = []
  return {
    async spooled(file) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, randomBytes(16).toString('hex'))
      paths.push(path)
      const writer = createSealedFile(path)
      try {
        let sinceLook = lookEvery
        for await (const chunk of file.chunks()) {
          sinceLook += chunk.length
          if (sinceLook >= lookEvery) {
            sinceLook = 0
            const { bavail, bsize } = statfsSync(folder)
            if (bavail * bsize < roomToLeave) throw new Unreadable('too-large')
          }
          writer.push(chunk)
        }
        const sealed = writer.end()
        return { ...file, bytes: sealed.bytes, open: () => openSealedFile(sealed) }
      } finally {
        writer.close()
      }
    },
    mark() {
      const from = paths.length
      return () => {
        for (const path of paths.splice(from)) rmSync(path, { force: true })
      }
    },
  }
}
