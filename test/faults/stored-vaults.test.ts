// Every version that was ever released has left a vault in test/fixtures/vaults. Each opens, whatever has changed since,
// with all its content: by passphrase, by recovery words, and from its own backup.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { migrations } from '../../electron/core/vault/migrate.ts'
import type { LogCheck } from '../../shared/api/ledger.ts'
import { readBlobSha, sha, withDatabase } from './support/beside.ts'
import { type Holding, holdingOf } from './support/library.ts'
import { readFolder, scratchFolder, writeFolder } from './support/scratch.ts'
import { type Subject, codeOfReply, openSubject } from './support/subject.ts'

interface Facts {
  readonly passphrase: string
  readonly words: string
  readonly name: string
  readonly address: string
  readonly acts: number
  readonly blob: string
  readonly text: string
  readonly times: number
  /** Absent in those from before there was one. */
  readonly library?: Holding
}

const stored = join(import.meta.dirname, '../fixtures/vaults')
const versions = readdirSync(stored).filter((name) => /^v\d+$/u.test(name))
const base = join(scratchFolder(), 'work')
let subject: Subject

const open = async (version: string) => {
  const files = readFolder(join(stored, version))
  const facts = JSON.parse(readFileSync(join(stored, version, 'facts.json'), 'utf8')) as Facts
  writeFolder(base, files)
  subject = await openSubject({ base })
  return facts
}

const nothing: Holding = { items: [], versions: [], collections: [], drafts: [] }

const insistOnContent = async (
  { name, address, acts, blob, text, times, library = nothing }: Facts,
  settings: object,
) => {
  expect(await subject.call('vault.status', {})).toMatchObject({ name, notices: [], state: 'unlocked' })
  expect(await subject.call('settings.get', {})).toMatchObject(settings)
  expect(await subject.call('vault.account', {})).toEqual({ address })
  expect((await subject.finish('ledger.verify')).result).toMatchObject({
    brokenAt: null,
    witness: 'agrees',
  } satisfies Partial<LogCheck>)
  expect((await subject.call('ledger.list', {})).total).toBeGreaterThan(acts)
  expect(await holdingOf(subject)).toMatchObject(library)
  expect((await subject.call('search.find', { query: 'plum' })).total).toBe(library.items.length)
  await withDatabase(base, (db, blobs) => {
    expect(readBlobSha(db, blobs, blob)).toBe(sha(text.repeat(times)))
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
}

it('there is a stored vault of every version before the present one', () => {
  expect(versions).toEqual(expect.arrayContaining(migrations.slice(0, -1).map(({ version }) => `v${version}`)))
})

describe('the stored vaults', () => {
  afterEach(() => subject.close())

  it.each(versions)('%s opens with its passphrase and holds everything', async (version) => {
    const facts = await open(version)
    await subject.call('vault.unlock', { passphrase: facts.passphrase })
    await insistOnContent(facts, { autoLockMinutes: 42, singleKeyShortcuts: false, backupEveryDay: false })
  })

  it.each(versions)('%s opens with its recovery words', async (version) => {
    const facts = await open(version)
    await subject.call('vault.recover', { words: facts.words, passphrase: 'a quite different walrus holiday 1911' })
    await insistOnContent(facts, { autoLockMinutes: 42, singleKeyShortcuts: false, backupEveryDay: false })
  })

  it.each(versions)('%s is restored from its backup', async (version) => {
    const facts = await open(version)
    const [backup] = await subject.call('backups.list', {})
    await subject.finish('backups.restore', { id: backup?.id ?? '', passphrase: facts.passphrase })
    // As it was when the backup was made, before the last change.
    await insistOnContent(facts, { autoLockMinutes: 42, singleKeyShortcuts: false, backupEveryDay: true })
  })

  it.each(versions)('%s opens with nothing else: the suite can fail', async (version) => {
    const facts = await open(version)
    expect(codeOfReply(await subject.attempt('vault.unlock', { passphrase: `${facts.passphrase}s` }))).toBe(
      'WRONG_PASSPHRASE',
    )
  })
})
