import { createHash } from 'node:crypto'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { LogCheck } from '../../../shared/api/ledger.ts'
import { link } from '../../../electron/core/ledger/chain.ts'
import { createLedger } from '../../../electron/core/ledger/ledger.ts'
import { foundation } from '../../../electron/core/vault/migrations/0010-foundation.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openTestApp, passphrase, plansOf, readJson, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

/** A ledger on a database of its own, so that a test can do to it what the api does not allow. */
function bareLedger() {
  const db = new Database(':memory:')
  db.exec(foundation.sql)
  const openVault = {
    vault: '7e1f3f0c-8a51-4d3e-9e0a-000000000001',
    db,
    master: Buffer.alloc(32, 1),
    witnessKey: Buffer.alloc(32, 2),
  }
  const clock = createFakeClock()
  const ledger = createLedger({
    openVault: () => openVault,
    clock,
    log: { write: () => {} },
    stateFolder: temporaryFolder(),
    emit: () => {},
  })
  const fill = (count: number) =>
    ledger.record(
      Array.from({ length: count }, () => ({ act: 'vault.locked', why: 'person' }) as const),
      () => {},
    )
  const tamper = (sql: string) => {
    db.exec('DROP TRIGGER ledger_keeps_rows; DROP TRIGGER ledger_keeps_text')
    db.exec(sql)
  }
  return { db, ledger, fill, tamper }
}

