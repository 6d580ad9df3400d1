// What makes a good passphrase: the meter, and the generator. Both hosts and every screen use this one judgement.
import { randomInt } from 'node:crypto'
import type { Strength } from '../../../../shared/api/vault.ts'
import { AppError } from '../../../../shared/errors.ts'
import { createThread } from '../../workers.ts'
import type { Clock } from '../../ports.ts'
import { loadWords } from './words.ts'

/** Five of 2,048 words: 55 bits, each guess of which costs a second of Argon2id. */
const suggestedWords = 5
const idleMs = 30_000

export interface PassphraseJudge {
  readonly suggest: () => Promise<string>
  readonly measure: (passphrase: string) => Promise<Strength>
  readonly insistOnStrong: (passphrase: string) => Promise<void>
  readonly close: () => Promise<void>
}

export function createPassphraseJudge({ clock }: { readonly clock: Clock }): PassphraseJudge {
  const helper = createThread<string, Strength>({ from: import.meta.url, name: 'strength.worker', clock, idleMs })
  const measure = (passphrase: string) => helper.ask(passphrase)

  return {
    async suggest() {
      const { count, wordAt } = await loadWords()
      return Array.from({ length: suggestedWords }, () => wordAt(randomInt(count))).join(' ')
    },
    measure,
    async insistOnStrong(passphrase) {
      const { enough, weakness } = await measure(passphrase)
      if (!enough) throw new AppError('WEAK_PASSPHRASE', { weakness })
    },
    close: helper.end,
  }
}
