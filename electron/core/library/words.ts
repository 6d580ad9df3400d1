// Keeps the index of words and the counts true to the items. What they are to forget has to be told to them as it is still
// there, so items are dropped before what they say, their day or their people change and before they go, and put after.
import type { Search } from '../search/search.ts'
import type { Counts } from './counts.ts'

export interface Words extends Pick<Search, 'put' | 'drop' | 'settle'> {
  /** Around whatever is done to these items. */
  readonly following: <T>(items: readonly number[], change: () => T) => T
}

interface WordsParts {
  readonly search: Pick<Search, 'put' | 'drop' | 'settle'>
  readonly counts: Counts
}

export function createWords({ search, counts }: WordsParts): Words {
  const put = (items: readonly number[]) => {
    search.put(items)
    counts.including(items)
  }
  const drop = (items: readonly number[]) => {
    counts.without(items)
    search.drop(items)
  }
  return {
    put,
    drop,
    settle: search.settle,
    following(items, change) {
      drop(items)
      const result = change()
      put(items)
      return result
    },
  }
}
