// A key file that is damaged, from the future, unsafe, or simply not opened by what was typed. The vault is never the worse
// for it: sound copies repair damaged ones, and what must not be used is left as it is, byte for byte.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../electron/core/ports.ts'
import type { Reply } from '../../shared/api/api.ts'
import { type KeyFile, createKeyFiles, exchangeKeys, formatKeyFile } from '../../electron/core/vault/keys/keyfile.ts'
import { type FakeClock, createFakeClock } from '../support/fake-clock.ts'
import { readKeys, withDatabase } from './support/beside.ts'
import { wrongWith, type Kept, keptNow } from './support/kept.ts'
import { migrations } from '../../electron/core/vault/migrate.ts'
import { jobEnded } from '../support/jobs.ts'
import { createRandom, seedOf } from '../support/random.ts'
import { readFolder, scratchFolder, writeFolder } from './support/scratch.ts'
import { codeOfReply, firstPassphrase, foldersOf, makeVault, openStore, openSubject } from './support/subject.ts'

const seed = seedOf('keys')
const root = scratchFolder()
const base = join(root, 'work')
const first = join(foldersOf(base).folder, 'vault.keys')
const second = `${first}.bak`

let files: ReadonlyMap<string, Buffer>
let kept: Kept
let backup = ''
let words: readonly string[] = []

beforeAll(async () => {
  const subject = await openSubject({ base })
  words = await makeVault(subject)
  await subject.call('settings.set', { autoLockMinutes: 33 })
  const { result } = await subject.finish('backups.create')
  backup = (result as { backup: string }).backup
  kept = await keptNow(subject, { passphrase: firstPassphrase, blobs: [] })
  await subject.close()
  files = readFolder(base)
})

const anew = () => writeFolder(base, files)
const unlocked = async (passphrase = firstPassphrase, secretStore: SecretStore = openStore) => {
  const subject = await openSubject({ base, secretStore })
  const reply = await subject.attempt('vault.unlock', { passphrase })
  return { subject, reply, code: codeOfReply(reply) }
}
const damaged = (bytes: Buffer) => {
  const random = createRandom(seed)
  const changed = Buffer.from(bytes)
  changed[random.int(bytes.length - 20)] = 0
  return changed
}
/** As somebody writes it who knows how to make the checksum right. */
const forge = (changes: Partial<KeyFile>) => {
  const forged = formatKeyFile({ ...readKeys(base), ...changes })
  for (const path of [first, second]) writeFileSync(path, forged)
}

describe('a damaged key file', () => {
  it.each([
    ['first', first, second],
    ['second', second, first],
  ])('is replaced from the other copy where it is the %s, and that is said once', async (_which, broken, sound) => {
    anew()
    const bytes = readFileSync(sound)
    writeFileSync(broken, damaged(bytes))
    const { subject, reply } = await unlocked()
    expect(reply).toMatchObject({ ok: true, value: { notices: [{ kind: 'keys-repaired' }] } })
    expect(readFileSync(broken)).toEqual(bytes)
    expect(readFileSync(sound)).toEqual(bytes)
    const { entries } = await subject.call('ledger.list', {})
    expect(entries.filter(({ act }) => act.act === 'keys.repaired')).toHaveLength(1)
    await subject.call('vault.dismissNotice', { kind: 'keys-repaired' })
    await subject.call('vault.lock', {})
    expect((await subject.call('vault.unlockWithDevice', {})).notices).toEqual([])
    await subject.close()
  })

  it('is made again where one copy is gone', async () => {
    anew()
    rmSync(second)
    const { subject, code } = await unlocked()
    expect(code).toBe('fine')
    expect(readFileSync(second)).toEqual(readFileSync(first))
    await subject.close()
  })

  it('opens nothing where both are damaged, and a backup brings the vault back with everything', async () => {
    anew()
    for (const path of [first, second]) writeFileSync(path, damaged(readFileSync(path)))
    const { subject, code } = await unlocked()
    expect(code).toBe('KEYS_DAMAGED')
    const status = await subject.attempt('vault.status')
    expect(codeOfReply(status)).toBe('KEYS_DAMAGED')
    expect((await subject.call('backups.list', {})).map(({ id }) => id)).toContain(backup)
    await subject.finish('backups.restore', { id: backup, passphrase: firstPassphrase })
    expect(await subject.call('settings.get', {})).toMatchObject({ autoLockMinutes: 33 })
    await subject.close()
    anew()
    expect(await wrongWith({ base, kept })).toEqual([])
  })
})

