// Notes in Markdown, alone or as a folder of them (an Obsidian vault): front matter, tags, links between notes, and the
// pictures and files they show, where those came along.
import type { NewAttachment, NewItem, NewLink } from '../../../library/library.ts'
import { linksIn, withoutCode } from '../../../note-links.ts'
import { partFrontMatter } from './front-matter.ts'
import { lostDate } from '../dates/lost-dates.ts'
import { fileDateOf } from '../items/file-date.ts'
import { factsOf, guessedName, isBrokenDate, whenOf } from '../items/guesses.ts'
import {
  certainty,
  type Entry,
  type Found,
  type Importer,
  type Problem,
  type Reading,
  type Sample,
  Unreadable,
} from '../importer.ts'
import { mediaOf, nameOf, titleFromFile } from '../items/labels.ts'
import { bodiesOf, itemsOf, type Looked, lookThrough } from '../items/long-texts.ts'
import { asTags } from '../items/tags.ts'
import { oneLine } from '../text/text.ts'
import { type Seen, tolerated } from '../markup/tolerant.ts'
import { createFinder } from '../items/vault-links.ts'

/** Of all that one note shows. */
const mostAttached = 64 * 1024 * 1024

export const markdown: Importer = { format: 'markdown', counts: 'bytes', recognises, read }

const isNote = (path: string) => /\.(?:md|markdown|mdown)$/i.test(path)

function recognises({ path, text }: Sample) {
  if (text === null || text.trim() === '' || /^\s*[[{<]|^BEGIN:/i.test(text)) {
    return text !== null && text.trim() !== '' && isNote(path) ? certainty.general : certainty.no
  }
  if (isNote(path)) return certainty.general
  const start = text.replaceAll('\r\n', '\n').replace(/^\ufeff/, '')
  if (/^---\n(?:\w[\w -]*:[^\n]*\n|[ \t-][^\n]*\n)+---\n/.test(start)) return certainty.general
  const signs = [
    /^#{1,6} \S/m,
    /^(?:[-*+]|\d+\.) \S/m,
    /\]\([^()[\n]+\)|\[\[[^[\]\n]+\]\]/,
    /\*\*\S[^*\n]*\*\*/,
    /^```/m,
  ]
  return signs.filter((sign) => sign.test(start)).length >= 3 ? certainty.general : certainty.no
}

/** What all the notes that came together share. Forgotten with the reading it belongs to. */
interface Vault {
  readonly find: ReturnType<typeof createFinder>
  readonly sames: Map<string, string>
}
const vaults = new WeakMap<Reading['paths'], Vault>()

function vaultOf({ paths }: Reading): Vault {
  const vault = vaults.get(paths) ?? { find: createFinder(paths), sames: new Map<string, string>() }
  vaults.set(paths, vault)
  return vault
}

interface Note {
  readonly matter: Readonly<Record<string, unknown>>
  /** What comes behind the front matter, or its beginning where the note is long. */
  readonly body: string
  readonly damaged: boolean
  readonly same: string
  readonly looked: Looked
  readonly brokenAt: number | undefined
}

const bodiesIn = (entry: Entry, reading: Reading, seen: Seen) => bodiesOf(tolerated(entry, reading, seen))

async function noteOf(entry: Entry, reading: Reading): Promise<Note> {
  const seen: Seen = {}
  const looked = await lookThrough(bodiesIn(entry, reading, seen))
  const parted = partFrontMatter(looked.first ?? '')
  const { id = parted.matter['uid'] ?? parted.matter['uuid'] } = parted.matter
  const own = typeof id === 'string' && id.length >= 8 ? id : looked.print
  return { ...parted, same: `markdown:${own}`, looked, brokenAt: seen.brokenAt }
}

async function* read(entry: Entry, reading: Reading): AsyncIterable<Found> {
  const { matter, body: firstBody, damaged, same, looked, brokenAt } = await noteOf(entry, reading)
  if (damaged) yield { problem: { why: 'damaged', at: 0, detail: 'front matter' } }
  const names = Object.keys(matter)
  if (firstBody.trim() === '' && names.length === 0) return
  const fileName = titleFromFile(entry)
  const dates = names.filter((name) => guessedName([name], 'date') !== undefined)
  const written = dates.find((name) => whenOf(matter[name], reading) !== undefined)
  const author = matter['author']
  const problems: Problem[] = []
  const title = titleOf(matter, withoutCode(firstBody)) || fileName
  const shared = {
    same,
    type: 'note',
    title,
    bodyIs: 'markdown',
    // A page of a diary is called after its day.
    when: whenOf(
      written === undefined ? (/^\d{4}-\d{2}-\d{2}(?=\D|$)/.exec(fileName)?.[0] ?? '') : matter[written],
      reading,
    ),
    fileDate: fileDateOf(entry, reading),
    source: 'markdown',
    people:
      typeof author === 'string' && author.trim() !== ''
        ? [{ name: oneLine(author, 200), role: 'from' as const }]
        : undefined,
    facts: factsOf(names.flatMap((name) => fact(name, matter[name]))),
    position: 0,
  } as const
  const itemOf = async (part: string): Promise<NewItem> => {
    const body = part === looked.first ? firstBody.trim() : part
    const text = withoutCode(body)
    const { links, attachments, problems: met } = await reached(entry.path, text, reading)
    problems.push(...met)
    return {
      ...shared,
      body,
      tags: asTags([...listed(matter['tags'] ?? matter['tag']), ...hashTags(text)]),
      links: links.filter((link) => link.same !== same),
      attachments,
    }
  }
  yield* itemsOf(looked, () => bodiesIn(entry, reading, {}), itemOf)
  for (const name of dates) if (isBrokenDate(matter[name], reading)) yield lostDate(String(matter[name]), 0)
  for (const problem of problems) yield { problem }
  if (brokenAt !== undefined) yield { problem: { why: 'wrong-encoding', at: brokenAt } }
}

function titleOf(matter: Note['matter'], text: string): string {
  const told = matter['title']
  if (typeof told === 'string' && told.trim() !== '') return oneLine(told, 200)
  const heading = /^# +(\S[^\n]*)$/m.exec(text)?.[1] ?? /^(\S[^\r\n]*)\r?\n=+[ \t]*$/m.exec(text)?.[1] ?? ''
  return oneLine(heading.replace(/ #+ *$/, '').replaceAll(/\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]|[*_`]{1,3}/g, '$1'), 200)
}

