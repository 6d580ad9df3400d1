// Reads whatever it is given, file by file, and says what it met. It runs in a process of its own, cut off from the network
// and the disk, and may be ended at any moment: a file that brings it down costs that file, and the next reader goes on after it.
import type { Told } from '../../answering.ts'
import { serveProcess } from '../../processes.ts'
import { importersFor } from './detect.ts'
import { type Found, type Importer, type Problem, type Reading, type Sample, Unreadable } from './importer.ts'
import { type Ending, type Kept, type Part, type Question, type Want, found } from '../protocol.ts'
import { loadSqlite } from './databases/sqlite.ts'
import { readInTurn } from './taking-turns.ts'
import { startAsText } from './text/text.ts'
import { archiveIn, zip } from './archives/archives.ts'
import { isBomb } from './archives/bounds.ts'
import { type Listed, chunksOf, entryOf, opened } from './archives/listed.ts'
import { isProgram, zipBehind } from './archives/zip-behind.ts'
import { cutOff } from '../../offline.ts'
import { type Outbox, createOutbox } from './outbox.ts'
import { createProgress } from './progress.ts'
import { createRemote } from './remote.ts'
import { createShelf } from './shelf.ts'

const startBytes = 64 * 1024
const deepestArchive = 3

export function serveReader(importers: readonly Importer[]): void {
  loadSqlite()
  cutOff()
  serveProcess<Question, null, Part, Want>(async (question, told) => {
    await readAll(importers, question, told)
    return null
  })
}

async function readAll(importers: readonly Importer[], question: Question, told: Told<Part, Want>) {
  const { options, zone, now } = question
  const { progress } = told
  const outbox: Outbox = createOutbox(told.part)
  const remote = createRemote(told.want, question)
  const shelf = createShelf()
  const { onRead, tell, onDone, onUnpacked } = createProgress(shelf, progress)
  const reading = (): Reading => ({
    options,
    zone,
    now: new Date(now),
    find: (path) => shelf.find(path, onRead),
    paths: shelf.paths(),
  })

  const list = async (file: Listed): Promise<Listed> => {
    const added = shelf.add(file)
    // Of a large archive it takes a while to know what is in it: the sum grows meanwhile.
    tell()
    await outbox.add({ listed: [{ path: added.path, bytes: added.bytes }] })
    return added
  }

  const end = async (path: string, as: Ending, problem?: Problem) => {
    await outbox.add({ ended: path, as, problem })
  }
  /** What holds nothing did not fail: it was read, and that is told. */
  const endEmpty = (path: string) => end(path, 'skipped', { why: 'empty' })

  const unpack = async (file: Listed, { format, list: entries }: NonNullable<ReturnType<typeof archiveIn>>) => {
    await outbox.add({ begun: file.path, format, unit: null })
    onUnpacked(file)
    if (file.place.depth >= deepestArchive) return end(file.path, 'failed', { why: 'nested-too-deep' })
    const root = file.place.root ?? { bytes: file.bytes, unpacked: 0 }
    // Instead of it comes what is in it.
    if (file.place.root !== undefined) root.unpacked -= file.bytes
    const clearAway = remote.mark()
    try {
      const inside: Listed[] = []
      let broken: Problem | undefined
      try {
        for await (const one of entries(file, { password: options.password, spooled: remote.spooled, root })) {
          if ('problem' in one) {
            broken ??= one.problem
            continue
          }
          if (one.refused === undefined) root.unpacked += one.bytes
          // Archives in archives look harmless one by one.
          if (isBomb(root.unpacked, root.bytes)) throw new Unreadable('bomb')
          inside.push(await list(calledIn(file, one)))
        }
      } catch (error) {
        broken = problemOf(error)
      }
      await askForPassword(file, inside)
      for await (const [one, before] of remote.withKept(inside)) await visit(one, before)
      await remote.standAt(file)
      if (broken !== undefined) await end(file.path, 'failed', broken)
      else if (inside.length === 0) await endEmpty(file.path)
      else await end(file.path, 'done')
    } finally {
      await clearAway()
    }
  }

  /** What is inside of another archive is put down to be looked at from its end only where it is a program. */
  const unpackBehind = async (file: Listed, isSigned: boolean): Promise<boolean> => {
    if (file.place.open === undefined && !isSigned) return false
    const clearAway = remote.mark()
    try {
      const open = await opened(file, remote.spooled)
      const inside = await zipBehind(file, { open, isSigned })
      if (inside !== undefined) await unpack(inside, zip)
      return inside !== undefined
    } finally {
      await clearAway()
    }
  }

  const askForPassword = async ({ path }: Listed, inside: readonly Listed[]) => {
    if (!inside.some(({ refused }) => refused?.why === 'needs-password')) return
    await outbox.add({ asks: { for: 'password', path } })
  }

  const readWith = async (claiming: readonly Importer[], file: Listed, from: number) => {
    const entry = entryOf(file, onRead)
    const context = reading()
    let passOver = from
    let isEmpty = true
    try {
      await ask(claiming[0], entry, context)
      for await (const turn of readInTurn(claiming, entry, context)) {
        if ('begun' in turn) {
          const { format, counts: unit } = turn.begun
          await outbox.add({ begun: file.path, format, unit })
          continue
        }
        isEmpty = false
        if (passOver > 0) passOver -= 1
        else await outbox.found(file.path, sendable(turn))
      }
      // It is another file than the one of which more is kept than this has.
      if (passOver > 0) await end(file.path, 'failed', { why: 'cut-short' })
      else if (isEmpty) await endEmpty(file.path)
      else await end(file.path, 'done')
    } catch (error) {
      await end(file.path, 'failed', problemOf(error))
    }
  }

  const ask = async (importer: Importer | undefined, ...args: Parameters<NonNullable<Importer['asks']>>) => {
    try {
      for (const asked of (await importer?.asks?.(...args)) ?? [])
        await outbox.add({ asks: { path: args[0].path, ...asked } })
    } catch (error) {
      // Reading it meets the same, and says what is wrong.
      if (!(error instanceof Unreadable)) throw error
    }
  }

  const unknown: Listed[] = []
  const visit = async (listed: Listed, before: Kept | undefined): Promise<void> => {
    if (before !== 'done') await readOne(listed, before)
    onDone(listed)
  }

  const readOne = async (listed: Listed, before: Exclude<Kept, 'done'> | undefined): Promise<void> => {
    // What was met until now is the doing of the files before: it goes before this one is to blame for anything.
    if (question.careful) await outbox.flush()
    await remote.standAt(listed)
    if (listed.refused !== undefined) return end(listed.path, 'failed', listed.refused)
    if (listed.bytes === 0) return endEmpty(listed.path)
    try {
      const { sample, file } = await sampled(listed)
      const claiming = importersFor(importers, sample)
      const archive = archiveIn(sample)
      // A document may be an archive inside; what somebody knows by its content is not taken apart.
      if (archive !== undefined && claiming.length === 0) return await unpack(file, archive)
      if (claiming.length === 0 || isProgram(sample.start)) {
        if (await unpackBehind(file, isProgram(sample.start))) return
      }
      if (claiming.length > 0) return await readWith(claiming, file, before ?? 0)
      unknown.push(listed)
    } catch (error) {
      await end(listed.path, 'failed', problemOf(error))
    }
  }

  for (let some = await remote.files(); some.length > 0; some = await remote.files())
    for (const file of some) await list(file)
  await outbox.flush()
  tell()
  for await (const [file, before] of remote.withKept([...shelf.all()])) await visit(file, before)
  // Only now is it known what belongs to another file: a picture that a chat shows, a voice message.
  for (const { path } of unknown) {
    if (shelf.wasFound(path)) await end(path, 'skipped')
    else await end(path, 'failed', { why: 'not-recognised' })
  }
  await outbox.flush()
}

