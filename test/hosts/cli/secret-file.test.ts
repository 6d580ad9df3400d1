// Passphrases from files: exactly one line ending comes off, and nothing else is touched.
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { readSecretFile, splitLines } from '../../../electron/cli/secret-file.ts'
import { createPlace } from './spawn-cli.ts'

const place = createPlace()
afterAll(place.remove)

const read = (content: string | Uint8Array) =>
  readSecretFile({ file: place.file('secret', content), stdin: Readable.from([]), option: '--passphrase-file' })

describe('a passphrase file', () => {
  it.each([
    ['no line ending', 'tulip', 'tulip'],
    ['one line ending', 'tulip\n', 'tulip'],
    ['one Windows line ending', 'tulip\r\n', 'tulip'],
    ['two line endings, of which one stays', 'tulip\n\n', 'tulip\n'],
    ['spaces at both ends, which stay', '  tulip \n', '  tulip '],
    ['letters of every kind', 'Füße 東京 🗝\n', 'Füße 東京 🗝'],
    ['the mark some editors put at the start', '\uFEFFtulip\n', 'tulip'],
  ])('with %s', async (_what, content, passphrase) => {
    expect(await read(content)).toBe(passphrase)
  })

  it('is refused when it is not text', async () => {
    await expect(read(Uint8Array.from([0xff, 0xfe, 0x41, 0x00]))).rejects.toThrow('is not UTF-8 text')
  })

  it('is refused when it is far too long', async () => {
    await expect(read('a'.repeat(20_000))).rejects.toThrow('too long')
  })

  it('is refused, without its path, when it cannot be read', async () => {
    const file = `${place.root}/absent`
    const reading = readSecretFile({ file, stdin: Readable.from([]), option: '--passphrase-file' })
    await expect(reading).rejects.toThrow('The file given with --passphrase-file cannot be read.')
  })

  it('is standard input when it is called -', async () => {
    const stdin = Readable.from([Buffer.from('tul'), Buffer.from('ip\n')])
    expect(await readSecretFile({ file: '-', stdin, option: '--passphrase-file' })).toBe('tulip')
  })
})

describe('a file of two passphrases', () => {
  it('is parted at its first line ending', () => {
    expect(splitLines('old one\nnew one')).toEqual({ first: 'old one', rest: 'new one' })
    expect(splitLines('old one\r\nnew\none')).toEqual({ first: 'old one', rest: 'new\none' })
  })

  it('has no second one when it is one line', () => {
    expect(splitLines('only one')).toEqual({ first: 'only one', rest: undefined })
  })
})
