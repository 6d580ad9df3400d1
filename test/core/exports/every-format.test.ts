// A vault with what every importer makes, of whole files and of hurt ones, under every kind of name: all of it goes out, opens
// in a folder, and comes back equal.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openExportAlone } from '../../../electron/core/app.ts'
import { createRandom, seedOf, sized } from '../../support/random.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { hurt } from '../imports/reader/hurting.ts'
import { subjectOf, subjects } from '../imports/reader/fuzz-subjects.ts'
import { bring, outcome } from '../imports/support.ts'
import { vaultTemplate } from '../support.ts'
import { bringBack, filesIn, recordsIn, takeOut } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const hurtFiles = sized({ small: 150, large: 5000 })
/** As long as a title may be, in letters of one to four bytes; no name on other systems; alike where case does not count. */
const titles = [
  'a'.repeat(300),
  'é'.repeat(300),
  '日'.repeat(300),
  '😀'.repeat(300),
  'a\u202Eb',
  'CON',
  'Today',
  'today',
  'Today.',
  '..',
  '/etc/passwd',
  'A: b? <c>',
]

function filesOf(seed: number): ReadonlyMap<string, string | Uint8Array> {
  const random = createRandom(seed)
  const files = new Map<string, string | Uint8Array>()
  for (const [at, { bytes }] of subjects.entries()) files.set(`whole/${at}`, bytes)
  for (let at = 0; at < hurtFiles; at += 1)
    files.set(`hurt/${at}`, hurt(subjectOf(random).bytes, random, subjectOf(random).bytes))
  // Each twice, of one day and in one import.
  for (const [at, title] of titles.entries())
    for (const part of ['one', 'two']) files.set(`${part}/${at}.md`, `# ${title}\n\nIn ${part}, of the same day.\n`)
  return files
}

it('of what any importer makes is opened whole, and comes back equal', { timeout: 600_000 }, async () => {
  const seed = seedOf('export of every format')
  const [from, to] = [await template.open(), await template.open()]
  const folder = temporaryFolder()
  for (const [name, content] of filesOf(seed)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  const { counts } = await outcome(from, (await bring(from, from.app.files.offer([folder]))).import)
  expect(counts.added).toBeGreaterThan(200)

  const out = await takeOut(from)
  const files = await filesIn(out.path)
  const notes = [...files.keys()].filter((path) => path.startsWith('notes/'))
  expect(notes.length).toBeGreaterThan(2 * titles.length)
  const opened = join(temporaryFolder(), 'opened')
  await openExportAlone({ file: out.path, to: opened, passphrase: async () => '', pace: async () => {} })
  for (const [path, content] of files) expect(readFileSync(join(opened, path)).equals(content)).toBe(true)

  expect(await bringBack(to, out.path)).toEqual({ added: out.result.items, changed: 0, duplicate: 0 })
  const again = await takeOut(to)
  expect(await recordsIn(again.path)).toEqual(await recordsIn(out.path))
  const differing = [...(await filesIn(again.path))].filter(
    ([path, content]) => path !== 'manifest.json' && files.get(path)?.equals(content) !== true,
  )
  expect(differing.map(([path]) => path)).toEqual([])
})