describe('a change of the key file', () => {
  it('is undone where the act it belongs to fails after it', () => {
    anew()
    const before = readFolder(base)
    const from = readKeys(base)
    const failing = () =>
      exchangeKeys(createKeyFiles(foldersOf(base)), { from, to: { ...from, device: null } }, (put) => {
        put()
        throw new Error('the disk is full')
      })
    expect(failing).toThrow('the disk is full')
    expect(sameFiles(readFolder(base), before)).toEqual([])
  })
})

describe('a vault from the future', () => {
  it('is left untouched, byte for byte, where its key file says so', async () => {
    anew()
    const future = readFileSync(first, 'utf8').replace('"version": 1', '"version": 2')
    for (const path of [first, second]) writeFileSync(path, future)
    const before = readFolder(base)
    const { subject, code } = await unlocked()
    expect(code).toBe('VAULT_FROM_FUTURE')
    expect(codeOfReply(await subject.attempt('vault.unlockWithDevice'))).toBe('VAULT_FROM_FUTURE')
    expect(
      codeOfReply(await subject.attempt('vault.recover', { words: words.join(' '), passphrase: firstPassphrase })),
    ).toBe('VAULT_FROM_FUTURE')
    await subject.close()
    expect(sameFiles(readFolder(base), before)).toEqual([])
  })

  it('is left untouched where its database says so', async () => {
    anew()
    await withDatabase(base, (db) => db.pragma('user_version = 99999'))
    const before = readFolder(base)
    const { subject, code } = await unlocked()
    expect(code).toBe('VAULT_FROM_FUTURE')
    await subject.close()
    expect(sameFiles(readFolder(base), before)).toEqual([])
  })

  it('does not take the place of a vault, where it is a backup', async () => {
    anew()
    await withDatabase(base, (db) => db.pragma('user_version = 99999'))
    const newer = await openSubject({ base })
    // Made by the newer Mindkeep.
    await withDatabase(base, (db) => db.pragma(`user_version = ${migrations.at(-1)?.version}`))
    await newer.call('vault.unlock', { passphrase: firstPassphrase })
    await withDatabase(base, (db) => db.pragma('user_version = 99999'))
    const { result } = await newer.finish('backups.create')
    await withDatabase(base, (db) => db.pragma(`user_version = ${migrations.at(-1)?.version}`))
    const { job } = await newer.call('backups.restore', {
      id: (result as { backup: string }).backup,
      passphrase: firstPassphrase,
    })
    expect(await jobEnded(() => newer.call('jobs.list', {}), job)).toMatchObject({
      state: 'failed',
      error: { code: 'VAULT_FROM_FUTURE' },
    })
    expect((await newer.call('settings.get', {})).autoLockMinutes).toBe(33)
    await newer.close()
  })
})

describe('a forged key file', () => {
  it.each([
    ['cheaper to attack', { memoryKiB: 1024, passes: 1 }, 'UNSAFE_KEY_SETTINGS'],
    ['one pass only', { memoryKiB: 19 * 1024, passes: 1 }, 'UNSAFE_KEY_SETTINGS'],
    ['64 GiB for one guess', { memoryKiB: 64 * 1024 * 1024, passes: 3 }, 'UNSAFE_KEY_SETTINGS'],
    ['a thousand passes', { memoryKiB: 64 * 1024, passes: 1000 }, 'UNSAFE_KEY_SETTINGS'],
    ['other settings within the bounds', { memoryKiB: 20 * 1024, passes: 2 }, 'WRONG_PASSPHRASE'],
  ])('does not change how a passphrase is checked: %s', async (_what, settings, code) => {
    anew()
    const { passphrase } = readKeys(base)
    forge({ passphrase: { ...passphrase, stretching: { ...passphrase.stretching, ...settings } } })
    const { subject, code: found } = await unlocked()
    expect(found).toBe(code)
    await subject.close()
  })

  it.each([
    ['the vault', { vault: '00000000-0000-4000-8000-000000000000' }, 'WRONG_PASSPHRASE'],
    ['the cipher', { cipher: 'chacha20' as const }, 'VAULT_DAMAGED'],
    ['the salt of the database', { databaseSalt: Buffer.alloc(32, 1).toString('base64') }, 'VAULT_DAMAGED'],
    ['a replacement that never was', { nextDatabaseSalt: Buffer.alloc(32, 1).toString('base64') }, 'VAULT_DAMAGED'],
  ])('does not open under another %s', async (_what, changes, code) => {
    anew()
    forge(changes)
    const { subject, code: found } = await unlocked()
    expect(found).toBe(code)
    await subject.close()
  })

  it('can give the vault another name and date, which nothing vouches for: they are labels, and said so', async () => {
    anew()
    forge({ name: 'Another name', createdAt: '2001-01-01T00:00:00.000Z' })
    const { subject, reply } = await unlocked()
    expect(reply).toMatchObject({ ok: true, value: { name: 'Another name', notices: [] } })
    await subject.close()
  })
})

