// What was handed in, while an import may need it and afterwards.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passphrase, vaultTemplate } from '../support.ts'
import { bring, calendar, folderOf, inTheMiddle, many, outcome, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

type App = Awaited<ReturnType<typeof template.open>>
const ended = (app: Pick<App, 'call'>, id: string) =>
  expect.poll(async () => (await app.call('imports.get', { id })).summary.state).toBe('done')

describe('an upload', () => {
  it('of an import that was stopped is kept for thirty days, and no longer', async () => {
    const app = await template.open()
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await app.call('jobs.cancel', { id: started.job })
    await app.finished(started)
    const openAfter = async (days: number) => {
      await app.call('vault.lock')
      app.clock.set(new Date(app.clock.now().getTime() + days * 86_400_000))
      await app.call('vault.unlock', { passphrase })
      return readdirSync(join(app.folder, 'incoming')).length
    }
    expect(await openAfter(29)).toBe(1)
    expect((await app.call('imports.list'))[0]?.canGoOn).toBe(true)
    expect(await openAfter(2)).toBe(0)
    expect((await app.call('imports.list'))[0]?.canGoOn).toBe(false)
    await expect(app.call('imports.resume', { id: started.import })).rejects.toMatchObject({
      code: 'IMPORT_FILES_GONE',
    })
  })

  it('lies sealed on the disk: none of its words is there in the clear', async () => {
    const app = await template.open()
    await uploaded(app, { 'diary.md': 'the walrus went on holiday '.repeat(10_000) })
    const [name = ''] = readdirSync(join(app.folder, 'incoming'))
    const sealed = readFileSync(join(app.folder, 'incoming', name))
    expect(sealed.length).toBeGreaterThan(200_000)
    expect(sealed.includes('walrus')).toBe(false)
  })

  it('that waited when the vault was locked is gone', async () => {
    const app = await template.open()
    const handles = await uploaded(app, { 'a.md': '# A' })
    await app.call('vault.lock')
    expect(readdirSync(join(app.folder, 'incoming'))).toEqual([])
    await app.call('vault.unlock', { passphrase })
    await expect(app.call('imports.start', { handles })).rejects.toMatchObject({ code: 'NO_SUCH_FILE' })
  })

  it('that a crash left behind is swept when the vault is opened, and one that is needed is not', async () => {
    const app = await template.open({ host: 'web' })
    const started = await app.call('imports.start', { handles: await uploaded(app, { 'cal.ics': calendar(many) }) })
    await inTheMiddle(app, started.import)
    await app.call('vault.lock')
    const left = readdirSync(join(app.folder, 'incoming'))
    const orphan = join(app.folder, 'incoming', 'f'.repeat(32))
    writeFileSync(orphan, 'left behind')
    await app.call('vault.unlock', { passphrase })
    expect(existsSync(orphan)).toBe(false)
    expect(left).toHaveLength(1)
    await ended(app, started.import)
  })

  it('is refused while the vault is locked, and in part', async () => {
    const app = await template.open()
    const short = app.app.files.receive(
      { name: 'a', bytes: 10 },
      (async function* () {
        yield Buffer.from('four')
      })(),
    )
    await expect(short).rejects.toMatchObject({ code: 'FILE_NOT_AS_SAID' })
    expect(readdirSync(join(app.folder, 'incoming'))).toEqual([])
    await app.call('vault.lock')
    await expect(uploaded(app, { 'a.md': '# A' })).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
  })
})

describe('a folder', () => {
  it('of many small files is kept in few transactions, each once', async () => {
    const app = await template.open()
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`${at}.md`, `# Note ${at}\n\nText ${at}.`]),
    )
    const { import: id } = await bring(app, app.app.files.offer([folderOf(files)]))
    expect((await outcome(app, id)).counts).toMatchObject({ added: 400, failed: 0 })
  })
})
