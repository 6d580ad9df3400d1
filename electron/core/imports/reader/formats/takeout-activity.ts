// My Activity in Takeout, and the watch and search history of YouTube, which have its form: a list in JSON, or a page of
// boxes, as the person chose. Both can be very long, so that both stream.
import { certainty, type Found, type Importer, type Reading } from '../importer.ts'
import { instantIn } from '../dates/instants.ts'
import { elements, isObject, startOfJson } from '../text/json.ts'
import { markupOf } from '../markup/markup.ts'
import { soundOnly } from '../markup/tolerant.ts'
import { activityItem } from './activity.ts'

type Fields = Readonly<Record<string, unknown>>
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const objectsIn = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isObject) : []

export const takeoutActivity: Importer = {
  format: 'takeout-activity',
  counts: 'records',
  recognises: ({ text: start }) => {
    const said = startOfJson(start)
    const first: unknown = Array.isArray(said) ? said[0] : undefined
    const known =
      isObject(first) &&
      typeof first['header'] === 'string' &&
      typeof first['time'] === 'string' &&
      typeof first['title'] === 'string' &&
      ('products' in first || 'titleUrl' in first || 'activityControls' in first)
    return known ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    for await (const found of elements(entry, reading, '$.*')) {
      if ('problem' in found) yield found
      else yield ofJson(isObject(found.value) ? found.value : {}, found.record, reading)
    }
  },
}

function ofJson(told: Fields, record: number, reading: Reading): Found {
  // What was only shown, not done: an advertisement in a list of videos.
  const shown = objectsIn(told['details']).some((detail) => text(detail['name']) === 'From Google Ads')
  if (shown) return { skipped: true }
  const written = text(told['time'])
  return activityItem({
    product: text(told['header']),
    title: text(told['title']),
    url: text(told['titleUrl']),
    when: instantIn(written, reading),
    more: [...objectsIn(told['subtitles']).map(({ name }) => text(name)), text(told['description'])],
    written,
    record,
  })
}

export const takeoutActivityPage: Importer = {
  format: 'takeout-activity-page',
  counts: 'records',
  recognises: ({ text: start }) =>
    start !== null && /^\s*</.test(start) && /<div class="outer-cell mdl-cell/.test(start)
      ? certainty.certain
      : certainty.no,
  read: soundOnly(async function* (entry, reading, seen) {
    let record = 0
    let depth = 0
    let box: Box | undefined
    for await (const token of markupOf(entry, reading, seen)) {
      if ('text' in token) box?.text(token.text)
      else if ('open' in token) {
        const name = token.attributes['class'] ?? ''
        if (token.open === 'div' && name.includes('outer-cell')) {
          // A box that was never closed ends where the next begins.
          if (box !== undefined) yield box.end((record += 1), reading)
          box = createBox()
          depth = 0
        }
        if (token.open === 'div') depth += 1
        box?.open(token.open, name, token.attributes['href'])
      } else if (box !== undefined) {
        box.close(token.close)
        if (token.close === 'div') depth -= 1
        if (depth === 0) {
          yield box.end((record += 1), reading)
          box = undefined
        }
      }
    }
    // What was cut off in the middle may have its time cut off, too.
    if (box !== undefined) yield { problem: { why: 'cut-short', at: record + 1 } }
  }),
}

type Box = ReturnType<typeof createBox>

const longestLine = 5000
const mostLines = 200

/** A box: the product as its heading, then what was done, line by line, the time in the last of them. */
function createBox() {
  let part: 'heading' | 'done' | 'small' | undefined
  let product = ''
  let small = ''
  let lines: string[] = ['']
  let url: string | undefined
  return {
    open(tag: string, name: string, href: string | undefined) {
      if (tag === 'p' && name.includes('mdl-typography--title')) part = 'heading'
      else if (tag === 'div' && name.includes('content-cell')) {
        part = name.includes('caption') ? 'small' : name.includes('text-right') ? undefined : 'done'
      } else if (tag === 'br' && part === 'done' && lines.length < mostLines) lines = [...lines, '']
      else if (tag === 'a' && part === 'done') url ??= href
    },
    close(tag: string) {
      if (tag === 'p' || tag === 'div') part = undefined
    },
    text(said: string) {
      if (part === 'heading') product = (product + said).slice(0, longestLine)
      else if (part === 'small') small = (small + said).slice(0, longestLine)
      else if (part === 'done') lines[lines.length - 1] = `${lines.at(-1) ?? ''}${said}`.slice(0, longestLine)
    },
    end(record: number, reading: Reading): Found {
      if (small.includes('From Google Ads')) return { skipped: true }
      const said = lines.map((line) => line.replaceAll(/\s+/g, ' ').trim()).filter((line) => line !== '')
      const written = said.pop() ?? ''
      const [title = '', ...more] = said
      const when = instantIn(written, reading)
      return activityItem({ product: product.trim(), title, url: url ?? '', when, more, written, record })
    },
  }
}
