// The library from a terminal: files brought in, found, read, put away and taken out again. What a process adds to `run` is
// shown by one import in a shell's way, and by one that is stopped.
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { problemWords } from '../../../electron/cli/problem-words.ts'
import { aNumber, aText, textLike } from '../../contract/matchers.ts'
import { prepareVault } from '../../contract/prepared-vault.ts'
import { lockedByPkware } from '../../core/imports/reader/archives/locked-zips.ts'
import { createFarSide } from '../../contract/transports/far-side.ts'
import type { CommandLine } from '../../contract/transports/cli.ts'
import { type Ended, cliOptions, createPlace, ended, runCli, startCli } from './spawn-cli.ts'

const place = createPlace()
const files = join(place.root, 'files')
let passphrase = ''
beforeAll(async () => {
  // Made with a light passphrase check: every command here unlocks.
  const made = await prepareVault(place)
  passphrase = place.file('passphrase', `${made.passphrase}\n`)
  mkdirSync(files)
  writeFileSync(join(files, 'boat.md'), '# The boat\n\nA blue hull, seen from the quay. #harbour\n')
  writeFileSync(join(files, 'tea.md'), '---\ndate: 2025-04-03\n---\n# Tea\n\nWith Ada, in the kitchen.\n')
  writeFileSync(join(files, 'noise.bin'), Uint8Array.of(0, 159, 1, 2, 0, 255, 254, 3, 0, 0, 7, 7))
})
afterAll(async () => {
  await end()
  place.remove()
})

/** One process for nearly all of the command lines: each still opens a core of its own. */
const { ask: perform, end } = createFarSide<CommandLine, Ended>(
  new URL('../../contract/transports/cli.child.ts', import.meta.url),
)
const run = (...args: string[]) => perform({ args: [...cliOptions(place), ...args], input: '' })
const tell = (...args: string[]) => run(...args, '--passphrase-file', passphrase)
const ask = async (...args: string[]): Promise<unknown> => valueOf(await tell(...args, '--json'))
function valueOf({ status, stdout, stderr }: Ended): unknown {
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout)
}
const idOf = async (query: string) => ((await ask('search', query)) as { hits: { id: string }[] }).hits[0]?.id ?? ''

const file = (
  name: string,
  format: string | null,
  counts: { added?: number; duplicate?: number; failed?: number },
) => ({
  path: `files/${name}`,
  format,
  added: 0,
  duplicate: 0,
  failed: 0,
  ...counts,
  problems: counts.failed === undefined ? [] : [{ at: null, why: 'not-recognised' }],
})

