import { describe, expect, it } from 'vitest'
import { importers } from '../../electron/core/imports/reader/importers.ts'
import { createI18n } from '../../renderer/i18n.ts'
import { sourceOf, undoWords, undoneWords } from '../../renderer/words/imports.ts'
import { knownSource } from '../../renderer/words/items.ts'

describe('what a file is', () => {
  it('has a name a person knows, whatever importer reads it', () => {
    expect(importers.length).toBeGreaterThan(30)
    const nameless = importers.filter(({ format }) => knownSource(sourceOf(format)) === undefined)
    // An export of Mindkeep gives no items of its own.
    expect(nameless.map(({ format }) => format)).toEqual(['mindkeep-export'])
  })
})

describe('what is said before an import is taken back', () => {
  it.each([
    ['en', 'become what they were before', 'stay as they are now'],
    ['de', 'werden wieder, was sie waren', 'bleiben, wie sie jetzt sind'],
  ] as const)('promises of an export no more than is done (%s)', async (language, restored, joined) => {
    const { t } = await createI18n(language)
    const said = (of: 'files' | 'export') => undoWords(t, { number: String }, { of, added: 3, changed: 2 })
    expect(said('files')).toContain(restored)
    expect(said('export')).toContain(joined)
    expect(said('export')).not.toContain(restored)
  })
})

describe('what became of an import that was taken back', () => {
  it.each([
    [
      'en',
      'Undone: 2 things are removed, or as they were before. 1 that a later import brought in a newer form stays with that one.',
    ],
    [
      'de',
      'Rückgängig gemacht: 2 Einträge sind entfernt oder wieder, wie sie waren. 1, den ein späterer Import neuer gebracht hat, bleibt bei diesem.',
    ],
  ] as const)('tells what belongs to a later one apart from what the person changed (%s)', async (language, words) => {
    const { t } = await createI18n(language)
    const undone = { removed: 2, restored: 0, kept: 0, handedOver: 1 }
    expect(undoneWords(t, { number: String }, undone)).toBe(words)
    expect(undoneWords(t, { number: String }, { ...undone, handedOver: 0, kept: 1 })).not.toContain('import')
  })
})
