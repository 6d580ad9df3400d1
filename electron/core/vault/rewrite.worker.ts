// Whole-file work on databases, in a thread of its own with its own connection: copy, check, encrypt for a backup, and
// rewrite under another key. It touches no file but the ones it is told of, and never the vault's own in place.
import { rmSync } from 'node:fs'
import sodium from 'libsodium-wrappers-sumo'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { codeOf } from '../failures.ts'
import { serveThread } from '../workers.ts'
import { shareBlobs } from './backups/backup-files.ts'
import { blobIds, readBlob } from './blobs.ts'
import { type Cipher, type Db, insistOnSoundness, openDatabase, tablesOf } from './db.ts'
import { wipe, withKey } from './keys/keys.ts'
import { versionOf } from './migrate.ts'
import { sealFile, StreamDamaged, unsealFile } from './stream.ts'

export type RewriteQuestion =
  | {
      readonly task: 'copy'
      readonly from: string
      readonly to: string
      readonly key: Uint8Array
      readonly newKey: Uint8Array
      readonly cipher: Cipher
    }
  | { readonly task: 'seal'; readonly from: string; readonly to: string; readonly key: Uint8Array }
  | { readonly task: 'unseal'; readonly from: string; readonly to: string; readonly key: Uint8Array }
  | {
      readonly task: 'check'
      readonly path: string
      readonly key: Uint8Array
      readonly cipher: Cipher
      readonly blobs?: string
    }
  | { readonly task: 'share'; readonly from: string; readonly to: string; readonly blobs: readonly string[] }

/** The last entry of a ledger. */
export interface LedgerHead {
  readonly seq: number
  readonly hash: string
}

/** What a sound database holds, to compare a copy with its original. */
export interface Contents {
  readonly rows: Readonly<Record<string, number>>
  readonly head: LedgerHead | null
  readonly blobs: readonly string[]
  /** Of its tables. */
  readonly version: number
}

const ledgerHead = z.object({ seq: z.int(), hash: z.string() })

type Progress = (done: number, total: number) => void

serveThread<RewriteQuestion, Contents | null>(async (question, { progress }) => {
  await sodium.ready
  try {
    return answer(question, progress)
  } finally {
    if ('key' in question) wipe(question.key)
    if ('newKey' in question) wipe(question.newKey)
  }
})

function answer(question: RewriteQuestion, progress: Progress): Contents | null {
  if (question.task === 'copy') return copy(question)
  if (question.task === 'check') return check(question, progress)
  if (question.task === 'seal') sealFile({ ...question, onProgress: progress })
  else if (question.task === 'unseal') unseal(question, progress)
  else shareBlobs({ ...question, onProgress: progress })
  return null
}

function unseal({ from, to, key }: Extract<RewriteQuestion, { task: 'unseal' }>, onProgress: Progress): void {
  try {
    unsealFile({ from, to, key, onProgress })
  } catch (error) {
    rmSync(to, { force: true })
    const damaged = error instanceof StreamDamaged || codeOf(error) === 'ENOENT'
    throw damaged ? new AppError('BACKUP_DAMAGED', {}, { cause: error }) : error
  }
}

function copy({ from, to, key, newKey, cipher }: Extract<RewriteQuestion, { task: 'copy' }>): Contents {
  const oldKey = asBuffer(key)
  const freshKey = asBuffer(newKey)
  using source = opened(from, oldKey, cipher)
  source.db.prepare('VACUUM INTO ?').run(to)
  if (!oldKey.equals(freshKey)) rekey(to, { oldKey, freshKey, cipher })
  return check({ task: 'check', path: to, key: freshKey, cipher }, () => {})
}

function rekey(
  path: string,
  { oldKey, freshKey, cipher }: { readonly oldKey: Buffer; readonly freshKey: Buffer; readonly cipher: Cipher },
): void {
  using target = opened(path, oldKey, cipher)
  target.db.pragma('journal_mode = DELETE')
  const raw = Buffer.concat([Buffer.from('raw:'), freshKey])
  withKey(raw, () => target.db.rekey(raw))
}

/** Every page, every index and, where a folder of blobs is given, every blob down to its last chunk. */
function check(
  { path, key, cipher, blobs }: Extract<RewriteQuestion, { task: 'check' }>,
  progress: Progress,
): Contents {
  using opening = opened(path, asBuffer(key), cipher)
  const { db } = opening
  insistOnSoundness(db)
  const ids = blobIds(db)
  if (blobs !== undefined) {
    for (const [index, id] of ids.entries()) {
      const chunks = readBlob({ db, folder: blobs }, id)
      while (chunks.next().done !== true) continue
      progress(index + 1, ids.length)
    }
  }
  const count = (name: string) => Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())
  const rows = Object.fromEntries(tablesOf(db).map((name) => [name, count(name)]))
  const head = ledgerHead.safeParse(
    db.prepare('SELECT seq, hex(hash) AS hash FROM ledger ORDER BY seq DESC LIMIT 1').get(),
  )
  return { rows, head: head.data ?? null, blobs: ids, version: versionOf(db) }
}

function opened(path: string, key: Buffer, cipher: Cipher): Disposable & { readonly db: Db } {
  const db = openDatabase({ path, key, cipher })
  return { db, [Symbol.dispose]: () => db.close() }
}

/** The same bytes, not a copy: wiping one wipes the other. */
const asBuffer = (key: Uint8Array): Buffer => Buffer.from(key.buffer, key.byteOffset, key.byteLength)
