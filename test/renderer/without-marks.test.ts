import { describe, expect, it } from 'vitest'
import { withoutMarks } from '../../renderer/screens/library/withoutMarks.ts'

const text = (words: string) => [{ text: words, found: false }]
const found = (words: string) => [{ text: words, found: true }]
const said = (pieces: ReturnType<typeof text>) => pieces.map((one) => (one.found ? `<${one.text}>` : one.text)).join('')

describe('a line of a note in the list', () => {
  it('has no signs of Markdown, and keeps what was found marked', () => {
    const line = [
      ...text('# The '),
      ...found('cabinet'),
      ...text(' See [['),
      ...found('Jonas'),
      ...text(']], [[People/Ada|my **aunt**]] and **'),
      ...found('oak'),
      ...text('** - [ ] varnish > [it](https://example.org/a)'),
    ]
    expect(said(withoutMarks(line, []))).toBe('The <cabinet> See <Jonas>, my aunt and <oak> varnish it')
  })

  it('does not say its title twice, wherever a find lies in it', () => {
    const line = [...text('# The '), ...found('cabinet'), ...text(' It holds '), ...found('cups'), ...text('.')]
    expect(said(withoutMarks(line, [...text('The '), ...found('cabinet')]))).toBe('It holds <cups>.')
    expect(said(withoutMarks(text('# The cabinets here'), text('The cabinet')))).toBe('The cabinets here')
  })

  it('drops signs whose other half lies beyond its end, and leaves what is no sign', () => {
    expect(said(withoutMarks(text('…Meier]] has 3*4 and a_b, see [[Jon'), []))).toBe('…Meier has 3*4 and a_b, see Jon')
  })
})
