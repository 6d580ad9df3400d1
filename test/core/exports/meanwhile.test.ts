// An export that is made while others write. Whatever comes or goes meanwhile, it can be brought back, and each item in it is
// as it was at one moment.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createArchive } from '../../../electron/core/exports/archive.ts'
import { checkRecords } from '../../../electron/core/exports/checking.ts'
import { openArchive, readManifest } from '../../../electron/core/exports/container.ts'
import { writeContents } from '../../../electron/core/exports/contents.ts'
import { wholeItems } from '../../../electron/core/exports/reading.ts'
import { createPrepare } from '../../../electron/core/prepared.ts'
import { openPlainFile } from '../../../electron/core/random-access.ts'
import { jobEnded } from '../../support/jobs.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { bring, calendar, uploaded } from '../imports/support.ts'
import { type TestLibrary, message, openLibrary } from '../library/support.ts'
import { vaultTemplate } from '../support.ts'
import { bringBack, fetched, recordsIn, takeOut } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const picture = { name: 'sea.png', media: 'image/png', content: Buffer.from('not really a picture') }
const other = { name: 'hill.png', media: 'image/png', content: Buffer.from('another one') }
const by = (name: string) => [{ name, role: 'from' as const }]

/** The number of a file of an import that gets whichever numbers come next. */
function nextImportFile({ db }: TestLibrary): number {
  const added = db.prepare(`
    INSERT INTO imports (uid, name, state, at, options, sources) VALUES (lower(hex(randomblob(16))), 'Later', 'running', '2026-01-15T08:00:00Z', '{}', '[]')
  `)
  const { lastInsertRowid } = added.run()
  const file = db.prepare(
    "INSERT INTO import_files (import, path, bytes, state) VALUES (?, 'later.json', 9, 'reading')",
  )
  return Number(file.run(lastInsertRowid).lastInsertRowid)
}

/** A library, and what happens to it while it is taken out. */
async function prepared() {
  const vault = await openLibrary()
  const { library, add } = vault
  const made = library.writeNote({ title: 'Taken back', body: 'and done again' })
  const takenBack = library.undo(made.change ?? 0)
  const first = nextImportFile(vault)
  await add(
    [
      message({ people: by('Alice'), attachments: [picture], collections: ['Box'] }),
      message({ same: 'chat/2', body: 'Stays as it is' }),
      message({ same: 'chat/3', body: 'Goes' }),
    ],
    first,
  )
  await add([message({ same: 'only', body: 'Of the last import' })], nextImportFile(vault))
  const [box] = library.collections()
  const dropped = library.dropCollection({ id: box?.id ?? '' })
  const uidOf = (body: string) => vault.all().find(({ excerpt }) => excerpt === body)?.id ?? ''
  const erased = [uidOf('Goes'), uidOf('Of the last import')]

  const meanwhile = async () => {
    await jobEnded(async () => vault.jobs.list(), library.erase({ which: { ids: erased } }).job)
    library.undo(takenBack.change ?? 0)
    library.undo(dropped.change ?? 0)
    const changed = { body: 'Anew', people: by('Bob'), tags: ['new'], collections: ['New'], attachments: [other] }
    const more = message({ same: 'chat/2', body: 'Stays as it is', attachments: [picture] })
    await add([message(changed), more, message({ same: 'new' })], nextImportFile(vault))
  }
  return { vault, meanwhile }
}

/** Another writer gets its turn where the export lets others have theirs, and that so many times. */
async function exported({ db, blobs }: TestLibrary, between: (turn: number) => Promise<void>) {
  const at = new Date('2026-03-01T12:00:00Z')
  const pieces: Uint8Array[] = []
  const archive = createArchive({ at, push: (bytes) => void pieces.push(bytes) })
  let turns = 0
  await writeContents({
    prepare: createPrepare(() => ({ db })),
    blobs,
    archive,
    folder: temporaryFolder(),
    madeBy: 'a test',
    at,
    pace: () => between((turns += 1)),
    progress() {},
  })
  await archive.end()
  const path = join(temporaryFolder(), 'export.zip')
  writeFileSync(path, Buffer.concat(pieces))
  return { path, turns }
}

async function wholeIn(path: string) {
  const container = await openArchive(openPlainFile(path))
  try {
    const opened = { container, manifest: await readManifest(container) }
    await checkRecords(opened, { pace: async () => {} })
    return (await Array.fromAsync(wholeItems(opened, 10))).flat()
  } finally {
    container.close()
  }
}

it('agrees with itself, at whichever moment an import, an erasure and undo come in between', async () => {
  const { vault } = await prepared()
  const { turns } = await exported(vault, async () => {})
  expect(turns).toBeGreaterThan(8)
  const seen = new Set<string>()
  for (let moment = 1; moment <= turns; moment += 1) {
    const { vault: one, meanwhile } = await prepared()
    const { path } = await exported(one, async (turn) => void (turn === moment && (await meanwhile())))
    for (const { item, people, versions } of await wholeIn(path)) {
      if (item.title !== '' || people.length === 0) continue
      const said = { body: item.body, of: people.map(({ name }) => name), versions: versions.length }
      seen.add(JSON.stringify(said))
    }
  }
  expect([...seen].toSorted()).toEqual([
    JSON.stringify({ body: 'Anew', of: ['Bob'], versions: 1 }),
    JSON.stringify({ body: 'See you at the harbour', of: ['Alice'], versions: 0 }),
  ])
})

it('comes back equal where an import ran while it was made', async () => {
  const [from, to] = [await template.open({ host: 'web' }), await template.open()]
  await bring(from, await uploaded(from, { 'cal.ics': calendar(120) }))
  const exporting = await from.call('exports.start', { kind: 'readable' })
  const outgoing = join(from.folder, 'outgoing')
  await vi.waitFor(() => expect(readdirSync(outgoing)).not.toEqual([]), { interval: 1 })
  await from.call('jobs.pause', { id: exporting.job })
  const newer = calendar(150).replaceAll('Tea', 'Coffee')
  const brought = await bring(from, await uploaded(from, { 'newer.ics': newer }))
  expect(brought.job.result).toMatchObject({ added: 30, changed: 120 })
  await from.call('jobs.resume', { id: exporting.job })

  const { path } = await fetched(from, exporting)
  expect(await bringBack(to, path)).toEqual({ added: 120, changed: 0, duplicate: 0 })
  expect(await recordsIn((await takeOut(to)).path)).toEqual(await recordsIn(path))
})