const calledIn = (archive: Listed, one: Listed): Listed =>
  archive.called === undefined ? one : { ...one, called: archive.called + one.path.slice(archive.path.length) }

/** Its beginning, to tell by what it is. What fits into that is not unpacked a second time to be read. */
async function sampled(listed: Listed): Promise<{ readonly sample: Sample; readonly file: Listed }> {
  const parts: Uint8Array[] = []
  let length = 0
  let whole = true
  for await (const chunk of chunksOf(listed)) {
    parts.push(chunk)
    length += chunk.length
    if (length <= startBytes) continue
    whole = false
    break
  }
  const all = Buffer.concat(parts)
  const start = all.subarray(0, startBytes)
  const sample = { path: listed.called ?? listed.path, bytes: listed.bytes, start, text: startAsText(start) }
  const inMemory = async function* () {
    yield all
  }
  return { sample, file: whole ? { ...listed, place: { ...listed.place, chunks: inMemory } } : listed }
}

/** What the core would not believe would end the reader, and with it all that is on its way beside it. */
const sendable = (met: Found): Found => {
  if (found.safeParse(met).success) return bounded(met)
  const at = 'item' in met ? met.item.position : undefined
  return { problem: { why: 'damaged', ...(at !== undefined && Number.isSafeInteger(at) && at >= 0 && { at }) } }
}

/** What the list shows of a problem is short, whatever an importer says. */
function bounded(found: Found): Found {
  if (!('problem' in found) || found.problem.detail === undefined) return found
  return { problem: { ...found.problem, detail: found.problem.detail.slice(0, 200) } }
}

/** Whatever a parser throws is about the file. Its message may quote it, so that only the kind of failure is told. */
function problemOf(error: unknown): Problem {
  if (error instanceof Unreadable) return { why: error.why, at: error.at, detail: error.detail.slice(0, 200) }
  return { why: error instanceof RangeError ? 'too-deep' : 'reader-failed' }
}
