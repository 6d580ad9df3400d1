// Judges how easily a passphrase is guessed, with the word lists a guesser would use. The lists take some 60 MB, so they
// live in this thread, which ends when nobody has been typing for a while.
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import type { Strength } from '../../../../shared/api/vault.ts'
import { serveThread } from '../../workers.ts'

/** Guesses, as a power of ten, that four random words withstand. With Argon2id at a second a guess, that is plenty. */
const enough = 14
const steps = [4, 8, 11, enough]
/** What lies behind this many characters adds strength but is not worth the time it takes to judge. */
const judged = 100

const estimator = new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs })

const weaknesses: Readonly<Record<string, Strength['weakness']>> = {
  repeat: 'repeats',
  sequence: 'sequence',
  spatial: 'sequence',
  date: 'date',
  dictionary: 'common',
}

serveThread<string, Strength>((passphrase) => {
  const { guessesLog10, sequence } = estimator.check(passphrase.normalize('NFKC').slice(0, judged))
  const score = steps.filter((step) => guessesLog10 >= step).length
  if (score === steps.length) return { score, enough: true, weakness: 'none' }
  const pattern = sequence.length === 1 ? sequence[0]?.pattern : undefined
  const named = pattern === undefined ? undefined : weaknesses[pattern]
  const words = passphrase.trim().split(/\s+/u).length
  return { score, enough: false, weakness: named ?? (words > 1 ? 'few-words' : 'short') }
})
