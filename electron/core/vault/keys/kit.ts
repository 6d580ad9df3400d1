// The recovery kit: 32 random bytes, written as 24 BIP39 words. A kit is drafted first and opens nothing until the person
// has shown, by retyping two of its words, that they kept it. It lives in memory only, and not for long.
import { randomInt, randomUUID } from 'node:crypto'
import { AppError } from '../../../../shared/errors.ts'
import { recoveryWordCount, splitWords } from '../../../../shared/recovery-words.ts'
import type { Clock } from '../../ports.ts'
import { copyOf, randomKey, wipe } from './keys.ts'
import { loadWords } from './words.ts'

const draftLifeMs = 30 * 60_000
const draftsAtOnce = 4

interface Retyped {
  readonly at: number
  readonly word: string
}

/** A kit that takes effect, for somebody who has shown that they kept it. */
export interface NewKit {
  readonly passphrase: string
  readonly draft: string
  readonly retyped: readonly Retyped[]
}

export interface Kits {
  readonly draft: () => Promise<{ readonly draft: string; readonly words: string[]; readonly ask: number[] }>
  readonly has: (draft: string) => boolean
  /** The kit's secret, once the two words asked for are right. The draft stays until `drop`. */
  readonly confirm: (draft: string, retyped: readonly Retyped[]) => Promise<Buffer>
  readonly drop: (draft: string) => void
  readonly close: () => void
}

interface Draft {
  readonly secret: Buffer
  readonly ask: readonly number[]
  readonly cancel: () => void
}

export function createKits({ clock }: { readonly clock: Clock }): Kits {
  const drafts = new Map<string, Draft>()

  const drop = (id: string) => {
    const draft = drafts.get(id)
    if (draft === undefined) return
    draft.cancel()
    wipe(draft.secret)
    drafts.delete(id)
  }

  return {
    async draft() {
      const { fromSecret } = await loadWords()
      const [oldest] = drafts.keys()
      if (drafts.size >= draftsAtOnce && oldest !== undefined) drop(oldest)
      const id = randomUUID()
      const secret = randomKey()
      const first = randomInt(1, recoveryWordCount)
      const ask = [first, randomInt(first + 1, recoveryWordCount + 1)]
      drafts.set(id, { secret, ask, cancel: clock.after(draftLifeMs, () => drop(id)) })
      return { draft: id, words: fromSecret(secret), ask }
    },

    has: (id) => drafts.has(id),

    async confirm(id, retyped) {
      const { fromSecret } = await loadWords()
      const draft = drafts.get(id)
      if (draft === undefined) throw new AppError('KIT_EXPIRED')
      const words = fromSecret(draft.secret)
      const right = draft.ask.every((at) => retyped.some((one) => one.at === at && clean(one.word) === words[at - 1]))
      if (!right) throw new AppError('KIT_MISMATCH')
      return copyOf(draft.secret)
    },

    drop,
    close() {
      for (const id of drafts.keys()) drop(id)
    },
  }
}

const clean = (word: string): string => word.normalize('NFKC').trim().toLowerCase()

/** Reads 24 words in any spacing, numbering or case; names the ones that are no recovery words. */
export async function readRecoveryWords(typed: string): Promise<Buffer> {
  const { isWord, toSecret } = await loadWords()
  const words = splitWords(clean(typed))
  const unknown = words.flatMap((word, index) => (isWord(word) ? [] : [String(index + 1)]))
  const whole = words.length === recoveryWordCount && unknown.length === 0
  const secret = whole ? toSecret(words) : undefined
  if (secret === undefined)
    throw new AppError('NOT_RECOVERY_WORDS', { count: words.length, unknown: unknown.slice(0, recoveryWordCount) })
  return secret
}
