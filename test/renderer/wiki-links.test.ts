import { describe, expect, it } from 'vitest'
import { itemAddress, wikiLinks } from '../../renderer/screens/library/item/wikiLinks.ts'

const boat = 'a'.repeat(32)
const links = [{ item: boat, type: 'note', title: 'Boat repair', kind: 'mentions' }] as const

const drawn = (text: string) => {
  const paragraph = { type: 'paragraph', children: [{ type: 'text', value: text }] }
  const tree = { type: 'root', children: [paragraph] }
  wikiLinks([...links])(tree)
  return paragraph.children.filter(({ value }) => value !== '')
}
const linkTo = (item: string, words: string) => ({
  type: 'link',
  url: `#/library/${item}`,
  children: [{ type: 'text', value: words }],
})

describe('[[a name]] in a note', () => {
  it('is a link to what it names, by whatever words, folder or heading', () => {
    expect(drawn('See [[boat Repair]].')).toEqual([
      { type: 'text', value: 'See ' },
      linkTo(boat, 'boat Repair'),
      { type: 'text', value: '.' },
    ])
    expect(drawn('[[Boat repair|the boat]]')).toEqual([linkTo(boat, 'the boat')])
    expect(drawn('[[Things/Boat repair.md#Costs|it]]')).toEqual([linkTo(boat, 'it')])
    expect(linkTo(boat, '').url).toMatch(itemAddress)
  })

  it('is only its words where nothing of that name is known, and anything else stays as it is', () => {
    expect(drawn('[[Somewhere]]')).toEqual([{ type: 'text', value: 'Somewhere' }])
    expect(drawn('a [[ b ]')).toEqual([{ type: 'text', value: 'a [[ b ]' }])
    expect('#/settings').not.toMatch(itemAddress)
  })
})
