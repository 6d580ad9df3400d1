// The two copies of the key file where both are sound and differ: the one that opens the database is right, and nothing is
// made the same as the other.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftKit, failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const other = 'harbour pencil mosaic eleven thunder'

/** A closed vault in which `act` was done since a copy of its key file was put aside. */
async function closedAfter(act: (opened: Awaited<ReturnType<typeof template.open>>) => Promise<unknown>) {
  const opened = await template.open()
  const { app, folder, stateFolder } = opened
  const path = (name: string) => join(folder, name)
  const aside = join(stateFolder, 'aside.keys')
  copyFileSync(path('vault.keys'), aside)
  await act(opened)
  await app.close()
  const present = readFileSync(path('vault.keys'))
  const copies = () => ['vault.keys', 'vault.keys.bak'].map((name) => readFileSync(path(name)).equals(present))
  return { words: opened.words, path, aside, present, copies, again: () => openTestApp({ folder, stateFolder }) }
}

const deepErase = async ({ call, finished }: Awaited<ReturnType<typeof template.open>>) =>
  expect((await finished(await call('vault.deepErase'))).state).toBe('done')
const newPassphrase = ({ call }: Awaited<ReturnType<typeof template.open>>) =>
  call('vault.changePassphrase', { current: passphrase, next: other })

describe('an older key file in the place of the first copy', () => {
  it('from before a deep erase does not cost the one that opens the database, and is said', async () => {
    const { path, aside, copies, again } = await closedAfter(deepErase)
    copyFileSync(aside, path('vault.keys'))
    const { call } = await again()
    expect((await call('vault.unlock', { passphrase })).notices).toMatchObject([{ kind: 'keys-repaired' }])
    expect(copies()).toEqual([true, true])
  })

  it('from before a new passphrase does not turn the new one away', async () => {
    const { path, aside, copies, again } = await closedAfter(newPassphrase)
    copyFileSync(aside, path('vault.keys'))
    const { call } = await again()
    expect((await call('vault.unlock', { passphrase: other })).notices).toMatchObject([{ kind: 'keys-repaired' }])
    expect(copies()).toEqual([true, true])
  })

  it('is no way to lose the right one by a new passphrase while the vault is open, or by the recovery words', async () => {
    const { words, path, aside, present, again } = await closedAfter(deepErase)
    const { app, call } = await again()
    await call('vault.unlock', { passphrase })
    copyFileSync(aside, path('vault.keys'))
    await call('vault.changePassphrase', { current: passphrase, next: other })
    await app.close()
    const second = await again()
    expect((await second.call('vault.unlock', { passphrase: other })).state).toBe('unlocked')
    await second.app.close()
    copyFileSync(aside, path('vault.keys'))
    writeFileSync(path('vault.keys.bak'), present)
    const third = await again()
    expect((await third.call('vault.recover', { words: words.join(' '), passphrase: other })).state).toBe('unlocked')
  })
})

it('a key file of another vault in the place of the first copy opens nothing, and costs nothing', async () => {
  const stranger = await openTestApp()
  const { draft, retyped } = await draftKit(stranger)
  await stranger.call('vault.create', { name: 'Other', passphrase, draft, retyped })
  await stranger.app.close()
  const { path, copies, again } = await closedAfter(async () => undefined)
  copyFileSync(join(stranger.folder, 'vault.keys'), path('vault.keys'))
  const { call } = await again()
  expect((await call('vault.unlock', { passphrase })).state).toBe('unlocked')
  expect(copies()).toEqual([true, true])
  expect((await call('vault.status')).name).toBe('Ada')
})

it('where neither copy opens the database both stay as they are', async () => {
  const { path, aside, again } = await closedAfter(deepErase)
  copyFileSync(aside, path('vault.keys'))
  const stranger = await openTestApp()
  const { draft, retyped } = await draftKit(stranger)
  await stranger.call('vault.create', { name: 'Other', passphrase, draft, retyped })
  await stranger.app.close()
  copyFileSync(join(stranger.folder, 'vault.keys'), path('vault.keys.bak'))
  const before = ['vault.keys', 'vault.keys.bak'].map((name) => readFileSync(path(name)))
  const { call } = await again()
  expect((await failure(call('vault.unlock', { passphrase }))).code).toMatch(/VAULT_DAMAGED|KEYS_OF_ANOTHER_VAULT/)
  expect(
    ['vault.keys', 'vault.keys.bak'].map((name, at) => readFileSync(path(name)).equals(before[at] ?? Buffer.alloc(0))),
  ).toEqual([true, true])
})
