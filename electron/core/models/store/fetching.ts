// One file of a model from the hub, however often it takes: into a part that a lost connection or a restart leaves where it
// is, checked whole before it has its name.
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../../../shared/errors.ts'
import { makeFolder, syncFolder } from '../../files.ts'
import type { JobContext } from '../../jobs/jobs.ts'
import type { Clock } from '../../ports.ts'
import type { CatalogueEntry } from './catalogue.ts'
import type { Hub, Wanted } from './hub.ts'

/** How often in a row a connection may break without a byte having come. */
const mostTries = 3
const waitMs = 1000
/** What another try may mend. */
const passing = new Set(['CONNECTION_LOST', 'HOST_SILENT', 'HOST_UNREACHABLE'])

interface FetchingParts {
  readonly hub: Hub
  readonly clock: Clock
  readonly context: Pick<JobContext, 'signal' | 'pace'>
  /** How much of the file is here. */
  readonly onBytes: (here: number) => void
}

export const partOf = (path: string): string => `${path}.part`
const etagOf = (path: string): string => `${path}.part.etag`
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

export interface Hashes {
  readonly sha256: string
  /** As git names a file of this content. */
  readonly gitHash: string
}

export async function hashesOf(path: string): Promise<Hashes> {
  const sha256 = createHash('sha256')
  const git = createHash('sha1').update(`blob ${sizeOf(path)}\0`)
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    sha256.update(piece)
    git.update(piece)
  }
  return { sha256: sha256.digest('hex'), gitHash: git.digest('hex') }
}

const agrees = (is: Hashes, { sha256, gitHash }: Wanted): boolean =>
  (sha256 === null || sha256 === is.sha256) && (gitHash === null || gitHash === is.gitHash)

/** Answers with the SHA-256 of what is at `path` by then. */
export async function fetchFile(
  parts: FetchingParts,
  origin: CatalogueEntry['origin'],
  file: Wanted,
  path: string,
): Promise<string> {
  makeFolder(dirname(path))
  if (sizeOf(path) === file.bytes) {
    const is = await hashesOf(path)
    if (agrees(is, file)) {
      parts.onBytes(file.bytes)
      return is.sha256
    }
  }
  rmSync(path, { force: true })
  await fetchWhole(parts, origin, file, path)
  const part = partOf(path)
  const is = await hashesOf(part)
  if (!agrees(is, file)) {
    dropPart(path)
    throw new AppError('MODEL_WRONG_HASH', { file: file.path })
  }
  renameSync(part, path)
  rmSync(etagOf(path), { force: true })
  syncFolder(dirname(path))
  return is.sha256
}

function dropPart(path: string): void {
  rmSync(partOf(path), { force: true })
  rmSync(etagOf(path), { force: true })
}

async function fetchWhole(
  parts: FetchingParts,
  origin: CatalogueEntry['origin'],
  file: Wanted,
  path: string,
): Promise<void> {
  const part = partOf(path)
  if (sizeOf(part) > file.bytes) dropPart(path)
  let tries = 0
  while (sizeOf(part) < file.bytes || file.bytes === 0) {
    const before = sizeOf(part)
    try {
      await fetchOn(parts, origin, file, path)
      if (file.bytes === 0) return
      // It ended in good order, and was not all: half a file.
      if (sizeOf(part) < file.bytes) throw new AppError('CONNECTION_LOST')
    } catch (error) {
      if (!(error instanceof AppError) || !passing.has(error.code)) throw error
      tries = sizeOf(part) > before ? 1 : tries + 1
      if (tries >= mostTries) throw error
      await waited(parts.clock, tries * waitMs, parts.context.signal)
    }
  }
}

/** From where it was left; from the beginning, where the host does not go on from there. */
async function fetchOn(
  { hub, context, onBytes }: FetchingParts,
  origin: CatalogueEntry['origin'],
  file: Wanted,
  path: string,
): Promise<void> {
  const from = sizeOf(partOf(path))
  const { signal } = context
  await context.pace()
  const answer = await hub.file(origin, file, { from, etag: etagKept(path), signal })
  try {
    const goesOn = answer.status === 206 && startsAt(answer.headers['content-range'], from, file.bytes)
    if (!goesOn && from > 0) dropPart(path)
    if (!goesOn && answer.status !== 200) throw new AppError('CONNECTION_LOST')
    keepEtag(path, answer.headers['etag'])
    const out = await open(partOf(path), 'a', 0o600)
    try {
      let here = sizeOf(partOf(path))
      for await (const piece of answer.body) {
        if (here + piece.length > file.bytes) throw new AppError('ANSWER_TOO_LARGE')
        await writeAll(out, piece)
        here += piece.length
        onBytes(here)
        await context.pace()
      }
    } finally {
      try {
        await out.sync()
      } finally {
        await out.close()
      }
    }
  } finally {
    answer.close()
  }
}

async function writeAll(out: FileHandle, piece: Uint8Array): Promise<void> {
  for (let written = 0; written < piece.length; ) {
    written += (await out.write(piece, written, piece.length - written)).bytesWritten
  }
}

const startsAt = (range: string | undefined, from: number, bytes: number): boolean =>
  range === `bytes ${from}-${bytes - 1}/${bytes}`

/** A weak one says that something is much the same, which is not enough to go on with it (RFC 9110 §13.1.5). */
function keepEtag(path: string, etag: string | undefined): void {
  if (etag !== undefined && /^"[^"]*"$/.test(etag)) writeFileSync(etagOf(path), etag, { mode: 0o600 })
  else rmSync(etagOf(path), { force: true })
}

function etagKept(path: string): string | null {
  return sizeOf(etagOf(path)) === 0 ? null : readFileSync(etagOf(path), 'utf8')
}

function waited(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const callOff = () => {
      cancel()
      reject(new AppError('CANCELLED'))
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', callOff)
      resolve()
    })
    signal.addEventListener('abort', callOff)
    if (signal.aborted) callOff()
  })
}
