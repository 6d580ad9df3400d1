import { describe, expect, it } from 'vitest'
import { importers } from '../../electron/core/imports/reader/importers.ts'
import { sourceOf, unitOf } from '../../renderer/words/imports.ts'
import { knownSource } from '../../renderer/words/items.ts'

describe('where in a file a problem is', () => {
  it('is said as the importer of its format counts', () => {
    expect(importers.length).toBeGreaterThan(30)
    for (const { format, counts } of importers) expect(unitOf(format), format).toBe(counts)
  })
})

describe('what a file is', () => {
  it('has a name a person knows, whatever importer reads it', () => {
    const nameless = importers.filter(({ format }) => knownSource(sourceOf(format)) === undefined)
    // An export of Mindkeep gives no items of its own.
    expect(nameless.map(({ format }) => format)).toEqual(['mindkeep-export'])
  })
})
