// Which files of an import are attached to what it brought: a voice message, a film that a chat shows. A reader knows that
// of the chats it has read itself; one that goes on after another does not read them again.
import { basename } from 'node:path/posix'
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'

const row = z.object({ path: z.string(), bytes: z.int() })

/** Asked for at the end of an import, when all that could be attached is. */
export function createCameAlong(prepare: Prepare, id: number): (file: number) => boolean {
  let attached: ReadonlySet<string> | undefined
  return (file) => {
    attached ??= new Set(
      z.array(z.string()).parse(
        prepare(
          `SELECT DISTINCT attachments.bytes || '/' || name FROM import_files
             JOIN attachments ON attachments.import_file = import_files.id WHERE import = ?`,
        )
          .pluck()
          .all(id),
      ),
    )
    const { path, bytes } = row.parse(prepare('SELECT path, bytes FROM import_files WHERE id = ?').get(file))
    return attached.has(`${bytes}/${basename(path)}`)
  }
}
