// Tokens spelt out as they come, with the tokenizer of a model as the hub has it.
import { AutoTokenizer, env } from '@huggingface/transformers'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSpelling } from '../../../../electron/core/models/transformers/spelling.ts'

let tokenizer: Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>
beforeAll(async () => {
  env.allowRemoteModels = false
  tokenizer = await AutoTokenizer.from_pretrained(`${process.cwd()}/test/fixtures/models/tiny-writer`)
})

function spell(tokens: readonly number[]): readonly string[] {
  const spelling = createSpelling((made) => tokenizer.decode(made, { skip_special_tokens: true }))
  return [...tokens.map((token) => spelling.next(token)), spelling.rest()]
}

describe('what is spelt out', () => {
  it.each([
    'The spare key hangs in the shed.',
    '  Two spaces,\n\n\tand lines.  ',
    '漢字とかな、空白なし。',
    'Grüße 👩‍👩‍👧 é ̈ x',
    '\u{1F600}'.repeat(50),
  ])('is what was meant, letter by whole letter: %s', (text) => {
    const pieces = spell(tokenizer.encode(text, { add_special_tokens: false }))
    expect(pieces.join('')).toBe(text)
    expect(pieces.filter((piece) => piece.includes('\uFFFD'))).toEqual([])
  })

  it('comes at once, also where no spaces are', () => {
    const pieces = spell(tokenizer.encode('漢字とかな', { add_special_tokens: false }))
    expect(pieces.filter((piece) => piece !== '')).toEqual(['漢', '字', 'と', 'か', 'な'])
  })

  it('goes on where bytes are no letter, and ends without half of one', () => {
    const [first = 0] = tokenizer.encode('漢', { add_special_tokens: false })
    const pieces = spell(Array.from({ length: 40 }, () => first))
    expect(pieces.join('').length).toBeGreaterThan(8)
    expect(spell([...tokenizer.encode('ab', { add_special_tokens: false }), first]).join('')).toBe('ab')
  })

  it('leaves out what only marks', () => {
    const pieces = spell(tokenizer.encode('one<|im_end|>two', { add_special_tokens: false }))
    expect(pieces.join('')).toBe('onetwo')
  })
})