describe('import', () => {
  it('only looks under --dry-run, and keeps nothing', async () => {
    expect(await ask('import', files, '--dry-run')).toEqual({
      job: null,
      added: 2,
      duplicate: 0,
      skipped: 0,
      failed: 1,
      files: [
        file('boat.md', 'markdown', { added: 1 }),
        file('noise.bin', null, { failed: 1 }),
        file('tea.md', 'markdown', { added: 1 }),
      ],
    })
    expect(await ask('items')).toEqual({ rows: [], total: 0 })
    expect(await ask('imports')).toEqual([])
  })

  it('brings in a folder, says what became of each file, and adds nothing the second time', async () => {
    const first = await ask('import', files)
    expect(first).toMatchObject({ job: aText, added: 2, duplicate: 0, skipped: 0, failed: 1 })
    expect(first).toMatchObject({ files: [file('boat.md', 'markdown', { added: 1 }), {}, {}] })
    // As a shell would run it.
    const told = await runCli({ place, args: ['import', files, '--passphrase-file', passphrase] })
    expect(told).toMatchObject({ status: 0, stderr: '' })
    expect(told.stdout).toBe(
      `0 added · 2 already here · 1 could not be read\n  files/noise.bin: ${problemWords['not-recognised']}\n`,
    )
    expect(await ask('imports')).toMatchObject([
      { state: 'done', added: 0, duplicate: 2 },
      { state: 'done', added: 2, duplicate: 0 },
    ])
  })

  it('opens a locked archive with the password in a file, and says so where there is none', async () => {
    const path = place.file('locked.zip', lockedByPkware)
    expect(await ask('import', path)).toMatchObject({
      added: 0,
      failed: 1,
      files: [{ problems: [] }, { problems: [{ at: null, why: 'needs-password' }] }],
    })
    const given = place.file('archive-password', 'open sesame\n')
    expect(await ask('import', path, '--archive-password-file', given)).toMatchObject({ added: 1, failed: 0 })
  })

  it('reads dates as it is told where a file leaves it open, and else says what it assumed', async () => {
    const path = place.file('days.csv', 'date,title\n03/04/2024,Chestnuts\n03/05/2024,Walnuts\n')
    const dates = { example: '03/04/2024', assumed: textLike(/^(?:day|month)-first$/) }
    expect(await ask('import', path, '--dry-run')).toMatchObject({ files: [{ path: 'days.csv', dates }] })
    const told = await ask('import', path, '--dates', 'month-first')
    expect(told).toMatchObject({ added: 2, files: [{ path: 'days.csv', added: 2 }] })
    expect(await ask('items', '--from', '2024-03-04', '--to', '2024-03-05')).toMatchObject({ total: 2 })
    await tell('undo', (told as { job: string }).job)
    const { stdout } = await tell('import', path)
    expect(stdout).toMatch(
      /\n {2}days\.csv: dates such as 03\/04\/2024 are read (?:day|month) first\.\n"--dates day-first" or/,
    )
    const [latest] = (await ask('imports')) as { id: string }[]
    await tell('undo', latest?.id ?? '')
  })

  it('says what goes with an import that is taken back: what a later one found here already', async () => {
    const [once, twice] = ['once.md', 'twice.md'].map((name) => place.file(name, `# Said in ${name}\n`))
    const first = (await ask('import', once ?? '')) as { job: string }
    const other = (await ask('import', twice ?? '')) as { job: string }
    expect((await tell('undo', other.job)).stdout).toBe('1 removed\n')
    const later = (await ask('import', once ?? '', twice ?? '')) as { job: string; duplicate: number }
    expect(later.duplicate).toBe(1)
    expect((await tell('undo', first.job)).stdout).toMatch(/^1 removed\nWhat a later import .* went too\./)
    expect((await tell('undo', later.job)).stdout).toBe('1 removed\n')
  })

  it('reads a table by the columns it is told, whatever stands in their names', async () => {
    const path = place.file('paid.csv', 'Day,"Shop, or who",Paid\n2024-05-01,Chandler,"-3,50"\n')
    const columns = 'date=Day,who=Shop, or who,amount=Paid'
    const told = await ask('import', path, '--columns', columns)
    expect(told).toMatchObject({ added: 1, failed: 0 })
    expect(await ask('items', '--type', 'transaction')).toMatchObject({ rows: [{ title: 'Chandler' }], total: 1 })
    await tell('undo', (told as { job: string }).job)
  })

  it.each([
    ['columns that say nothing', ['import', files, '--columns', 'Day'], '--columns is ROLE=NAME,…'],
    ['a role that is none', ['import', files, '--columns', 'date=Day,colour=Paid'], 'date, title, body, amount,'],
    ['a column twice', ['import', files, '--columns', 'date=Day,date=Paid'], 'at most once'],
    ['an amount of no day', ['import', files, '--columns', 'amount=Paid'], 'the date of it as well'],
    ['an order of dates that is none', ['import', files, '--dates', 'year-first'], '--dates is one of: day-first,'],
    ['a path that is not there', ['import', '/nowhere/at-all'], 'no file or folder'],
    ['no path', ['import'], 'Name what to bring in'],
    ['an item by something else', ['show', 'boat'], 'Name an item by its ID'],
    ['a day that is none', ['items', '--from', 'May'], 'needs a day'],
    ['an unknown type', ['items', '--type', 'boat'], '--type is one of: note,'],
    ['an unknown zoom', ['timeline', '--zoom', 'week'], '--zoom is one of: decade,'],
    ['too many at once', ['items', '--limit', '5000'], 'up to 200'],
    ['more found at once than are given', ['search', 'tea', '--limit', '150'], 'up to 100'],
    ['a place beyond what is found', ['search', 'tea', '--offset', '10001'], 'up to 10000'],
    ['none at a time', ['items', '--limit', '00'], 'needs a whole number'],
  ])('answers %s with status 2, before it asks for anything', async (_what, args, sentence) => {
    const refused = await run(...args)
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toContain(sentence)
  })
})

