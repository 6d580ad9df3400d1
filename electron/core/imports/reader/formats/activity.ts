// One thing done at Google, in whichever form it was handed out: the same search is the same item in JSON and as a page.
import type { When } from '../../../library/library.ts'
import type { Found } from '../importer.ts'
import { oneLine } from '../text/text.ts'
import { leads } from './browsing.ts'

export const source = 'takeout-activity'

interface Activity {
  /** Search, YouTube, Maps, …; as Google calls it in the person's language. */
  readonly product: string
  /** `Searched for bread`, `Watched How to bake`. */
  readonly title: string
  readonly url: string
  readonly when: When | undefined
  /** What else it says: the channel of a video, a place. */
  readonly more: readonly string[]
  /** The time as it stands there. */
  readonly written: string
  readonly record: number
}

export function activityItem({ product, title, url, when, more, written, record }: Activity): Found {
  const line = oneLine(title, 200) || oneLine(url, 200)
  if (line === '') return { problem: { why: 'no-content', at: record } }
  if (when === undefined || !('at' in when))
    return { problem: { why: 'not-a-date', at: record, detail: oneLine(written, 100) } }
  const told = [title.length > line.length ? title : '', ...more]
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return {
    item: {
      // Pages show whole seconds only.
      same: `${source}:${JSON.stringify([product, Math.floor(when.at / 1000), url || line])}`,
      type: leads(url) ? 'visit' : 'record',
      title: line,
      body: [...told, url.slice(0, 4000)]
        .filter((part) => part !== '')
        .join('\n')
        .slice(0, 20_000),
      when,
      source,
      facts: { ...(leads(url) ? { url } : {}), ...(product === '' ? {} : { product: oneLine(product, 80) }) },
      position: record,
    },
  }
}
