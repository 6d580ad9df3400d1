// The life of a vault, through the api alone.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { draftKit, failure, openTestApp, passphrase, vaultTemplate } from '../support.ts'

/** One that happens to be under way would put the lock off. */
const noBackups = { backupEveryDay: false }
const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const other = 'harbour pencil mosaic eleven thunder'

describe('a folder that is not there', () => {
  it('is not made for whoever asks what is in it', async () => {
    const folder = join(temporaryFolder(), 'mistyped')
    const { call, app } = await openTestApp({ folder, makesFolder: false })
    expect((await call('vault.status')).state).toBe('none')
    expect(await call('backups.list')).toEqual([])
    await app.close()
    expect(existsSync(folder)).toBe(false)
  })
})

describe('a new vault', () => {
  it('is made with a name, a strong passphrase and a kit that was kept', async () => {
    const { call } = await template.open()
    expect(await call('vault.status')).toMatchObject({ state: 'unlocked', name: 'Ada', notices: [] })
  })

  it('refuses a weak passphrase, and nothing is written', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    expect(
      (await failure(opened.call('vault.create', { name: 'A', passphrase: 'password123', draft, retyped }))).code,
    ).toBe('WEAK_PASSPHRASE')
    expect(readdirSync(opened.folder)).not.toContain('vault.keys')
  })

  it.each(['\n', '\t', '\u0000'])('refuses a passphrase that no field takes: with %j in it', async (odd) => {
    const opened = await template.open()
    const next = `${other}${odd}walrus`
    expect((await failure(opened.call('vault.changePassphrase', { current: passphrase, next }))).code).toBe(
      'INVALID_INPUT',
    )
    expect((await failure(opened.call('vault.recover', { words: 'any', passphrase: next }))).code).toBe('INVALID_INPUT')
    const kit = { draft: 'any', retyped: [1, 2].map((at) => ({ at, word: 'any' })) }
    expect((await failure(opened.call('vault.create', { name: 'A', passphrase: next, ...kit }))).code).toBe(
      'INVALID_INPUT',
    )
  })

  it('refuses when a retyped word is wrong, and the same kit can be tried again', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    const [first, second] = retyped
    if (first === undefined || second === undefined) throw new Error('two words are asked for')
    const swapped = [
      { at: first.at, word: second.word },
      { at: second.at, word: first.word },
    ]
    expect((await failure(opened.call('vault.create', { name: 'A', passphrase, draft, retyped: swapped }))).code).toBe(
      'KIT_MISMATCH',
    )
    expect((await opened.call('vault.create', { name: 'A', passphrase, draft, retyped })).state).toBe('unlocked')
  })

  it('is not there where its first act cannot be recorded, and the same kit can be tried again', async () => {
    const folder = temporaryFolder()
    const { now, ...clock } = createFakeClock()
    let isFull = true
    const full = () => {
      if (isFull && existsSync(join(folder, 'vault.keys'))) throw new AppError('DISK_FULL')
      return now()
    }
    const opened = await openTestApp({ folder, clock: { ...clock, now: full } })
    const { draft, retyped } = await draftKit(opened)
    const wanted = { name: 'A', passphrase, draft, retyped }
    expect((await failure(opened.call('vault.create', wanted))).code).toBe('DISK_FULL')
    isFull = false
    expect((await opened.call('vault.status')).state).toBe('none')
    expect((await opened.call('vault.create', wanted)).state).toBe('unlocked')
  })

  it('accepts retyped words in another case and with spaces around them', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    const sloppy = retyped.map(({ at, word }) => ({ at, word: ` ${word.toUpperCase()} ` }))
    expect((await opened.call('vault.create', { name: 'A', passphrase, draft, retyped: sloppy })).state).toBe(
      'unlocked',
    )
  })

  it('forgets a kit that waited half an hour', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    await opened.clock.advance(30 * 60_000)
    expect((await failure(opened.call('vault.create', { name: 'A', passphrase, draft, retyped }))).code).toBe(
      'KIT_EXPIRED',
    )
  })

  it('is not made where there is one already', async () => {
    const opened = await template.open()
    const { draft, retyped } = await draftKit(opened)
    expect((await failure(opened.call('vault.create', { name: 'B', passphrase, draft, retyped }))).code).toBe(
      'VAULT_EXISTS',
    )
  })

  it('survives what an attempt that was cut short left in the folder', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    writeFileSync(`${opened.folder}/vault.db.mindkeep-next`, 'half')
    expect((await opened.call('vault.create', { name: 'A', passphrase, draft, retyped })).state).toBe('unlocked')
  })
})

