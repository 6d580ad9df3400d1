// The words of a command line, before anything is opened.
import { describe, expect, it } from 'vitest'
import { like, textLike } from '../../contract/matchers.ts'
import { nearest } from '../../../electron/cli/nearest.ts'
import { parse, unknownVerb } from '../../../electron/cli/parse.ts'

describe('parsing a command line', () => {
  it('reads options before and after the verb alike', () => {
    const before = parse(['--vault', 'a', '--json', 'create', 'My notes'])
    const after = parse(['create', 'My notes', '--json', '--vault=a'])
    expect(before).toEqual({ words: ['create', 'My notes'], values: { vault: 'a', json: true } })
    expect(after).toEqual(before)
  })

  it('takes - as a value and as an operand', () => {
    expect(parse(['call', 'vault.status', '-', '--passphrase-file', '-'])).toEqual({
      words: ['call', 'vault.status', '-'],
      values: { 'passphrase-file': '-' },
    })
  })

  it('reads everything after -- as operands', () => {
    expect(parse(['create', '--', '--json'])).toEqual({ words: ['create', '--json'], values: {} })
  })

  it.each([
    [['--vualt', 'x'], 'There is no option --vualt. Did you mean --vault?', '--vault'],
    [['--jsno'], 'There is no option --jsno. Did you mean --json?', '--json'],
    [
      ['--passphrase', 'secret'],
      'There is no option --passphrase. Did you mean --passphrase-file?',
      '--passphrase-file',
    ],
  ])('refuses %j and names the nearest option', (args, message, suggestion) => {
    expect(() => parse(args)).toThrow(like({ message, details: like({ suggestion }) }))
  })

  it('repeats no value of an unknown option, since it may be a passphrase', () => {
    expect(() => parse(['--passphrase=hunter2hunter2'])).toThrow(
      like({
        message: textLike(/^There is no option --passphrase\. /),
        details: { typed: '--passphrase', suggestion: '--passphrase-file' },
      }),
    )
  })

  it('suggests nothing when nothing is close', () => {
    expect(() => parse(['--quantum-flux'])).toThrow(like({ details: { typed: '--quantum-flux' } }))
    expect(unknownVerb('xyzzy', ['create', 'status']).details).toEqual({ typed: 'xyzzy' })
  })

  it.each([[['--vault']], [['--vault', '']], [['--vault', '--json']], [['--json=yes']]])(
    'refuses %j as incomplete',
    (args) => {
      expect(() => parse(args)).toThrow(/value/)
    },
  )
})

describe('the nearest word', () => {
  it.each([
    ['crate', 'create'],
    ['stat', 'status'],
    ['pasphrase', 'passphrase'],
    ['sreve', 'serve'],
    ['recovr', 'recover'],
  ])('for %s is %s', (typed, meant) => {
    expect(nearest(typed, ['create', 'status', 'passphrase', 'recover', 'serve', 'call', 'help'])).toBe(meant)
  })
})
