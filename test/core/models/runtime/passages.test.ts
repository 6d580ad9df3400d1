import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passagesOf } from '../../../../electron/core/models/runtime/passages.ts'

const cut = (text: string) => [...passagesOf(text)]
const said = (text: string) => cut(text).map(({ starts, ends }) => text.slice(starts, ends))
const sentence = (at: number) => `Sentence ${at} says something that nobody will remember for long.`
const sentences = (count: number) => Array.from({ length: count }, (_, at) => sentence(at)).join(' ')

describe('passages', () => {
  it('of a short text are one, without the space around it', () => {
    expect(said('  Just a note.\n\nAnd one more line.  ')).toEqual(['Just a note.\n\nAnd one more line.'])
    expect(said('')).toEqual([])
    expect(said(' \n\t ')).toEqual([])
  })

  it('never mix sections, and know the headings above them', () => {
    const text = 'Before.\n# One\nFirst.\n## Two ##\nSecond.\n# Three\nThird. Not # a heading.\n####### Nor this.'
    expect(cut(text).map(({ starts, ends, under }) => [text.slice(starts, ends), under])).toEqual([
      ['Before.', []],
      ['First.', ['One']],
      ['Second.', ['One', 'Two']],
      ['Third. Not # a heading.\n####### Nor this.', ['Three']],
    ])
  })

  it('of a long section end where sentences end, and share a little', () => {
    const parts = said(sentences(100))
    expect(parts.length).toBeGreaterThan(4)
    for (const part of parts) expect(part).toMatch(/^Sentence .*long\.$/su)
    for (const [at, part] of parts.slice(1).entries()) {
      const first = /^Sentence \d+/u.exec(part)?.[0] ?? ''
      expect(parts[at]).toContain(`${first} says`)
    }
  })

  it('hold everything that is not space, in order, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n\n', '\n# Heading\n', ' word', '. ', '漢字'.repeat(200), 'x'.repeat(500), '😀'.repeat(100)),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        const text = pieces.join('')
        const found = cut(text)
        let reached = 0
        let left = ''
        for (const { starts, ends } of found) {
          expect(ends).toBeGreaterThan(starts)
          expect(ends).toBeGreaterThan(reached)
          if (starts > reached) left += text.slice(reached, starts)
          reached = ends
        }
        left += text.slice(reached)
        // Headings are told of by `under`; all else is in some passage.
        expect(left.replaceAll(/^#{1,6}[ \t]+\S.*$/gmu, '').trim()).toBe('')
      }),
    )
  })

  it('are never longer than a model reads, even of a text without a space', () => {
    for (const text of ['漢'.repeat(100_000), 'x'.repeat(100_000), sentences(3000), 'a '.repeat(50_000)])
      for (const part of said(text)) expect(part.length).toBeLessThanOrEqual(220 * 33)
  })

  it('never cut a sign in two', () => {
    for (const part of said('😀'.repeat(20_000))) expect(part.isWellFormed()).toBe(true)
  })

  it('of ten megabytes are cut in one go', () => {
    const text = `${sentences(1000)}\n`.repeat(160)
    expect(text.length).toBeGreaterThan(10_000_000)
    expect(cut(text).length).toBeGreaterThan(9000)
  })
})