describe('locking and unlocking', () => {
  it('keeps everything behind the lock', async () => {
    const { call } = await template.open()
    await call('settings.set', { autoLockMinutes: 7 })
    await call('vault.lock')
    expect((await failure(call('settings.get'))).code).toBe('VAULT_LOCKED')
    await call('vault.unlock', { passphrase })
    expect(await call('settings.get')).toMatchObject({ autoLockMinutes: 7 })
  })

  it('takes a passphrase typed in another Unicode form for the same', async () => {
    const opened = await openTestApp()
    const { draft, retyped } = await draftKit(opened)
    const composed = 'Gr\u00fc\u00dfe vom Caf\u00e9 an der Br\u00fccke'
    await opened.call('vault.create', { name: 'A', passphrase: composed, draft, retyped })
    await opened.call('vault.lock')
    expect((await opened.call('vault.unlock', { passphrase: composed.normalize('NFD') })).state).toBe('unlocked')
  })

  it('answers a wrong passphrase the same way each time', async () => {
    const { call, clock } = await template.open()
    await call('vault.lock')
    for (const guess of ['', 'x'.repeat(1024), 'Lantern orbit velvet thirteen canoe'].map((text) => text || ' ')) {
      const answered = { yet: false }
      const asked = failure(call('vault.unlock', { passphrase: guess })).finally(() => (answered.yet = true))
      while (!answered.yet) {
        await clock.advance(1000)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      expect(await asked).toEqual({ code: 'WRONG_PASSPHRASE', details: {} })
    }
  })

  it('tells the next one to unlock how many guesses were wrong', async () => {
    const { call } = await template.open()
    await call('vault.lock')
    await failure(call('vault.unlock', { passphrase: 'not this one' }))
    await call('vault.unlock', { passphrase })
    const { entries } = await call('ledger.list')
    expect(entries[0]?.act).toEqual({ act: 'vault.unlocked', host: 'cli', by: 'passphrase', failedBefore: 1 })
  })

  it('locks by itself after the minutes that were set, with a warning half a minute before', async () => {
    const { call, clock, events } = await template.open()
    await call('settings.set', noBackups)
    await clock.advance(9 * 60_000 + 29_000)
    expect(events.some(({ event }) => event === 'vault.lockSoon')).toBe(false)
    await clock.advance(1000)
    expect(events.some(({ event }) => event === 'vault.lockSoon')).toBe(true)
    await clock.advance(30_000)
    await expect.poll(async () => (await call('vault.status')).state).toBe('locked')
  })

  it('starts the time anew when the person is there', async () => {
    const { call, clock } = await template.open()
    await clock.advance(9 * 60_000)
    await call('vault.touch')
    await clock.advance(9 * 60_000)
    expect((await call('vault.status')).state).toBe('unlocked')
  })

  it('tells whoever else was warned that it stays open after all, and says nothing of other touches', async () => {
    const { call, clock, events } = await template.open()
    await call('settings.set', noBackups)
    const told = () => events.filter(({ event }) => event === 'vault.changed').length
    const before = told()
    await clock.advance(60_000)
    await call('vault.touch')
    await clock.advance(9 * 60_000 + 30_000)
    expect(events.filter(({ event }) => event === 'vault.lockSoon')).toHaveLength(1)
    expect(told()).toBe(before)
    const { locksAt } = await call('vault.touch')
    await expect.poll(told).toBe(before + 1)
    expect(events.findLast(({ event }) => event === 'vault.changed')?.payload).toMatchObject({ locksAt })
  })

  it('is locked the morning after, though timers stood still while the computer slept', async () => {
    const { call, clock } = await template.open()
    clock.set(new Date(clock.now().getTime() + 8 * 3_600_000))
    expect((await failure(call('vault.touch'))).code).toBe('VAULT_LOCKED')
    expect((await call('vault.status')).state).toBe('locked')
  })

  it('locks when the computer goes to sleep, and says so in the record', async () => {
    const { app, call } = await template.open()
    await app.suspend()
    await call('vault.unlock', { passphrase })
    const { entries } = await call('ledger.list')
    expect(entries.map(({ act }) => act)).toContainEqual({ act: 'vault.locked', why: 'sleep' })
  })
})

describe('changing who can open it', () => {
  it('exchanges the passphrase for somebody who knows the old one', async () => {
    const { call } = await template.open()
    expect((await failure(call('vault.changePassphrase', { current: other, next: other }))).code).toBe(
      'WRONG_PASSPHRASE',
    )
    await call('vault.changePassphrase', { current: passphrase, next: other })
    await call('vault.lock')
    expect((await failure(call('vault.unlock', { passphrase }))).code).toBe('WRONG_PASSPHRASE')
    expect((await call('vault.unlock', { passphrase: other })).state).toBe('unlocked')
  })

  it('opens with the recovery words, in any spacing, and sets a new passphrase', async () => {
    const { call, words } = await template.open()
    await call('vault.lock')
    const typed = words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join('\n')
    expect((await call('vault.recover', { words: typed, passphrase: other })).state).toBe('unlocked')
    await call('vault.lock')
    expect((await call('vault.unlock', { passphrase: other })).state).toBe('unlocked')
  })

  it('names the words that are no recovery words', async () => {
    const { call, words } = await template.open()
    const typed = words.with(4, 'qwertz').join(' ')
    expect(await failure(call('vault.recover', { words: typed, passphrase: other }))).toEqual({
      code: 'NOT_RECOVERY_WORDS',
      details: { count: 24, unknown: ['5'] },
    })
    expect(await failure(call('vault.recover', { words: 'abandon', passphrase: other }))).toMatchObject({
      details: { count: 1 },
    })
  })

  it('refuses the words of another vault', async () => {
    const opened = await template.open()
    const { call } = opened
    const { words } = await draftKit(opened)
    expect((await failure(call('vault.recover', { words: words.join(' '), passphrase: other }))).code).toBe(
      'WRONG_RECOVERY_WORDS',
    )
  })

  it('replaces the recovery kit; the old words stop working and the account stays', async () => {
    const opened = await template.open()
    const { call, words } = opened
    const account = await call('vault.account')
    const fresh = await draftKit(opened)
    await call('vault.renewKit', { passphrase, draft: fresh.draft, retyped: fresh.retyped })
    expect((await failure(call('vault.recover', { words: words.join(' '), passphrase: other }))).code).toBe(
      'WRONG_RECOVERY_WORDS',
    )
    expect((await call('vault.recover', { words: fresh.words.join(' '), passphrase: other })).state).toBe('unlocked')
    expect(await call('vault.account')).toEqual(account)
  })

  it('leads from the same recovery words to the same account', async () => {
    const { call } = await template.open()
    expect((await call('vault.account')).address).toMatch(/^0x[0-9a-fA-F]{40}$/)
  })
})
