// A line of Markdown as words: without the signs that draw it, and without the title that it begins by saying once more.
// What was found in it stays marked.
import type { Hit } from '../../../shared/api/search.ts'

type Pieces = Hit['snippet']

/** Signs that no text of a person has, for where a find begins and ends while the others are taken away. */
const [begins, ends] = ['\ue000', '\ue001']

export function withoutMarks(pieces: Pieces, title: Pieces): Pieces {
  const words = pieces
    .map(({ text, found }) => (found ? begins + text + ends : text))
    .join('')
    .replaceAll(/!?\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replaceAll(/\[\[(?:[^[\]|]*\|)?([^[\]|]+)\]\]/g, '$1')
    .replaceAll(/(?<=^|\s)(?:#{1,6}|>|[-*+](?: \[[ xX]\])?|(?:-{3,}|\*{3,}|_{3,}))\s/g, '')
    .replaceAll(/(\*\*|__|~~|`)(\S(?:.{0,200}?\S)?)\1/g, '$2')
    // Whose other half is beyond the end of the line.
    .replaceAll(/\[\[|\]\]|\*\*|~~/g, '')
    .trim()
  const shown = piecesOf(words)
  const called = plainOf(title)
  return called !== '' && plainOf(shown).startsWith(`${called} `) ? after(shown, called.length) : shown
}

export const plainOf = (pieces: Pieces): string => pieces.map(({ text }) => text).join('')

function piecesOf(words: string): Pieces {
  const pieces: { text: string; found: boolean }[] = []
  let found = false
  for (const part of words.split(/([\ue000\ue001])/)) {
    if (part === begins || part === ends) found = part === begins
    else if (part !== '') pieces.push({ text: part, found })
  }
  return pieces
}

function after(pieces: Pieces, length: number): Pieces {
  let left = length
  const rest = pieces.flatMap(({ text, found }) => {
    const cut = Math.min(left, text.length)
    left -= cut
    return cut === text.length ? [] : [{ text: text.slice(cut), found }]
  })
  return rest
    .map((piece, at) => (at === 0 ? { ...piece, text: piece.text.trimStart() } : piece))
    .filter(({ text }) => text !== '')
}
