// What stands in one transaction: every record once, in its order, however the part is cut.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Found } from '../../../electron/core/imports/importer.ts'
import { createMeasure } from '../../../electron/core/imports/measure.ts'
import type { Event, Part } from '../../../electron/core/imports/protocol.ts'

const records = (count: number): Found[] => Array.from({ length: count }, (_, at) => ({ skipped: at }) as never)
const countOf = (part: Part) => part.reduce((sum, event) => sum + ('found' in event ? event.found.length : 0), 0)

/** One file after the other, each with so many records. */
const partOf = (counts: readonly number[]): Event[] =>
  counts.flatMap((count, at): Event[] => [
    { begun: String(at), format: 'x' },
    ...(count > 0 ? [{ of: String(at), found: records(count) }] : []),
    { ended: String(at), as: 'done' },
  ])

/** As if nothing had been cut. */
function joined(pieces: readonly Part[]): Event[] {
  const all: Event[] = []
  for (const event of pieces.flat()) {
    const last = all.at(-1)
    if ('found' in event && last !== undefined && 'found' in last && last.of === event.of) {
      all[all.length - 1] = { of: last.of, found: [...last.found, ...event.found] }
    } else all.push(event)
  }
  return all
}

describe('a part that is cut into transactions', () => {
  it('loses nothing and stays in order, whatever the transactions take', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 6 })
    fc.assert(
      fc.property(counts, fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1 }), (files, times) => {
        const measure = createMeasure()
        const part = partOf(files)
        const pieces: Part[] = []
        for (const piece of measure.cut(part)) {
          pieces.push(piece)
          measure.took(times[pieces.length % times.length] ?? 0)
        }
        expect(joined(pieces)).toEqual(part)
      }),
      { numRuns: 30 },
    )
  })

  it('is cut larger while they are short, and smaller where they are long', () => {
    const measure = createMeasure()
    /** Of the pieces of a long part, without what is left over at its end. */
    const sizes = (ms: number) => {
      const all: number[] = []
      for (const piece of measure.cut([{ of: 'a', found: records(20_000) }])) {
        all.push(countOf(piece))
        measure.took(ms)
      }
      return all.slice(0, -1)
    }
    const [first = 0] = sizes(60)
    expect(Math.max(...sizes(5))).toBeGreaterThan(first * 2)
    expect(sizes(60).at(-1)).toBe(first)
  })
})
