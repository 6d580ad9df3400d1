// The questions at a terminal, on streams that behave as one: what is shown, what is not, and how a person gets out.
// prompts.test.ts asks the same of a real terminal, where the system has the means to make one.
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type Terminal, withTerminal } from '../../../electron/cli/terminal.ts'

function fakeTerminal() {
  const rawModes: boolean[] = []
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => void rawModes.push(on) })
  const output = new PassThrough()
  let shown = ''
  output.on('data', (part: Buffer) => {
    shown += part.toString('utf8')
  })
  return { input, output, rawModes, shown: () => shown }
}

async function talk<T>(typed: string, conversation: (terminal: Terminal) => Promise<T>) {
  const { input, output, rawModes, shown } = fakeTerminal()
  const talking = withTerminal({ input, output }, conversation)
  input.write(typed)
  const [outcome] = await Promise.allSettled([talking])
  const value = outcome.status === 'fulfilled' ? outcome.value : undefined
  const error: unknown = outcome.status === 'rejected' ? outcome.reason : undefined
  return { value, error, rawModes, shown: shown() }
}

describe('a hidden question', () => {
  it('takes the answer and shows none of it', async () => {
    const { value, shown } = await talk('tulip sparrow\r', (terminal) => terminal.askHidden('Passphrase: '))
    expect(value).toBe('tulip sparrow')
    expect(shown).toBe('Passphrase: \n')
  })

  it('lets a typing error be put right, unseen', async () => {
    const { value, shown } = await talk('tulipp\u007f sparrow\r', (terminal) => terminal.askHidden('Passphrase: '))
    expect(value).toBe('tulip sparrow')
    expect(shown).toBe('Passphrase: \n')
  })

  it('keeps spaces at both ends, which belong to the passphrase', async () => {
    const { value } = await talk('  tulip \r', (terminal) => terminal.askHidden('Passphrase: '))
    expect(value).toBe('  tulip ')
  })

  it('does not offer the last answer again on the up key', async () => {
    const { value } = await talk('first secret\r\u001b[A\r', async (terminal) => [
      await terminal.askHidden('One: '),
      await terminal.askHidden('Two: '),
    ])
    expect(value).toEqual(['first secret', ''])
  })

  it('answers the questions that follow from lines pasted at once', async () => {
    const { value, shown } = await talk('one\rtwo\rthree\r', async (terminal) => [
      await terminal.askHidden('a '),
      await terminal.askHidden('b '),
      await terminal.askHidden('c '),
    ])
    expect(value).toEqual(['one', 'two', 'three'])
    expect(shown).toBe('a \nb \nc \n')
  })
})

describe('an open question', () => {
  it('shows what is typed, and hides again for the next one', async () => {
    const { value, shown } = await talk('apple\rsecret\r', async (terminal) => [
      await terminal.ask('Word 3: '),
      await terminal.askHidden('Passphrase: '),
    ])
    expect(value).toEqual(['apple', 'secret'])
    expect(shown).toContain('Word 3: ')
    expect(shown).not.toContain('secret')
  })
})

describe('leaving', () => {
  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('on %s ends with CANCELLED and gives the terminal back', async (_name, key) => {
    const { error, rawModes } = await talk(`half${key === '\u0004' ? '\r' : ''}${key}`, async (terminal) => {
      await terminal.askHidden('Passphrase: ')
      return terminal.askHidden('Again: ')
    })
    expect(error).toMatchObject({ code: 'CANCELLED' })
    expect(rawModes).toEqual([true, false])
  })

  it('gives the terminal back after an error of another kind', async () => {
    const { error, rawModes } = await talk('', async () => {
      throw new Error('elsewhere')
    })
    expect(error).toMatchObject({ message: 'elsewhere' })
    expect(rawModes).toEqual([true, false])
  })
})
