// Every importer over its own sample hurt in thousands of ways, and over everybody else's: items and problems come out,
// never a crash, never without end, and never more memory than a reader has. Seeded: a failure comes again.
import { describe, expect, it } from 'vitest'
import { type Importer, Unreadable } from '../../../electron/core/imports/importer.ts'
import { importers } from '../../../electron/core/imports/importers.ts'
import { createRandom, say, seedOf, sized } from '../../faults/support/random.ts'
import { mutated } from './mutated.ts'
import { starts } from './samples/starts.ts'
import { talks } from './samples/talks.ts'
import { entryOf, readingOf, sampleOf } from './support.ts'

const suite = 'fuzz'
const seed = seedOf(suite)
const inputs = sized({ small: 5000, large: 1_000_000 })
const foreignEvery = 10
/** A reader has less than that; a sample of a few kilobytes has no use for it. */
const mostHeapMiB = 512
const mostRecords = 50_000

const samples = [...starts, ...talks].flatMap(([format, content]) => {
  const importer = importers.find((one) => one.format === format)
  if (importer === undefined) throw new Error(`no importer reads ${format}`)
  return [{ importer, bytes: Buffer.from(content) }]
})

/** What went wrong; nothing where it ended as it should. */
async function wrongWith(importer: Importer, bytes: Uint8Array): Promise<string | undefined> {
  let records = 0
  try {
    importer.recognises(sampleOf('in/file', bytes))
    for await (const found of importer.read(entryOf('in/file', bytes), readingOf({}))) {
      records += 1
      if (records > mostRecords) return 'records without end'
      if (!('item' in found)) continue
      const { title, same, when } = found.item
      if (same === '') return 'an item without a name of its own'
      if (title.length > 500 || /[\r\n]/.test(title)) return 'a title that is no title'
      if (when !== undefined && 'at' in when && !Number.isFinite(when.at)) return 'a time that is none'
    }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'something was thrown'
  }
  return undefined
}

describe('hurt files', () => {
  it(`come to items and problems, ${inputs} of them`, async () => {
    const random = createRandom(seed)
    const wrong = new Map<string, string>()
    const each = Math.ceil(inputs / samples.length)
    let read = 0
    let heap = 0
    for (const { importer, bytes } of samples) {
      for (const hurt of mutated(bytes, each, 1 + random.int(2 ** 30))) {
        const one = read % foreignEvery === 0 ? random.pick(importers) : importer
        const what = await wrongWith(one, hurt)
        if (what !== undefined) wrong.set(`${one.format}: ${what}`, Buffer.from(hurt).toString('base64').slice(0, 400))
        read += 1
        if (read % 100 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed)
      }
    }
    say(suite, `${read} inputs for ${samples.length} formats, ${Math.round(heap / 1024 / 1024)} MiB of heap at most`)
    expect(Object.fromEntries(wrong)).toEqual({})
    expect(read).toBeGreaterThanOrEqual(inputs)
    expect(heap / 1024 / 1024).toBeLessThan(mostHeapMiB)
  })
})