/** A list, or words with commas or spaces between them. */
function listed(tags: unknown): string[] {
  if (typeof tags === 'string') return tags.split(tags.includes(',') ? ',' : /\s+/)
  return Array.isArray(tags)
    ? tags.flatMap((tag) => (typeof tag === 'string' || typeof tag === 'number' ? String(tag) : []))
    : []
}

const hashTags = (text: string): string[] =>
  Array.from(text.matchAll(/(?<=^|\s)#([\p{L}\p{N}_/-]{1,60})(?![\p{L}\p{N}_/#-])/gmu), ([, tag = '']) => tag).filter(
    (tag) => /\P{N}/u.test(tag),
  )

const known = new Set(['title', 'tags', 'tag', 'id', 'uid', 'uuid', 'author'])
type Fact = readonly [string, string | number | boolean]

function fact(name: string, value: unknown): Fact[] {
  if (known.has(name)) return []
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]]
  return Array.isArray(value) ? [[name, value.filter((one) => typeof one !== 'object').join(', ')]] : []
}

/** The notes it leads to, and the files it shows. */
async function reached(from: string, text: string, reading: Reading) {
  const vault = vaultOf(reading)
  const links = new Map<string, NewLink>()
  const attachments = new Map<string, NewAttachment>()
  const problems: Problem[] = []
  let room = mostAttached
  for (const link of linksIn(text)) {
    const path = vault.find(from, link)
    const entry = path === undefined || path === from ? undefined : reading.find(path)
    if (path === undefined || entry === undefined || links.has(path) || attachments.has(path)) continue
    try {
      if (isNote(path)) {
        const same = vault.sames.get(path) ?? (await noteOf(entry, reading)).same
        vault.sames.set(path, same)
        links.set(path, { kind: 'mentions', same, label: oneLine(link.words, 200) })
      } else {
        const content = await entry.whole(room)
        room -= content.length
        attachments.set(path, { name: oneLine(nameOf(path), 200), media: mediaOf(path), content })
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      // A note that cannot be read says so itself; a file that is only shown here would go missing in silence.
      if (!isNote(path)) problems.push({ why: error.why, detail: oneLine(nameOf(path), 200) })
    }
  }
  return { links: [...links.values()], attachments: [...attachments.values()], problems } satisfies Pick<
    NewItem,
    'links' | 'attachments'
  > & { problems: Problem[] }
}
