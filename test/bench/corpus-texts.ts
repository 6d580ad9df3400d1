// Real texts in quantity, for rows that are about how fast and how exactly they are found: questions, answers, glosses and
// paragraphs of the corpora that lie beside the repository.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root } from './support.ts'

const folder = join(root, '../shared/corpora')

export function corpusTexts(count: number): readonly string[] {
  if (!existsSync(folder)) throw new Error('shared/corpora does not lie beside the repository')
  const texts = new Set<string>()
  const lines = gunzipSync(readFileSync(join(folder, 'pairs.jsonl.gz')))
    .toString('utf8')
    .split('\n')
  // From all over the file: neighbours say much the same.
  const step = 7919
  for (let at = 0, turn = 0; turn < lines.length && texts.size < count; turn += 1, at = (at + step) % lines.length) {
    const line = lines[at] ?? ''
    if (line === '') continue
    const [one, other] = JSON.parse(line) as [string, string]
    for (const text of [other, one]) if (text.length > 20) texts.add(text.slice(0, 1200))
  }
  return [...texts].slice(0, count)
}
