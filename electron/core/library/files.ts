// Files that belong to items. The same content is kept once, whoever brings it and under whatever name.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Prepare } from '../prepared.ts'
import type { Blobs, StagedBlob } from '../vault/vault.ts'
import { contentOf } from './hashes.ts'
import type { NewAttachment } from './new-item.ts'
import { oneLine } from '../tidy.ts'

interface FileParts {
  readonly prepare: Prepare
  readonly blobs: Pick<Blobs, 'stage' | 'delete' | 'read'>
}

export interface StagedFiles {
  /** In the caller's transaction. Answers how many of them the item did not have before. */
  readonly attach: (item: number, attachments: readonly NewAttachment[], file: number | null) => number
  readonly drop: () => void
}

const blobRow = z.object({ blob: z.string() })
const knownRow = blobRow.optional()
const openedRow = z.object({ blob: z.string(), name: z.string(), media: z.string(), bytes: z.int() })

export function createFiles({ prepare, blobs }: FileParts) {
  /** Counted on by what is about to be added, so that erasing the last item that has them leaves them. */
  const countedOn = new Map<string, number>()

  const known = (content: Buffer): string | undefined =>
    knownRow.parse(prepare('SELECT blob FROM attachments WHERE content = ? LIMIT 1').get(content))?.blob
  const isUsed = (blob: string) => prepare('SELECT 1 FROM attachments WHERE blob = ? LIMIT 1').get(blob) !== undefined

  const countOn = (blob: string) => countedOn.set(blob, (countedOn.get(blob) ?? 0) + 1)

  const letGo = (blob: string) => {
    const left = (countedOn.get(blob) ?? 1) - 1
    if (left > 0) countedOn.set(blob, left)
    else countedOn.delete(blob)
  }

  const attached = (item: number, content: Buffer, name: string) =>
    prepare('SELECT 1 FROM attachments WHERE item = ? AND content = ? AND name = ?').get(item, content, name) !==
    undefined

  const named = ({ name, media }: NewAttachment) => ({
    name: oneLine(name, 255) || 'file',
    media: oneLine(media, 100) || 'application/octet-stream',
  })

  const dropUnused = (ids: readonly string[]) => {
    for (const id of ids) if (!isUsed(id) && !countedOn.has(id)) blobs.delete(id)
  }

  return {
    /** Seals what is not here yet, before the transaction that speaks of it. */
    async stage(attachments: readonly NewAttachment[]): Promise<StagedFiles> {
      const contents = new Map(attachments.map((one) => [one, contentOf(one.content)]))
      const staged = new Map<string, StagedBlob>()
      const present = new Map<string, string>()
      const drop = () => {
        for (const one of staged.values()) one.drop()
        for (const blob of present.values()) letGo(blob)
        present.clear()
      }
      const contentOfOne = (one: NewAttachment): Buffer => contents.get(one) ?? contentOf(one.content)
      try {
        for (const [one, content] of contents) {
          const key = content.toString('hex')
          if (staged.has(key) || present.has(key)) continue
          const blob = known(content)
          if (blob === undefined) staged.set(key, await blobs.stage([one.content]))
          else {
            countOn(blob)
            present.set(key, blob)
          }
        }
      } catch (error) {
        drop()
        throw error
      }

      const blobFor = (content: Buffer): string => {
        const key = content.toString('hex')
        const here = present.get(key) ?? known(content)
        if (here !== undefined) return here
        const one = staged.get(key)
        if (one === undefined) throw new Error('a file was attached that had not been staged')
        one.commit()
        return one.id
      }
      return {
        attach(item, given, file) {
          let news = 0
          for (const one of given) {
            const content = contentOfOne(one)
            const { name, media } = named(one)
            if (attached(item, content, name)) continue
            prepare(`
              INSERT INTO attachments (uid, item, blob, name, media, bytes, content, import_file)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            `).run(randomBytes(16), item, blobFor(content), name, media, one.content.byteLength, content, file)
            news += 1
          }
          return news
        },
        drop,
      }
    },

    /** Whether it has all of them already. */
    has: (item: number, given: readonly NewAttachment[]): boolean =>
      given.every((one) => attached(item, contentOf(one.content), named(one).name)),

    /** Of an item that goes. Their files go with the next sweep, and cannot be read from here on. */
    blobsOf: (item: number): string[] =>
      z
        .array(blobRow)
        .parse(prepare('SELECT DISTINCT blob FROM attachments WHERE item = ?').all(item))
        .map(({ blob }) => blob),

    /** What an import gave to items that stay. */
    detach(importId: number) {
      const given = 'FROM attachments WHERE import_file IN (SELECT id FROM import_files WHERE import = ?)'
      const gone = `DELETE ${given} AND item NOT IN (SELECT id FROM items WHERE import_file = attachments.import_file) RETURNING blob`
      dropUnused(
        z
          .array(blobRow)
          .parse(prepare(gone).all(importId))
          .map(({ blob }) => blob),
      )
    },

    dropUnused,

    /** For what is about to be added: the file with that content stays, until it is let go of as often. */
    hold(content: Buffer): string | undefined {
      const blob = known(content)
      if (blob !== undefined) countOn(blob)
      return blob
    },
    letGo,

    open(uid: string) {
      const found = openedRow
        .optional()
        .parse(prepare('SELECT blob, name, media, bytes FROM attachments WHERE uid = unhex(?)').get(uid))
      if (found === undefined) throw new AppError('NO_SUCH_ATTACHMENT')
      const { blob, ...file } = found
      return { ...file, chunks: () => blobs.read(blob) }
    },
  }
}
export type Files = ReturnType<typeof createFiles>
