import { describe, expect, it } from 'vitest'
import { joinPages } from '../../renderer/words/pages.ts'

/** Newest first, as what only grows is listed. */
const page = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => ({ seq: from - at }))
const join = (newest: readonly Entry[], older: readonly Entry[]) => numbers(joinPages(newest, older, ({ seq }) => seq))
const numbers = (entries: readonly Entry[]) => entries.map(({ seq }) => seq)

interface Entry {
  readonly seq: number
}

describe('the pages of a list that only grows, as one list', () => {
  it('are joined where the newest page reaches into what was loaded, or ends just above it', () => {
    expect(join(page(12, 8), page(9, 1))).toEqual(numbers(page(12, 1)))
    expect(join(page(12, 10), page(9, 1))).toEqual(numbers(page(12, 1)))
  })

  it('leave out what was loaded once so much is new that entries between would be missing', () => {
    expect(join(page(60, 11), page(9, 1))).toEqual(numbers(page(60, 11)))
  })

  it('are the newest page alone until more was asked for', () => {
    expect(join(page(5, 1), [])).toEqual([5, 4, 3, 2, 1])
    expect(join([], [])).toEqual([])
  })
})
