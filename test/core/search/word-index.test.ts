import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSearch } from '../../../electron/core/search/search.ts'
import { openTestDatabase } from './support.ts'

const opened = openTestDatabase()
beforeAll(opened.open)
afterAll(opened.close)

describe('the words of an item', () => {
  it('are found once it is put, and gone once it is dropped', () => {
    const { db, addItem } = opened
    const search = createSearch()
    const id = addItem({ title: 'Café', body: 'Straße nach Łódź' })
    const found = (word: string) => db.prepare('SELECT rowid FROM words WHERE words MATCH ?').pluck().all(word).length
    search.put(db, [id])
    expect(['cafe', 'strasse', 'lodz'].map(found)).toEqual([1, 1, 1])
    search.drop(db, [id])
    expect(['cafe', 'strasse', 'lodz'].map(found)).toEqual([0, 0, 0])
    expect(db.prepare('SELECT count(*) FROM words_seen').pluck().get()).toBe(0)
  })
})
