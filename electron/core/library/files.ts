// Files that belong to items. The same content is kept once, whoever brings it and under whatever name.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Prepare } from '../prepared.ts'
import type { BlobContent, Blobs, StagedBlob } from '../vault/vault.ts'
import { contentOf } from './hashes.ts'
import type { NewAttachment } from './new-item.ts'
import { oneLine } from '../tidy.ts'

interface FileParts {
  readonly prepare: Prepare
  readonly blobs: Pick<Blobs, 'stage' | 'delete' | 'read' | 'sweep'>
}

/** What a file holds, by its hash. */
interface Content {
  readonly content: Buffer
  readonly open: () => BlobContent
}

/** A file as an item has it. */
interface ItemFile {
  readonly name: string
  readonly media: string
  readonly bytes: number
  readonly content: Buffer
}

interface Attaching extends ItemFile {
  /** The row of the import's file that brought it. */
  readonly file: number | null
  /** What it was called in another vault. */
  readonly uid?: Buffer
}

export interface SealedFiles {
  /** Whether it is here to be attached: what came may be something else than was said. */
  readonly holds: (content: Buffer) => boolean
  /** In the caller's transaction. Whether the item did not have it before. */
  readonly attach: (item: number, one: Attaching) => boolean
  readonly drop: () => void
}

/** As importers bring them. */
export const fileOf = ({ name, media, content }: NewAttachment): ItemFile => ({
  name: oneLine(name, longestFileName) || 'file',
  media: oneLine(media, longestMedia) || 'application/octet-stream',
  bytes: content.byteLength,
  content: contentOf(content),
})
const longestFileName = 255
const longestMedia = 100

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

  /** Another file may have it, which no two vaults come to by chance. */
  const freeUid = (wanted: Buffer | undefined): Buffer =>
    wanted === undefined || prepare('SELECT 1 FROM attachments WHERE uid = ?').get(wanted) !== undefined
      ? randomBytes(16)
      : wanted

  const dropUnused = (ids: readonly string[]) => {
    for (const id of ids) if (!isUsed(id) && !countedOn.has(id)) blobs.delete(id)
  }

  return {
    /** Seals what is not here yet, before the transaction that speaks of it. */
    async seal(contents: Iterable<Content>): Promise<SealedFiles> {
      const all: StagedBlob[] = []
      const sealed = new Map<string, StagedBlob>()
      const present = new Map<string, string>()
      const drop = () => {
        for (const one of all) one.drop()
        for (const blob of present.values()) letGo(blob)
        present.clear()
      }
      try {
        for (const { content, open } of contents) {
          const key = content.toString('hex')
          if (sealed.has(key) || present.has(key)) continue
          const blob = known(content)
          if (blob === undefined) {
            const one = await blobs.stage(open())
            all.push(one)
            sealed.set(one.content.toString('hex'), one)
          } else {
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
        const one = sealed.get(key)
        if (one === undefined) throw new Error('a file was attached that had not been sealed')
        one.commit()
        return one.id
      }
      return {
        holds: (content) => sealed.has(content.toString('hex')) || present.has(content.toString('hex')),
        attach(item, { uid, name, media, bytes, content, file }) {
          if (attached(item, content, name)) return false
          prepare(`
            INSERT INTO attachments (uid, item, blob, name, media, bytes, content, import_file)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          `).run(freeUid(uid), item, blobFor(content), name, media, bytes, content, file)
          return true
        },
        drop,
      }
    },

    /** Whether it has all of them already. */
    has: (item: number, given: readonly NewAttachment[]): boolean =>
      given.map(fileOf).every(({ content, name }) => attached(item, content, name)),

    /** Of an item that goes. Their files go with the next sweep, and cannot be read from here on. */
    blobsOf: (item: number): string[] =>
      z
        .array(blobRow)
        .parse(prepare('SELECT DISTINCT blob FROM attachments WHERE item = ?').all(item))
        .map(({ blob }) => blob),

    /**
     * What an import gave to items that are not its own. What a later import has brought anew is left to that one with its
     * files: it may have brought the same ones, and they were here already.
     */
    detach(importId: number) {
      const ours = '(SELECT id FROM import_files WHERE import = @importId)'
      prepare(`
        UPDATE attachments SET import_file = items.made_in FROM items
        WHERE attachments.import_file IN ${ours} AND items.id = attachments.item
          AND items.made_in > attachments.import_file AND items.made_in NOT IN ${ours}
      `).run({ importId })
      const gone = `DELETE FROM attachments WHERE import_file IN ${ours}
        AND NOT EXISTS (SELECT 1 FROM items WHERE items.id = item AND items.import_file IN ${ours}) RETURNING blob`
      dropUnused(
        z
          .array(blobRow)
          .parse(prepare(gone).all({ importId }))
          .map(({ blob }) => blob),
      )
    },

    dropUnused,
    /** After the transaction in which they were dropped. */
    sweep: blobs.sweep,

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
