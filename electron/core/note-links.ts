// What a note links to, as it is written: `[[Note]]`, `![[picture.png|300]]`, `[words](folder/other%20note.md)`.

export interface NoteLink {
  /** As it is written, without what it points to inside its target. */
  readonly target: string
  readonly words: string
  /** `[[…]]`, which names a file wherever it lies, rather than a way to it. */
  readonly byName: boolean
}

const mostLinks = 2000
const byName = /!?\[\[([^[\]\n]{1,500})\]\]/g
const byAddress = /!?\[([^[\]\n]{0,500})\]\(<?([^()<>\n]{1,1000})>?\)/g

/** Without what is code, where a `#` or a bracket is none of ours. */
export const withoutCode = (body: string): string =>
  body.replaceAll(/^ {0,3}(```+|~~~+)[^\r\n]*[\r\n][\s\S]*?(?:^ {0,3}\1|(?![\s\S]))/gm, '').replaceAll(/`[^`\n]+`/g, '')

export function linksIn(text: string): NoteLink[] {
  const links: NoteLink[] = []
  for (const [, inside = ''] of text.matchAll(byName)) {
    const [address = '', words] = inside.split('|', 2)
    const target = (address.split(/[#^]/, 1)[0] ?? '').trim()
    if (target !== '') links.push({ target, words: words ?? address, byName: true })
    if (links.length === mostLinks) return links
  }
  for (const [, words = '', address = ''] of text.matchAll(byAddress)) {
    const target = (address.replace(/ +["'][^"']*["']$/, '').split('#', 1)[0] ?? '').trim()
    if (target !== '') links.push({ target, words, byName: false })
    if (links.length === mostLinks) return links
  }
  return links
}
