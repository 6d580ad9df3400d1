// The 2,048 words of BIP-39, for recovery kits and suggested passphrases. They come with signing code that takes 35 MB, so
// they are loaded when first asked for: on most days nobody asks.
import { copyOf } from './keys.ts'

export async function loadWords() {
  const [{ Mnemonic }, { wordlists }] = await Promise.all([import('ethers/wallet'), import('ethers/wordlists')])
  const list = wordlists['en']
  if (list === undefined) throw new Error('the English word list is missing')
  return {
    count: 2048,
    wordAt: (index: number): string => list.getWord(index),
    isWord: (word: string): boolean => list.getWordIndex(word) !== -1,
    fromSecret: (secret: Buffer): string[] => Mnemonic.fromEntropy(secret).phrase.split(' '),
    /** The secret behind 24 words, or nothing where their checksum is wrong. */
    toSecret(words: readonly string[]): Buffer | undefined {
      const phrase = words.join(' ')
      return Mnemonic.isValidMnemonic(phrase)
        ? copyOf(Buffer.from(Mnemonic.fromPhrase(phrase).entropy.slice(2), 'hex'))
        : undefined
    },
  }
}
