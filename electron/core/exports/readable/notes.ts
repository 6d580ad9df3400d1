// A note as a Markdown file with its front matter, as Obsidian and others read it. Every value is written as JSON, which
// YAML 1.2 contains: no title can end the front matter.
import { safeName } from '../safe-name.ts'
import type { ReadableItem } from './items.ts'

/** With all of its id: those of one import begin alike, and a path that came twice would make the export one that nobody opens. */
export const notePath = ({ day, title, id }: ReadableItem): string => `notes/${day} ${safeName(title, 'note')} ${id}.md`

export function noteText({ id, title, at, changed, level, tags, collections, body }: ReadableItem): string {
  const front = {
    id,
    title,
    created: new Date(at).toISOString(),
    changed: new Date(changed).toISOString(),
    level,
    tags,
    collections,
  }
  const lines = Object.entries(front).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return `---\n${lines.join('\n')}\n---\n${body.endsWith('\n') ? body : `${body}\n`}`
}
