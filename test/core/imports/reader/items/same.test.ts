import { describe, expect, it } from 'vitest'
import type { NewItem } from '../../../../../electron/core/library/library.ts'
import {
  createCounts,
  createNames,
  hashed,
  inParts,
  longestBody,
} from '../../../../../electron/core/imports/reader/items/same.ts'

describe('what makes a thing the same', () => {
  it('does not mix up parts that run into each other', () => {
    expect(hashed('ab', 'c')).toBe(hashed('ab', 'c'))
    expect(hashed('ab', 'c')).not.toBe(hashed('a', 'bc'))
  })

  it('gives a second thing of one name a name of its own, whatever stands between them', () => {
    const name = createNames()
    expect(name('a', 'one')).toBe('a')
    const second = name('a', 'two')
    expect(second).not.toBe('a')
    expect([name('a', 'one'), name('a', 'two'), name('b', 'two')]).toEqual(['a', second, 'b'])
  })

  it('counts equal things of one time', () => {
    const count = createCounts()
    expect([count('1', 'a'), count('1', 'a'), count('1', 'b'), count('2', 'a')]).toEqual(['a', 'a#2', 'b', 'a'])
  })
})

describe('a text too long for one item', () => {
  const parts = (body: string) =>
    [...inParts({ same: 's', type: 'note', title: 'Long', body, source: 'text' })].flatMap((found) =>
      'item' in found ? [found.item] : [],
    )
  const whole = (items: readonly NewItem[]) => items.map(({ body }) => body).join('')

  it('goes on in further ones, in order and without losing a character', () => {
    const body = `${'🤓'.repeat(longestBody / 2 - 1)}x🤓\n${'y'.repeat(longestBody)}`
    const items = parts(body)
    expect(whole(items)).toBe(body)
    expect(items.map(({ same }) => same)).toEqual(['s', 's/2', 's/3'])
    expect(items.map(({ links }) => links?.[0]?.same)).toEqual([undefined, 's', 's/2'])
    for (const item of items) expect(item.body.isWellFormed()).toBe(true)
  })

  it('is left alone when it is not', () => {
    expect(parts('short')).toHaveLength(1)
  })
})
