// Google Keep in Takeout: each note as JSON, its pictures beside it, and the same note once more as a page, which is left
// out where the JSON came along. What lay in the trash stays out.
import type { NewAttachment } from '../../../library/library.ts'
import { moment } from '../dates/dates.ts'
import { readHtml } from '../markup/html.ts'
import {
  certainty,
  type Entry,
  type Found,
  type Importer,
  type Problem,
  type Reading,
  Unreadable,
} from '../importer.ts'
import { isObject, startOfJson } from '../text/json.ts'
import { hashed, inParts } from '../items/same.ts'
import { asTags } from '../items/tags.ts'
import { oneLine, wholeText } from '../text/text.ts'
import { leads } from './browsing.ts'

const source = 'takeout-keep'
const mostNoteBytes = 16 * 1024 * 1024
const mostAttachmentBytes = 64 * 1024 * 1024
const mostAttachments = 100

type Fields = Readonly<Record<string, unknown>>
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const objectsIn = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isObject) : []

export const takeoutKeep: Importer = {
  format: source,
  counts: 'records',
  recognises: ({ text: start }) => {
    const said = startOfJson(start)
    const known = isObject(said) && 'isTrashed' in said && ('userEditedTimestampUsec' in said || 'isPinned' in said)
    return known ? certainty.certain : certainty.no
  },
  async *read(entry, reading) {
    const said = await parsed(entry, reading)
    if (said['isTrashed'] === true) {
      yield { skipped: true }
      return
    }
    const { attachments, problems } = await attachmentsOf(said, entry.path, reading)
    yield* noteOf(said, attachments)
    for (const problem of problems) yield { problem }
  },
}

async function parsed(entry: Entry, reading: Reading): Promise<Fields> {
  let said: unknown
  try {
    said = JSON.parse(await wholeText(entry, reading, mostNoteBytes))
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged')
  }
  if (!isObject(said)) throw new Unreadable('damaged')
  return said
}

function* noteOf(said: Fields, attachments: readonly NewAttachment[]): Generator<Found> {
  const lines = objectsIn(said['listContent']).map(
    (line) => `- [${line['isChecked'] === true ? 'x' : ' '}] ${oneLine(text(line['text']), 5000)}`,
  )
  const pages = objectsIn(said['annotations'])
    .filter((note) => leads(text(note['url'])))
    .map(
      (note) =>
        `[${oneLine(text(note['title']) || text(note['url']), 200).replace(/[[\]]/g, '')}](<${text(note['url']).replace(/[<>\s]/g, encodeURIComponent)}>)`,
    )
  const body = [text(said['textContent']), lines.join('\n'), pages.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
  const title = oneLine(text(said['title']), 200) || oneLine(body.replaceAll(/^- \[[ x]\] /gm, ''), 80)
  if (title === '' && attachments.length === 0) return
  const created = said['createdTimestampUsec'] ?? said['userEditedTimestampUsec']
  const colour = text(said['color']).toLowerCase()
  const people = objectsIn(said['sharees']).flatMap((person) => {
    const address = oneLine(text(person['email']), 200)
    return person['isOwner'] === true || address === '' ? [] : [{ name: address, address, role: 'with' as const }]
  })
  yield* inParts({
    // A note has no name of its own; no two are begun in one microsecond.
    same: `${source}:${typeof created === 'number' ? created : hashed(title, body)}`,
    type: 'note',
    title: title || oneLine(attachments[0]?.name ?? '', 200),
    body,
    bodyIs: lines.length > 0 || pages.length > 0 ? 'markdown' : 'text',
    when: typeof created === 'number' && created > 0 ? moment(created / 1000) : undefined,
    source,
    people,
    tags: asTags(
      objectsIn(said['labels'])
        .slice(0, 1000)
        .map((label) => text(label['name'])),
    ),
    attachments,
    facts: {
      ...(colour === '' || colour === 'default' ? {} : { colour }),
      ...(said['isPinned'] === true ? { pinned: true } : {}),
      ...(said['isArchived'] === true ? { archived: true } : {}),
    },
    position: 0,
  })
}

async function attachmentsOf(said: Fields, path: string, reading: Reading) {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const attachments: NewAttachment[] = []
  const problems: Problem[] = []
  for (const attached of objectsIn(said['attachments']).slice(0, mostAttachments)) {
    const name = text(attached['filePath']).split(/[/\\]/).at(-1) ?? ''
    // Takeout writes .jpeg into the note and .jpg onto the file, or the other way round.
    const twin = name.replace(/\.(jpe?g)$/i, (_, end: string) => (end.length === 4 ? '.jpg' : '.jpeg'))
    const found = name === '' ? undefined : (reading.find(folder + name) ?? reading.find(folder + twin))
    try {
      if (found === undefined) problems.push({ why: 'gone', at: 0, detail: oneLine(name, 100) })
      else {
        const media = oneLine(text(attached['mimetype']), 100) || 'application/octet-stream'
        attachments.push({ name: oneLine(name, 200), media, content: await found.whole(mostAttachmentBytes) })
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      problems.push({ why: error.why, at: 0, detail: oneLine(name, 100) })
    }
  }
  return { attachments, problems }
}

/** The page of a note. Read only where it is all there is. */
export const takeoutKeepPage: Importer = {
  format: 'takeout-keep-page',
  counts: 'records',
  recognises: ({ text: start }) =>
    start !== null &&
    /^\s*</.test(start) &&
    /<div class="note[ "][^>]{0,500}>\s{0,99}<div class="heading">/.test(start) &&
    /class="meta-icons"/.test(start)
      ? certainty.certain
      : certainty.no,
  async *read(entry, reading) {
    const twin = entry.path.replace(/\.html?$/i, '.json')
    if (twin !== entry.path && reading.find(twin) !== undefined) {
      yield { skipped: true }
      return
    }
    const page = readHtml(await wholeText(entry, reading, mostNoteBytes))
    const title = page.title || oneLine(page.text, 80)
    if (title === '') return
    const same = `${source}:page:${hashed(title, page.text)}`
    yield* inParts({ same, type: 'note', title, body: page.text, source, position: 0 })
  },
}
