import { describe, expect, it } from 'vitest'
import { joinPages } from '../../renderer/screens/activity/pages.ts'
import type { LedgerEntry } from '../../shared/api/ledger.ts'

const entry = (seq: number): LedgerEntry => ({
  seq,
  at: '2026-01-01T00:00:00.000Z',
  act: { act: 'backup.made', backup: String(seq) },
  hash: '0'.repeat(64),
})
/** Newest first, as the log is listed. */
const page = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => entry(from - at))
const numbers = (entries: readonly LedgerEntry[]) => entries.map(({ seq }) => seq)

describe('the pages of the log, as one list', () => {
  it('are joined where the newest page reaches into what was loaded, or ends just above it', () => {
    expect(numbers(joinPages(page(12, 8), page(9, 1)))).toEqual(numbers(page(12, 1)))
    expect(numbers(joinPages(page(12, 10), page(9, 1)))).toEqual(numbers(page(12, 1)))
  })

  it('leave out what was loaded once so much is new that entries between would be missing', () => {
    expect(numbers(joinPages(page(60, 11), page(9, 1)))).toEqual(numbers(page(60, 11)))
  })

  it('are the newest page alone until more was asked for', () => {
    expect(numbers(joinPages(page(5, 1), []))).toEqual([5, 4, 3, 2, 1])
    expect(joinPages([], [])).toEqual([])
  })
})