describe('a wrong passphrase', () => {
  it('gets the same answer each time, more slowly each time, and leaves nothing behind', async () => {
    anew()
    const clock = createFakeClock()
    const subject = await openSubject({ base, clock })
    const before = readFolder(base)
    const answers = new Set<string>()
    const delays: number[] = []
    for (const passphrase of [
      'x',
      'a long wrong passphrase',
      firstPassphrase.toUpperCase(),
      `${firstPassphrase} `,
      'ü'.repeat(1024),
      'again',
      'once more',
    ]) {
      const { reply, waited } = await slowed(clock, subject.attempt('vault.unlock', { passphrase }))
      answers.add(JSON.stringify(reply))
      delays.push(waited)
    }
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toContain('WRONG_PASSPHRASE')
    expect(delays[0]).toBe(0)
    for (const [index, delay] of delays.entries()) if (index > 1) expect(delay).toBeGreaterThan(delays[index - 1] ?? 0)
    expect(sameFiles(readFolder(base), before)).toEqual([])

    expect(codeOfReply(await subject.attempt('vault.unlockWithDevice'))).toBe('fine')
    const { entries } = await subject.call('ledger.list', { limit: 1 })
    expect(entries[0]?.act).toMatchObject({ act: 'vault.unlocked', failedBefore: delays.length })
    await subject.close()
  })
})

describe('the device key', () => {
  const broken: Readonly<Record<string, SecretStore>> = {
    'a keychain that was reset': { ...openStore, open: async () => Promise.reject(new Error('not found')) },
    'another secret': { ...openStore, open: async () => new Uint8Array(32) },
    'a secret cut short': { ...openStore, open: async (sealed) => sealed.subarray(0, 16) },
    nothing: { ...openStore, open: async () => new Uint8Array(0) },
  }
  it.each(Object.entries(broken))('falls through to the passphrase: %s', async (_what, secretStore) => {
    anew()
    const subject = await openSubject({ base, secretStore })
    expect(codeOfReply(await subject.attempt('vault.unlockWithDevice'))).toBe('DEVICE_KEY_FAILED')
    expect(codeOfReply(await subject.attempt('vault.unlock', { passphrase: firstPassphrase }))).toBe('fine')
    await subject.close()
  })
})

describe('the comparison of folders', () => {
  it('would notice a write: the suite can fail', async () => {
    anew()
    const before = readFolder(base)
    const { subject } = await unlocked()
    await subject.close()
    expect(sameFiles(readFolder(base), before)).not.toEqual([])
  })
})

/** The guess itself takes real time; the delay after it is the clock's, and is measured by it. */
async function slowed(clock: FakeClock, asked: Promise<Reply>): Promise<{ reply: Reply; waited: number }> {
  for (let waited = 0; ; ) {
    const reply = await Promise.race([asked, pause(15, undefined)])
    if (reply !== undefined) return { reply, waited }
    if (clock.pending() === 0) continue
    await clock.advance(250)
    waited += 250
  }
}

/** Names of files that differ. Whose turn it is to open the vault is kept in `lock`, and its log is emptied on closing. */
function sameFiles(found: ReadonlyMap<string, Buffer>, before: ReadonlyMap<string, Buffer>): string[] {
  const names = new Set([...found.keys(), ...before.keys()])
  return [...names].filter(
    (name) => name !== 'vault/lock' && !(found.get(name)?.equals(before.get(name) ?? Buffer.alloc(1)) ?? false),
  )
}
