// Search: the words of every item, in an index that keeps no text; what is typed, asked of it; and what is shown of what it
// finds. (Front door.)
import { foldWord } from '../../../shared/words.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Clock } from '../ports.ts'
import { createPrepare } from '../prepared.ts'
import type { OpenVault } from '../vault/vault.ts'
import { createFind } from './find.ts'
import { createUpkeep } from './upkeep.ts'
import { createWordIndex } from './word-index.ts'

interface SearchParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly clock: Clock
  readonly jobs: Jobs
  readonly wishes: () => { readonly searchRecency: number; readonly searchHalfLifeDays: number }
}

export type Search = ReturnType<typeof createSearch>

export function createSearch({ openVault, clock, jobs, wishes }: SearchParts) {
  const prepare = createPrepare(openVault)
  const index = createWordIndex({ prepare })
  const recency = () => {
    const { searchRecency, searchHalfLifeDays } = wishes()
    return { weight: searchRecency / 100, halfLifeDays: searchHalfLifeDays }
  }
  return {
    /** How words are compared, wherever they are: small letters without accents. */
    foldWord,
    ...index,
    ...createUpkeep({ openVault, prepare, jobs, index }),
    find: createFind({ prepare, clock, recency }),
  }
}
