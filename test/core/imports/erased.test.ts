// What was erased stays erased, whatever its import does next.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { erased } from '../../../shared/api/library.ts'
import { passphrase, vaultTemplate } from '../support.ts'
import { lockedByPkware } from './reader/archives/locked-zips.ts'
import { bring, note, outcome, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const dayMs = 86_400_000

describe('an item that was erased while its import waits for a password', () => {
  const erasedFirst = async () => {
    const app = await template.open()
    const files = { 'quux.md': note(1), 'two.md': note(2), 'zip.zip': lockedByPkware }
    const brought = await bring(app, await uploaded(app, files))
    const { rows } = await app.call('library.list')
    const id = rows.find(({ title }) => title === 'Note 1')?.id ?? ''
    const job = await app.finished(await app.call('library.erase', { which: { ids: [id] } }))
    const titles = async () => (await app.call('library.list')).rows.map(({ title }) => title).toSorted()
    return { app, brought, titles, told: erased.parse(job.result) }
  }
  const uploads = (folder: string) => readdirSync(join(folder, 'incoming'))

  it('does not come back with the password, and then its file is named no more', async () => {
    const { app, brought, titles, told } = await erasedFirst()
    const { endedAt, name } = (await app.call('imports.get', { id: brought.import })).summary
    const until = new Date(Date.parse(endedAt ?? '') + 30 * dayMs).toISOString()
    expect(told.uploads).toEqual([{ name, until }])
    expect(uploads(app.folder)).toHaveLength(3)
    const options = { password: 'open sesame' }
    await app.finished(await app.call('imports.resume', { id: brought.import, options }))
    expect(await titles()).toEqual(['Behind PKWARE', 'Note 2'])
    const { state, files } = await outcome(app, brought.import)
    expect([state, Object.keys(files)]).toEqual(['done', ['two.md', 'zip.zip', 'zip.zip/pk.md']])
    expect((await app.call('imports.list'))[0]?.name).toEqual({ first: 'two.md', more: 1, isSample: false })
    expect(uploads(app.folder)).toEqual([])
  })

  it('is named by its file no longer than that is kept', async () => {
    const { app, brought } = await erasedFirst()
    await app.clock.advance(31 * dayMs)
    await app.call('vault.lock')
    await app.call('vault.unlock', { passphrase })
    expect(uploads(app.folder)).toEqual([])
    expect(Object.keys((await outcome(app, brought.import)).files)).toEqual(['two.md', 'zip.zip', 'zip.zip/pk.md'])
  })
})
