// Keeps the index of words true to the items. What the index is to forget has to be told to it word by word, so items are
// dropped before they change or go, and put after.
import type { Search } from '../search/search.ts'
import type { OpenVault } from '../vault/vault.ts'

interface WordParts {
  readonly openVault: () => Pick<OpenVault, 'db'>
  readonly search: Pick<Search, 'put' | 'drop'>
}

export interface Words {
  readonly put: (items: readonly number[]) => void
  readonly drop: (items: readonly number[]) => void
  /** Around whatever is done to these items. */
  readonly following: <T>(items: readonly number[], change: () => T) => T
}

export function createWords({ openVault, search }: WordParts): Words {
  const put: Words['put'] = (items) => search.put(openVault().db, items)
  const drop: Words['drop'] = (items) => search.drop(openVault().db, items)
  return {
    put,
    drop,
    following(items, change) {
      drop(items)
      const result = change()
      put(items)
      return result
    },
  }
}