describe('reading', () => {
  it('lists, narrowed by type, tag and day', async () => {
    const all = await ask('items', '--type', 'note', '--tag', 'harbour')
    expect(all).toMatchObject({ total: 1, rows: [{ title: 'The boat', tags: ['harbour'] }] })
    expect(await ask('items', '--from', '2025-04-03', '--to', '2025-04-03')).toMatchObject({ rows: [{ title: 'Tea' }] })
    const { stdout } = await tell('items', '--limit', '1')
    expect(stdout).toMatch(/^[0-9a-f]{32} {2}.*\n… and 2 more \(--offset 1\)\n$/)
    expect(await ask('items', '--offset', '100000')).toEqual({ rows: [], total: 3 })
  })

  it('finds by words, as plain text and with what the score is made of', async () => {
    const found = await ask('search', 'blue hull')
    expect(found).toEqual({
      hits: [
        {
          id: textLike(/^[0-9a-f]{32}$/),
          title: 'The boat',
          type: 'note',
          at: aText,
          timing: 'moment',
          day: aText,
          source: aText,
          level: 'personal',
          people: [],
          tags: ['harbour'],
          attachments: 0,
          trashedAt: null,
          snippet: textLike(/blue hull/),
          score: aNumber,
          why: { words: aNumber, meaning: null, by: 'words', recency: aNumber, forgiven: false },
        },
      ],
      understood: { query: 'blue hull', ignored: [] },
      total: 1,
    })
    expect(await ask('search', 'hvll')).toMatchObject({ understood: { query: 'hull' }, total: 1 })
    expect((await tell('search', 'zeppelin')).stdout).toBe('Nothing was found.\n')
    expect((await tell('search', 'from:nobody before:soon')).stdout).toBe(
      'Nothing was found.\nNothing in the vault fits from:nobody.\nNot understood and left out: before:soon\n',
    )
    expect((await tell('search', 'hull', '--offset', '5')).stdout).toBe('1 found, none beyond the first 5:\n')
    expect((await tell('search', 'type:note', '--offset', '1', '--limit', '1')).stdout).toMatch(
      /^\d found, numbers 2 to 2:\n/,
    )
  })

  it('shows one item, with where it came from', async () => {
    const id = await idOf('kitchen')
    expect(await ask('show', id)).toMatchObject({ id, day: '2025-04-03', origin: { path: 'files/tea.md' } })
    const { stdout } = await tell('show', id)
    expect(stdout).toMatch(/^Tea\nType {7}note\nTime {7}2025-04-03\n/)
    expect(stdout).toContain('With Ada, in the kitchen.')
    const refused = await tell('show', '0'.repeat(32), '--json')
    expect(refused.status).toBe(1)
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'NO_SUCH_ITEM' } })
  })

  it('counts by time', async () => {
    const counted = await ask('timeline', '--zoom', 'month', '--to', '2025-12-31')
    expect(counted).toMatchObject({ buckets: [{ start: '2025-04', count: 1, types: { note: 1 } }] })
    expect((await tell('timeline', '--to', '2025-12-31')).stdout).toMatch(/^2025-04 {8}1 {2}note 1\n/)
  })
})

describe('taking away', () => {
  it('puts an item into the Trash, and takes that back by the number it said', async () => {
    const id = await idOf('kitchen')
    const { change } = (await ask('trash', id)) as { change: number }
    expect(await ask('items', '--trashed')).toMatchObject({ rows: [{ id }], total: 1 })
    const { stdout } = await tell('undo', String(change))
    expect(stdout).toMatch(/^Taken back: putting into the Trash\. "mindkeep undo \d+" does it again\.\n$/)
    expect(await ask('items', '--trashed')).toMatchObject({ total: 0 })
  })

  it('erases one item and names the backups that still hold it', async () => {
    const { backup } = (await ask('backup')) as { backup: string }
    const id = await idOf('kitchen')
    expect(await ask('erase', id)).toMatchObject({ items: 1, backups: [{ id: backup }] })
    expect(await ask('search', 'kitchen')).toMatchObject({ total: 0 })
    const again = await tell('erase', id, '--json')
    expect(JSON.parse(again.stderr)).toMatchObject({ error: { code: 'NO_SUCH_ITEM' } })
  })

  it('takes an import out again', async () => {
    const listed = (await ask('imports')) as { id: string; added: number; state: string }[]
    const all = listed.filter(({ state }) => state !== 'undone')
    for (const { id, added } of all) {
      // The note that was erased above, and its file, are counted no more.
      const { removed } = (await ask('undo', id)) as { removed: number }
      expect(removed).toBe(added)
    }
    expect(await ask('items')).toEqual({ rows: [], total: 0 })
    const again = await tell('undo', all[0]?.id ?? '', '--json')
    expect(JSON.parse(again.stderr)).toMatchObject({ error: { code: 'IMPORT_UNDONE' } })
  })

  it.runIf(process.platform !== 'win32')(
    'stops an import in order on Ctrl-C: what is kept stays, and it does not go on by itself',
    async () => {
      const lines = Array.from({ length: 400_000 }, (_, at) =>
        JSON.stringify({ title: `Line ${at}`, text: 'one of many' }),
      )
      const path = place.file('many.ndjson', lines.join('\n'))
      const child = startCli({ place, args: ['import', path, '--passphrase-file', passphrase, '--json'] })
      const end = ended(child)
      // Written ahead, so that some of it is kept by now.
      const written = join(place.folder, 'vault.db-wal')
      await vi.waitFor(() => expect(statSync(written).size).toBeGreaterThan(4_000_000), { timeout: 60_000 })
      child.kill('SIGINT')
      const stopped = await end
      expect({ status: stopped.status, stdout: stopped.stdout }).toEqual({ status: 1, stdout: '' })
      expect(JSON.parse(stopped.stderr)).toMatchObject({ error: { code: 'CANCELLED' } })
      const [newest] = (await ask('imports')) as readonly unknown[]
      expect(newest).toMatchObject({ name: { first: 'many.ndjson', more: 0 }, state: 'stopped' })
      const { total } = (await ask('items')) as { total: number }
      expect(total).toBeGreaterThan(0)
      expect(total).toBeLessThan(400_000)
    },
  )
})
