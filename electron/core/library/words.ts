// Keeps the index of words true to the items. What the index is to forget has to be told to it word by word, so items are
// dropped before they change or go, and put after.
import type { Search } from '../search/search.ts'

export interface Words extends Pick<Search, 'put' | 'drop' | 'settle'> {
  /** Around whatever is done to these items. */
  readonly following: <T>(items: readonly number[], change: () => T) => T
}

export function createWords({ put, drop, settle }: Pick<Search, 'put' | 'drop' | 'settle'>): Words {
  return {
    put,
    drop,
    settle,
    following(items, change) {
      drop(items)
      const result = change()
      put(items)
      return result
    },
  }
}
