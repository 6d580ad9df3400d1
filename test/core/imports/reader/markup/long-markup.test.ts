// What is not too long comes out as it went in, whatever the pieces; what is too long is shortened and nothing else.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createShortener } from '../../../../../electron/core/imports/reader/markup/long-markup.ts'

function through(text: string, piece: number, most: number) {
  const shorten = createShortener({ text: most, tag: most })
  const parts: string[] = []
  for (let at = 0; at < text.length; at += piece) parts.push(text.slice(at, at + piece))
  const steps = parts.flatMap((part) => shorten(part, false)).concat(shorten('', true))
  return {
    text: steps.map((step) => ('text' in step ? step.text : '')).join(''),
    left: steps.flatMap((step) => ('left' in step ? [step.left] : [])),
    lines: steps.reduce((sum, step) => sum + ('left' in step ? step.lines : 0), 0),
  }
}

const markup = fc
  .array(
    fc.constantFrom('<', '>', '<a b="', '"', "'", '=', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', 'x', ' ', '\n'),
  )
  .map((parts) => parts.join(''))

describe('markup', () => {
  it('of ordinary size is passed on as it is', () => {
    fc.assert(
      fc.property(markup, fc.integer({ min: 1, max: 20 }), (text, piece) => {
        expect(through(text, piece, 100_000)).toEqual({ text, left: [], lines: 0 })
      }),
    )
  })

  it('is shortened to the same, and loses no line, whatever the pieces', () => {
    fc.assert(
      fc.property(markup, fc.integer({ min: 1, max: 20 }), (text, piece) => {
        const [one, other] = [through(text, 1000, 2), through(text, piece, 2)]
        expect(other.text).toBe(one.text)
        expect(one.text.split('\n').length + one.lines).toBe(text.split('\n').length)
      }),
      // A value that begins where a piece does.
      { examples: [['<a b="<a b="<a b="<', 1]] },
    )
  })

  it.each([
    ['<a>12345</a>', '<a>123</a>', ['text']],
    ['<a><![CDATA[12345]]></a>', '<a><![CDATA[123]]></a>', ['text']],
    ['<a b="12345" c=\'6\' d/>', '<a b="123" c=\'\' d/>', ['tag', 'tag']],
    ['<a><!-- 12345 --></a>', '<a><!-- 12--></a>', ['nothing']],
    ['<a>12🌍5</a>', '<a>12</a>', ['text']],
    ['1<2><b c=it\'s d="e">', '1<2><b c=it\'s d="e">', []],
  ])('%s, three signs of each at most', (text, shortened, left) => {
    expect(through(text, 1000, 3)).toMatchObject({ text: shortened, left })
  })
})
