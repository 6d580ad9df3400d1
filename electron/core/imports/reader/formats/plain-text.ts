// Text that says nothing else of itself: a letter, a list, a draft. The whole file is one note, or several that go on from
// each other where it is long. A byte that is no text costs itself: it stands as U+FFFD, and where it was is told.
import { certainty, type Importer } from '../importer.ts'
import { fileDateOf } from '../items/file-date.ts'
import { titleFromFile } from '../items/labels.ts'
import { bodiesOf, itemsOf, lookThrough } from '../items/long-texts.ts'
import { oneLine } from '../text/text.ts'
import { type Seen, tolerated } from '../markup/tolerant.ts'

export const plainText: Importer = {
  format: 'text',
  counts: 'bytes',
  recognises: ({ text }) => (text === null ? certainty.no : certainty.general),
  async *read(entry, reading) {
    const seen: Seen = {}
    const bodies = () => bodiesOf(tolerated(entry, reading, seen))
    const looked = await lookThrough(bodies())
    if (looked.first === undefined) return
    const [line = ''] = looked.first.split('\n', 1)
    // A first line that is a sentence or more says less than what the person called the file.
    const title = line.length <= 80 ? oneLine(line, 200) : titleFromFile(entry)
    const same = `text:${looked.print}`
    const fileDate = fileDateOf(entry, reading)
    yield* itemsOf(looked, bodies, (body) => ({
      ...{ same, type: 'note', title, body, fileDate, source: 'text', position: 0 },
    }))
    if (seen.brokenAt !== undefined) yield { problem: { why: 'wrong-encoding', at: seen.brokenAt } }
  },
}
