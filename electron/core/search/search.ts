// Search: the words of every item, in an index that keeps no text, and the meaning of its passages; what is typed, asked of
// both; and what is shown of what they find. (Front door.)
import { foldWord } from '../../../shared/words.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Models } from '../models/models.ts'
import type { Clock, Log } from '../ports.ts'
import { createPrepare } from '../prepared.ts'
import type { OpenVault } from '../vault/vault.ts'
import { createFind } from './find.ts'
import { createMeaning } from './meaning/meaning.ts'
import { createUpkeep } from './upkeep.ts'
import { createWordIndex } from './word-index.ts'

interface SearchParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly clock: Clock
  readonly jobs: Jobs
  readonly log: Log
  readonly understanding: Models['understanding']
  /** A command answers and ends. */
  readonly staysOpen: boolean
  readonly wishes: () => { readonly searchRecency: number; readonly searchHalfLifeDays: number }
}

export type Search = ReturnType<typeof createSearch>

export function createSearch({ openVault, clock, jobs, log, understanding, staysOpen, wishes }: SearchParts) {
  const prepare = createPrepare(openVault)
  const index = createWordIndex({ prepare })
  const recency = () => {
    const { searchRecency, searchHalfLifeDays } = wishes()
    return { weight: searchRecency / 100, halfLifeDays: searchHalfLifeDays }
  }
  const words = createFind({ prepare, clock, recency })
  const meaning = createMeaning({ openVault, prepare, jobs, log, staysOpen, ...understanding })
  return {
    meaning,
    /** How words are compared, wherever they are: small letters without accents. */
    foldWord,
    ...index,
    ...createUpkeep({ openVault, prepare, jobs, index }),
    /** What of a query has a meaning. */
    meant: words.meant,
    /** Words alone, at once. */
    findWords: (query: Parameters<typeof words.find>[0]) => words.find(query, { meaning: undefined, why: 'no-words' }),
    find: async (query: Parameters<typeof words.find>[0]) =>
      words.find(query, await meaning.asked(words.meant(query.query))),
  }
}