describe('the record of acts', () => {
  it('tells what was done, newest first, page by page', async () => {
    const { call } = await template.open()
    await call('settings.set', { autoLockMinutes: 5 })
    const page = await call('ledger.list', { limit: 2 })
    expect(page.entries.map(({ act }) => act)).toEqual([
      { act: 'settings.changed', setting: 'autoLockMinutes', from: 10, to: 5 },
      { act: 'vault.unlocked', host: 'cli', by: 'passphrase', failedBefore: 0 },
    ])
    const next = await call('ledger.list', { before: page.entries[1]?.seq, limit: 50 })
    expect(next.entries.at(-1)?.act).toEqual({ act: 'vault.created', host: 'cli' })
    expect(page.total).toBe(page.entries.length + next.entries.length)
  })

  it('can be computed again by anyone from its entries and the id of the vault', async () => {
    const { call, folder } = await template.open()
    const { vault } = readJson(join(folder, 'vault.keys'), z.object({ vault: z.string() }))
    let previous = createHash('sha256').update(`mindkeep/ledger/v1\0${vault}`).digest('hex')
    for (const { seq, at, act, hash } of (await call('ledger.list')).entries.toReversed()) {
      const sorted = Object.fromEntries(Object.entries(act).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      const text = JSON.stringify({ act: sorted, at, format: 'mindkeep/ledger/v1', previous, seq })
      previous = createHash('sha256').update(text).digest('hex')
      expect(hash).toBe(previous)
    }
  })

  it('makes a change and its record together or not at all', () => {
    const { db, ledger } = bareLedger()
    const breaking = () => {
      db.prepare("INSERT INTO settings VALUES ('a', '1')").run()
      throw new Error('half way')
    }
    expect(() => ledger.record({ act: 'kit.renewed' }, breaking)).toThrow('half way')
    expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(0)
    expect(ledger.list({ limit: 10 })).toEqual({ entries: [], total: 0 })
  })

  it('can say in its act what came of the change', () => {
    const { db, ledger } = bareLedger()
    const change = () => db.prepare("INSERT INTO settings VALUES ('a', '1'), ('b', '2')").run().changes
    const result = ledger.record((rows) => ({ act: 'log.rollback-seen', expected: rows, found: 0 }), change)
    expect(result).toBe(2)
    expect(ledger.list({ limit: 1 }).entries[0]?.act).toEqual({ act: 'log.rollback-seen', expected: 2, found: 0 })
  })

  it('refuses a change that is not over when it returns, and keeps nothing of it', () => {
    const { db, ledger } = bareLedger()
    const late = async () => {
      db.prepare("INSERT INTO settings VALUES ('a', '1')").run()
    }
    expect(() => ledger.record({ act: 'kit.renewed' }, late)).toThrow('returned a promise')
    expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(0)
    expect(ledger.list({ limit: 10 })).toEqual({ entries: [], total: 0 })
  })

  it('lists and verifies an act of another version, which it cannot put into words', async () => {
    const { db, ledger, fill } = bareLedger()
    fill(2)
    const entry = { seq: 3, at: '2026-01-15T09:00:00.000Z', act: { act: 'item.shared', with: ['Zoë', 2] } }
    const previous = db.prepare('SELECT hash FROM ledger WHERE seq = 2').pluck().get() as Buffer
    const text = JSON.stringify(entry.act)
    db.prepare('INSERT INTO ledger VALUES (?, ?, ?, ?)').run(3, entry.at, text, link(previous, entry))
    fill(1)
    expect(await ledger.verify()).toMatchObject({ entries: 4, brokenAt: null, witness: 'agrees' })
    expect(ledger.list({ limit: 2 }).entries.map(({ act }) => act)).toEqual([
      { act: 'vault.locked', why: 'person' },
      { act: 'unknown', text },
    ])
  })

  it('cannot be changed or shortened through the database', () => {
    const { db, fill } = bareLedger()
    fill(3)
    expect(() => db.exec("UPDATE ledger SET at = 'x' WHERE seq = 2")).toThrow('append-only')
    expect(() => db.exec('DELETE FROM ledger WHERE seq = 3')).toThrow('append-only')
  })

  it.each([
    ['an entry was reworded', `UPDATE ledger SET act = '{"act":"vault.locked","why":"idle"}' WHERE seq = 4`, 4],
    ['a time was moved', "UPDATE ledger SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1", 1],
    ['an entry was taken out', 'DELETE FROM ledger WHERE seq = 3', 3],
    [
      'two entries were exchanged',
      'UPDATE ledger SET seq = -1 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = -1',
      2,
    ],
    ['an entry became nonsense', `UPDATE ledger SET act = '[]' WHERE seq = 5`, 5],
    [
      'an entry says two things, of which readers choose one',
      `UPDATE ledger SET act = '{"act":"vault.locked","why":"idle","why":"person"}' WHERE seq = 2`,
      2,
    ],
  ])('finds where %s', async (_what, sql, brokenAt) => {
    const { ledger, fill, tamper } = bareLedger()
    fill(6)
    tamper(sql)
    expect(await ledger.verify()).toMatchObject({ brokenAt })
  })

  it('notices by its witness that the end was cut off', async () => {
    const { ledger, fill, tamper } = bareLedger()
    fill(6)
    tamper('DELETE FROM ledger WHERE seq > 4')
    expect(await ledger.verify()).toMatchObject({ brokenAt: null, witness: 'disagrees' })
    expect(ledger.rollback()).toEqual({ expected: 6, found: 4 })
  })

  it('verifies long records in batches, letting others be answered in between', async () => {
    const { ledger, fill } = bareLedger()
    fill(4500)
    const paces: number[] = []
    const check = await ledger.verify({ onProgress: (done) => paces.push(done), pace: async () => {} })
    expect(check).toMatchObject({ entries: 4500, brokenAt: null, witness: 'agrees' })
    expect(paces).toEqual([2000, 4000, 4500])
  })

  it('reads its hot queries by the primary key', async () => {
    const { db, ledger, fill } = bareLedger()
    fill(3)
    const plans = await plansOf(db, async () => {
      ledger.list({ before: 3, limit: 9 })
      ledger.rollback()
      fill(1)
      await ledger.verify()
    })
    expect(plans.map(({ sql }) => sql)).toEqual(
      expect.arrayContaining([expect.stringContaining('seq < ?'), expect.stringContaining('seq > ?')]),
    )
    for (const { sql, steps } of plans.filter((one) => one.sql.startsWith('SELECT'))) {
      expect(steps, sql).toEqual([expect.stringMatching(/^(SEARCH|SCAN) ledger( USING INTEGER PRIMARY KEY|$)/u)])
      // Only the newest entry is read without a place to start at: the end of the table itself.
      expect(steps.some((step) => step.startsWith('SCAN'))).toBe(sql.includes('ORDER BY seq DESC LIMIT 1'))
    }
  })
})

describe('the witness', () => {
  it('warns when an old vault was put back in place of the present one, until it is dismissed', async () => {
    const { app, call, folder, stateFolder } = await template.open()
    const old = temporaryFolder()
    await call('vault.lock')
    cpSync(folder, old, { recursive: true })
    await call('vault.unlock', { passphrase })
    await call('settings.set', { autoLockMinutes: 77 })
    await app.close()
    rmSync(folder, { recursive: true })
    cpSync(old, folder, { recursive: true })
    const again = await openTestApp({ folder, stateFolder })
    const status = await again.call('vault.unlock', { passphrase })
    expect(status.notices).toMatchObject([{ kind: 'log-rolled-back' }])
    expect((await again.call('ledger.list')).entries[0]?.act).toMatchObject({ act: 'log.rollback-seen' })
    // The mark is of the old vault by now; whoever asks hears what was seen all the same.
    const witness = async () => ((await again.finished(await again.call('ledger.verify'))).result as LogCheck).witness
    expect(await witness()).toBe('disagrees')
    expect((await again.call('vault.dismissNotice', { kind: 'log-rolled-back' })).notices).toEqual([])
    expect(await witness()).toBe('agrees')
  })

  it('is silent about a vault that is new to this computer', async () => {
    const { app, folder } = await template.open()
    await app.close()
    const elsewhere = await openTestApp({ folder })
    expect((await elsewhere.call('vault.unlock', { passphrase })).notices).toEqual([])
  })

  it('is not fooled by a forged or torn file: that is a missing witness, not an agreeing one', async () => {
    const { call, finished, stateFolder, folder } = await template.open()
    const { vault } = readJson(join(folder, 'vault.keys'), z.object({ vault: z.string() }))
    const path = join(stateFolder, 'heads', `${vault}.json`)
    const genuine = readJson(path, z.object({ seq: z.int(), hash: z.string(), mac: z.string() }))
    for (const forged of [JSON.stringify({ ...genuine, seq: 1 }), '{"seq":', '']) {
      writeFileSync(path, forged)
      expect((await finished(await call('ledger.verify'))).result).toMatchObject({ witness: 'missing' })
    }
  })
})
