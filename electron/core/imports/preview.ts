// The same reading with nothing kept: what is there, how much of it is new, what the person has to say first.
import type { z } from 'zod'
import type { ImportOptions, ImportedFile, Preview, preview as previewSchema } from '../../../shared/api/imports.ts'
import { type ItemType, day } from '../../../shared/api/items.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Library, NewItem } from '../library/library.ts'
import { type Reader, attend } from './attending.ts'
import type { Begun, Event, Kept, Part, Problem } from './protocol.ts'
import { noCounts } from './file-rows.ts'
import type { Source } from './walk.ts'

type Compare = ReturnType<Library['comparison']>

interface PreviewParts {
  readonly createReader: () => Reader
  /** What would become of each, were it kept. */
  readonly comparison: Library['comparison']
  readonly now: () => Date
  readonly zone: string
  readonly folder: string
}

/** As many of each list as a person looks at. */
const mostFiles = 200
const mostProblems = 100
const mostAsks = 100
const mostSamples = 12
const samplesOfOneType = 3

export function createPreview({ createReader, comparison, now, zone, folder }: PreviewParts) {
  return async (
    { sources, options }: { readonly sources: readonly Source[]; readonly options: ImportOptions },
    { signal, pace, progress }: JobContext,
  ): Promise<z.input<typeof previewSchema>> => {
    const gathering = createGathering(comparison())
    await attend({
      createReader,
      sources,
      folder,
      question: { options, zone, now: now().getTime() },
      again: false,
      kept: (paths) => paths.map(gathering.kept),
      async take(part) {
        await pace()
        gathering.take(part)
      },
      fail: gathering.fail,
      onProgress: (done, total) => progress(done, total),
      signal,
    })
    return gathering.result()
  }
}

function createGathering(compare: Compare) {
  /** Those that are shown. */
  const files = new Map<string, ImportedFile>()
  /** How far each is read, for a reader that follows another. */
  const read = new Map<string, Kept>()
  let reading: Begun | undefined
  const counts = noCounts()
  const types = new Map<ItemType, number>()
  const samples: Preview['samples'] = []
  const problems: Preview['problems'] = []
  let problemsUnlisted = 0
  const asks: Preview['asks'] = []
  let from: string | null = null
  let to: string | null = null

  const change = (path: string, changes: Partial<ImportedFile>) => {
    const file = files.get(path) ?? { path, format: null, bytes: 0, state: 'waiting', ...noCounts() }
    if (files.has(path) || files.size < mostFiles) files.set(path, { ...file, ...changes })
  }
  const count = (path: string, what: keyof typeof counts) => {
    counts[what] += 1
    const file = files.get(path)
    if (file !== undefined) change(path, { [what]: file[what] + 1 })
  }
  const note = (path: string, { why, at, detail }: Problem) => {
    if (problems.length < mostProblems) {
      const told = { format: files.get(path)?.format ?? null, unit: null }
      const { format, unit } = reading?.begun === path ? reading : told
      problems.push({ path, format, at: at ?? null, unit, why, detail: detail ?? '' })
    } else problemsUnlisted += 1
  }
  const look = (item: NewItem) => {
    const on = dayOf(item)
    const ofType = types.get(item.type) ?? 0
    types.set(item.type, ofType + 1)
    if (on !== null && (from === null || on < from)) from = on
    if (on !== null && (to === null || on > to)) to = on
    if (ofType < samplesOfOneType && samples.length < mostSamples) {
      samples.push({ type: item.type, title: item.title, day: on })
    }
  }
  const begin = (begun: Begun) => {
    reading = begun
    change(begun.begun, { format: begun.format, state: 'reading' })
  }
  const end = (path: string, as: 'done' | 'skipped' | 'failed', problem?: Problem) => {
    change(path, { state: as })
    read.set(path, 'done')
    if (as === 'failed') count(path, 'failed')
    if (problem !== undefined) note(path, problem)
  }
  const takeFound = ({ of: path, found }: Extract<Event, { readonly of: string }>) => {
    const items = found.flatMap((one) => ('item' in one ? [one.item] : []))
    for (const outcome of compare(items, path)) count(path, outcome)
    for (const item of items) look(item)
    for (const one of found) {
      if ('problem' in one) {
        count(path, 'failed')
        note(path, one.problem)
      } else if ('skipped' in one) count(path, 'skipped')
    }
    const before = read.get(path) ?? 0
    if (before !== 'done') read.set(path, before + found.length)
  }

  return {
    take(part: Part) {
      for (const event of part) {
        if ('listed' in event) for (const { path, bytes } of event.listed) change(path, { bytes })
        else if ('begun' in event) begin(event)
        else if ('ended' in event) end(event.ended, event.as, event.problem)
        else if ('asks' in event) {
          if (asks.length < mostAsks) asks.push(event.asks)
        } else takeFound(event)
      }
    },
    fail: (path: string, why: Problem['why']) => end(path, 'failed', { why }),
    kept: (path: string) => read.get(path),
    result: (): z.input<typeof previewSchema> => ({
      files: [...files.values()],
      ...counts,
      types: Object.fromEntries(types),
      from,
      to,
      samples,
      problems,
      problemsUnlisted,
      asks,
    }),
  }
}

function dayOf({ fileDate, when = fileDate === undefined ? undefined : { at: fileDate } }: NewItem): string | null {
  if (when === undefined) return null
  if ('day' in when) return day.safeParse(when.day).data ?? null
  const at = when.at + (when.offset ?? 0) * 60_000
  return Math.abs(at) < 8.64e15 ? (day.safeParse(new Date(at).toISOString().slice(0, 10)).data ?? null) : null
}
