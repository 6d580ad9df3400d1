// What happens to a vault while an export comes back. Where it is locked, and is open again, or another one is, before that
// work has ended, nothing is written there any more.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createExports } from '../../../electron/core/exports/exports.ts'
import { createPrepare } from '../../../electron/core/prepared.ts'
import { createSettings } from '../../../electron/core/settings/settings.ts'
import { createTransfers } from '../../../electron/core/transfers/transfers.ts'
import { createSealing } from '../../../electron/core/vault/vault.ts'
import { jobEnded } from '../../support/jobs.ts'
import { lightStretching } from '../../support/light-stretching.ts'
import { type TestLibrary, message, openLibrary } from '../library/support.ts'
import { vaultTemplate } from '../support.ts'
import { takeOut } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const restoreRow = "INSERT INTO restores (uid, name, state, at) VALUES ('theirs', 'theirs.zip', 'done', '2026-01-01')"

/** `meanwhile` happens while the files of the first items are sealed. */
async function bringingBack(meanwhile: (vault: TestLibrary) => void) {
  const from = await template.open()
  const { id } = await from.call('library.writeNote', { title: 'Note', body: 'Text' })
  await from.call('library.collect', { which: { ids: [id] }, add: [{ name: 'Letters' }] })
  const { path } = await takeOut(from)

  const here = await openLibrary()
  const { folder, clock, jobs, ledger, blobs, library } = here
  const vaultOf = (db: typeof here.db) => ({
    vault: 'a-vault',
    db,
    master: Buffer.alloc(32, 1),
    witnessKey: Buffer.alloc(32, 2),
  })
  let open = vaultOf(here.db)
  const openVault = () => open
  const transfers = createTransfers({ openVault, folder, clock })
  const exports = createExports({
    openVault,
    prepare: createPrepare(openVault),
    ledger,
    jobs,
    clock,
    blobs,
    transfers,
    log: { write() {} },
    library: {
      ...library,
      bringBack: {
        ...library.bringBack,
        async stage(...given) {
          const staged = await library.bringBack.stage(...given)
          meanwhile(here)
          return staged
        },
      },
    },
    settings: createSettings({ openVault, ledger, stateFolder: folder, emit() {} }),
    sealing: createSealing({ clock, fixed: lightStretching }),
    measure: async () => ({ enough: true, weakness: '' }),
    version: '1.2.3',
    changed() {},
    noteCutShort() {},
    folder,
  })
  const [handle = ''] = transfers.offer([path])
  const start = () => exports.restore({ handle })
  return { here, start, replaceBy: (db: typeof here.db) => void (open = vaultOf(db)) }
}

const items = ({ db }: TestLibrary) => db.prepare('SELECT count(*) FROM items').pluck().get()
const states = ({ db }: TestLibrary) => db.prepare('SELECT state FROM restores').pluck().all()

it('brings nothing more after a lock, and says nothing of it where another vault is open by then', async () => {
  const other = await openLibrary()
  other.db.exec(restoreRow)
  const { here, start, replaceBy } = await bringingBack(({ jobs }) => {
    void jobs.stopAll()
    replaceBy(other.db)
  })
  start()
  await expect.poll(() => here.jobs.list()).toEqual([])
  expect([items(here), items(other)]).toEqual([0, 0])
  expect(states(other)).toEqual(['done'])
  expect(states(here)).toEqual(['running'])
})

it('is cut short and not stopped where it was called off for the sake of the vault', async () => {
  const { here, start } = await bringingBack(({ jobs }) => void jobs.stopAll())
  start()
  await expect.poll(() => here.jobs.list()).toEqual([])
  expect([items(here), states(here)]).toEqual([0, ['interrupted']])
})

it('goes into a collection that was there when it began, and has gone with the last thing in it', async () => {
  const { here, start } = await bringingBack(({ db, library }) =>
    library.remove(db.prepare('SELECT id FROM items').pluck().all().map(Number)),
  )
  await here.add([message({ collections: ['Letters'] })])
  const { job } = start()
  expect((await jobEnded(async () => here.jobs.list(), job)).state).toBe('done')
  expect(here.library.collections()).toMatchObject([{ name: 'Letters', items: 1 }])
})

it('is stopped where the person stopped it', async () => {
  const { here, start } = await bringingBack(({ jobs }) => {
    for (const { id } of jobs.list()) jobs.cancel(id)
  })
  const { job } = start()
  expect((await jobEnded(async () => here.jobs.list(), job)).state).toBe('cancelled')
  expect([items(here), states(here)]).toEqual([0, ['stopped']])
})
