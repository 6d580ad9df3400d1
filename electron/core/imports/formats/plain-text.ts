// Text that says nothing else of itself: a letter, a list, a draft. The whole file is one note.
import { certainty, type Importer } from '../importer.ts'
import { titleFromPath } from '../labels.ts'
import { hashed, inParts } from '../same.ts'
import { oneLine, wholeText } from '../text.ts'

const most = 64 * 1024 * 1024

export const plainText: Importer = {
  format: 'text',
  counts: 'bytes',
  recognises: ({ text }) => (text === null || text.trim() === '' ? certainty.no : certainty.general),
  async *read(entry, reading) {
    const body = (await wholeText(entry, reading, most)).replaceAll(/\r\n?/g, '\n').trim()
    if (body === '') {
      yield { problem: { why: 'no-content' } }
      return
    }
    const [first = ''] = body.split('\n', 1)
    yield* inParts({
      same: `text:${hashed(body)}`,
      type: 'note',
      // A first line that is a sentence or more says less than what the person called the file.
      title: first.length <= 80 ? oneLine(first, 200) : titleFromPath(entry.path),
      body,
      source: 'text',
      position: 0,
    })
  },
}
