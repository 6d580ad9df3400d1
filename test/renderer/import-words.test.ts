import { describe, expect, it } from 'vitest'
import { importers } from '../../electron/core/imports/importers.ts'
import { unitOf } from '../../renderer/words/imports.ts'

describe('where in a file a problem is', () => {
  it('is said as the importer of its format counts', () => {
    expect(importers.length).toBeGreaterThan(30)
    for (const { format, counts } of importers) expect(unitOf(format), format).toBe(counts)
  })
})
