// Names that other programs gave their labels, as tags and collections may be called here.
import { collectionName, tagName } from '../../../../../shared/api/items.ts'
import { oneLine } from '../text/text.ts'

const mostTags = 100

export function asTags(names: readonly string[]): string[] {
  const tags = names
    .map((name) => oneLine(name.replace(/[#",]/g, ' '), 60))
    .filter((tag) => tagName.safeParse(tag).success)
  return [...new Set(tags)].slice(0, mostTags)
}

/** None, for a name that is none. */
export function asCollections(name: string | undefined): string[] {
  const collection = oneLine(name ?? '', 80)
  return collectionName.safeParse(collection).success ? [collection] : []
}
