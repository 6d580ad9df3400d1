// What Chrome synchronised, as Takeout hands it out: BrowserHistory.json or History.json. (Its bookmarks come as the file
// that all browsers exchange.)
import { certainty, type Found, type Importer } from '../importer.ts'
import { elements, isObject, startOfJson } from '../text/json.ts'
import { visitItem } from './browsing.ts'

const source = 'takeout-chrome'
const list = 'Browser History'

/** Pages inside a page: not what the person went to. */
const frames = new Set(['AUTO_SUBFRAME', 'MANUAL_SUBFRAME'])

export const takeoutChrome: Importer = {
  format: source,
  counts: 'records',
  recognises: ({ text }) => {
    const said = startOfJson(text)
    return isObject(said) && Array.isArray(said[list]) ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    for await (const found of elements(entry, reading, `$.${list}.*`)) {
      if ('problem' in found) yield found
      else yield visitOf(isObject(found.value) ? found.value : {}, found.record)
    }
  },
}

function visitOf(told: Readonly<Record<string, unknown>>, position: number): Found {
  const { url, title, page_transition: transition, time_usec: time } = told
  if (typeof transition === 'string' && frames.has(transition)) return { skipped: true }
  const found = visitItem(source, {
    url: typeof url === 'string' ? url : '',
    title: typeof title === 'string' ? title : '',
    at: typeof time === 'number' ? time / 1000 : undefined,
    exact: typeof time === 'number' || typeof time === 'string' ? String(time) : '',
  })
  return 'item' in found
    ? { item: { ...found.item, position } }
    : 'problem' in found
      ? { problem: { ...found.problem, at: position } }
      : found
}
