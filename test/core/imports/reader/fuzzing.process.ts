// Reads hurt files one after the other, as a reader does, in a process that may die of it. Before each it says which one
// is next, so that whoever watches knows what it died or hangs at.
import { writeSync } from 'node:fs'
import { found as believed } from '../../../../electron/core/imports/protocol.ts'
import { archiveIn } from '../../../../electron/core/imports/reader/archives/archives.ts'
import { type Listed, chunksOf, onDisk } from '../../../../electron/core/imports/reader/archives/listed.ts'
import { importersFor } from '../../../../electron/core/imports/reader/detect.ts'
import { type Entry, type Found, type Importer, Unreadable } from '../../../../electron/core/imports/reader/importer.ts'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { readInTurn } from '../../../../electron/core/imports/reader/taking-turns.ts'
import { createRandom } from '../../../support/random.ts'
import { hurt } from './hurting.ts'
import { type Sample, seedOfInput, subjectOf, subjects } from './fuzz-subjects.ts'
import { entryOf, readingOf, sampleOf } from './support.ts'

const mostRecords = 50_000
/** Of what comes out of an archive. */
const mostBytes = 64 * 1024 * 1024
const weighedEvery = 50

const say = (line: string) => void writeSync(1, `${line}\n`)

function flawOf(found: Found): string | undefined {
  if (!believed.safeParse(found).success) return 'what the core would not believe'
  if (!('item' in found)) return undefined
  const { title, same, when } = found.item
  if (same === '') return 'an item without a name of its own'
  if (title.length > 500 || /[\r\n]/.test(title)) return 'a title that is no title'
  return when !== undefined && 'at' in when && !Number.isFinite(when.at) ? 'a time that is none' : undefined
}

async function readFile(claiming: readonly Importer[], entry: Entry): Promise<string | undefined> {
  let records = 0
  for await (const turn of readInTurn(claiming, entry, readingOf({}))) {
    if ((records += 1) > mostRecords) return 'records without end'
    const flaw = 'begun' in turn ? undefined : flawOf(turn)
    if (flaw !== undefined) return flaw
  }
  return undefined
}

const sourceOf = (bytes: Uint8Array) => () => ({
  bytes: bytes.length,
  read: (at: number, length: number) => bytes.subarray(at, at + length),
  close() {},
})

async function bytesOf(file: Listed): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunksOf(file)) {
    length += chunk.length
    if (length > mostBytes) throw new Unreadable('too-large')
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

/** What is in it is read, too, one deep. */
async function unpack(bytes: Uint8Array): Promise<string | undefined> {
  const archive = archiveIn(sampleOf('in/file', bytes))
  if (archive === undefined) return undefined
  const spooled = async (file: Listed) => {
    const content = await bytesOf(file)
    return { ...file, bytes: content.length, place: { ...file.place, open: sourceOf(content) } }
  }
  let entries = 0
  const file = { path: 'in/file', bytes: bytes.length, place: onDisk(sourceOf(bytes)), number: 0 }
  const root = { bytes: bytes.length, unpacked: 0 }
  for await (const one of archive.list(file, { password: 'open sesame', spooled, root })) {
    if ((entries += 1) > mostRecords) return 'entries without end'
    if ('problem' in one || one.refused !== undefined) continue
    try {
      const content = await bytesOf(one)
      const flaw = await readFile(importersFor(importers, sampleOf(one.path, content)), entryOf(one.path, content))
      if (flaw !== undefined) return flaw
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
    }
  }
  return undefined
}

async function wrongWith(sample: Sample, bytes: Uint8Array, turn: number): Promise<string | undefined> {
  try {
    if (sample.importer === undefined) return await unpack(bytes)
    const entry = entryOf('in/file', bytes)
    const claiming = importersFor(importers, sampleOf('in/file', bytes))
    // By whom it is for, by whoever claims it now, and sometimes by somebody whom it was never meant for.
    if (turn % 3 === 0) return await readFile(claiming, entry)
    return await readFile(
      [turn % 10 === 1 ? (importers[turn % importers.length] ?? sample.importer) : sample.importer],
      entry,
    )
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'something was thrown'
  }
}

const [seed = 0, from = 0, to = 0] = process.argv.slice(2).map(Number)
let heaviest = 0
for (let input = from; input < to; input += 1) {
  say(`at ${input}`)
  const random = createRandom(seedOfInput(seed, input))
  const sample = subjectOf(random)
  const bytes = hurt(sample.bytes, random, random.pick(subjects).bytes)
  const wrong = await wrongWith(sample, bytes, input)
  if (wrong !== undefined) say(`wrong ${JSON.stringify([input, sample.format, wrong])}`)
  if (input % weighedEvery === 0) heaviest = Math.max(heaviest, process.memoryUsage().rss)
}
say(`heaviest ${heaviest}`)
process.exit(0)
