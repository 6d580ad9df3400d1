// How an export is made: what people and programs can read in it, what lies on the disk meanwhile, and what is left when
// it ends early.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ics } from '../../../electron/core/imports/reader/formats/ics.ts'
import { mbox } from '../../../electron/core/imports/reader/formats/mbox.ts'
import { vcard } from '../../../electron/core/imports/reader/formats/vcard.ts'
import { exported } from '../../../shared/api/exports.ts'
import { readAll } from '../imports/reader/support.ts'
import { failure, passphrase, vaultTemplate } from '../support.ts'
import { fill, filesIn, lock, secretWords, takeOut } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const everyFile = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))

describe('a readable export', () => {
  it('has copies that other programs read', async () => {
    const app = await template.open()
    await fill(app)
    const out = await takeOut(app)
    const files = await filesIn(out.path)
    const text = (path: string) => files.get(path)?.toString('utf8') ?? ''
    expect([...files.keys()][0]).toBe('mimetype')
    expect(readFileSync(out.path).subarray(30, 73).toString('latin1')).toContain('application/vnd.mindkeep')

    const events = await readAll(ics, { 'calendar.ics': text('calendar.ics') })
    expect(events.problems).toEqual([])
    expect(events.items.map(({ title }) => title).toSorted()).toEqual(['Coffee 1', 'Tea 0'])
    const contacts = await readAll(vcard, { 'contacts.vcf': text('contacts.vcf') })
    expect(contacts.problems).toEqual([])
    expect(contacts.items[0]).toMatchObject({ title: 'Grete Ölberg', facts: { birthday: '1985-04-12' } })
    const mails = await readAll(mbox, { 'mail.mbox': text('mail.mbox') })
    expect(mails.problems).toEqual([])
    expect(mails.items).toHaveLength(1)
    expect(mails.items[0]).toMatchObject({
      title: 'The plan',
      body: expect.stringContaining('\nFrom here on it gets better.'),
    })

    const notes = [...files].filter(([path]) => path.startsWith('notes/'))
    expect(notes).toHaveLength(3)
    // Two came without a date, and were created, as far as anybody knows, when they were added.
    for (const [, note] of notes) expect(note.toString('utf8')).toMatch(/\ncreated: "?2026-01-15T/)
    const own = notes.find(([path]) => path.includes('Own'))?.[1].toString('utf8') ?? ''
    expect(own).toMatch(/^---\nid: "[0-9a-f]{32}"\ntitle: "Own: \\"words\\""\n/)
    expect(own).toContain(
      '\nlevel: "secret"\ntags: ["Mine"]\ncollections: ["Kept"]\n---\nSecond quicksilver-hedgehog, *better*\n',
    )
  })

  it('gives files names that lead nowhere and hide nothing, and keeps what they hold', async () => {
    const app = await template.open()
    await fill(app)
    const files = await filesIn((await takeOut(app)).path)
    const attachments = [...files].filter(([path]) => path.startsWith('attachments/'))
    expect(attachments.map(([path]) => path)).toEqual([
      expect.stringMatching(/^attachments\/[0-9a-f]{32} [^/\\\u202E]*txt\.plan\.pdf$/),
    ])
    expect(attachments[0]?.[1].toString()).toBe(`%PDF of ${secretWords}`)
  })

  it('lies on the disk sealed until it is fetched, and is gone after that', async () => {
    const app = await template.open()
    await fill(app)
    const job = await app.finished(await app.call('exports.start', { kind: 'readable' }))
    const { ticket } = exported.parse(job.result)
    const outgoing = join(app.folder, 'outgoing')
    expect(readdirSync(outgoing)).toHaveLength(1)
    for (const bytes of everyFile(app.folder)) {
      for (const word of [secretWords, 'records/items', 'Grete']) expect(bytes.includes(word)).toBe(false)
    }
    const file = app.app.files.take(ticket)
    const parts: Uint8Array[] = []
    for await (const piece of file?.chunks() ?? []) parts.push(piece)
    file?.over?.()
    expect(Buffer.concat(parts).length).toBe(file?.bytes)
    expect(readdirSync(outgoing)).toEqual([])
    expect(app.app.files.take(ticket)).toBeUndefined()
  })

  it('that nobody fetched is gone with the lock', async () => {
    const app = await template.open()
    await fill(app)
    await app.finished(await app.call('exports.start', { kind: 'readable' }))
    await app.call('vault.lock')
    expect(readdirSync(join(app.folder, 'outgoing'))).toEqual([])
  })
})

describe('a locked export', () => {
  it('holds nothing in the clear, and neither does anything else on the disk', async () => {
    const app = await template.open()
    await fill(app)
    const { path } = await takeOut(app, { kind: 'locked', passphrase: lock })
    for (const bytes of [readFileSync(path), ...everyFile(app.folder), ...everyFile(app.stateFolder)]) {
      for (const word of [secretWords, 'records/items', 'manifest.json', 'Grete', lock])
        expect(bytes.includes(word)).toBe(false)
    }
    expect(readFileSync(path).subarray(0, 26).toString()).toBe('mindkeep/locked-export/v1\n')
  })

  it('needs a passphrase that is hard to guess', async () => {
    const app = await template.open()
    expect((await failure(app.call('exports.start', { kind: 'locked', passphrase: 'password' }))).code).toBe(
      'WEAK_PASSPHRASE',
    )
  })
})

describe('an export that ends early', () => {
  it('leaves nothing behind when it is stopped or the vault is locked', async () => {
    const app = await template.open()
    await fill(app)
    const stopped = await app.call('exports.start', { kind: 'readable' })
    await app.call('jobs.cancel', { id: stopped.job })
    expect((await app.finished(stopped)).state).toBe('cancelled')
    expect(namesIn(join(app.folder, 'outgoing'))).toEqual([])
    const { entries } = await app.call('ledger.list')
    expect(entries.map(({ act }) => act.act)).not.toContain('export.made')

    await app.call('exports.start', { kind: 'readable' })
    await vi.waitFor(() => expect(namesIn(join(app.folder, 'outgoing'))).not.toEqual([]), { interval: 1 })
    await app.call('vault.lock')
    expect(await app.call('jobs.list')).toEqual([])
    await vi.waitFor(() => expect(namesIn(join(app.folder, 'outgoing'))).toEqual([]))
    await app.call('vault.unlock', { passphrase })
    expect((await app.call('library.list')).rows).not.toEqual([])
  })

  it('clears away what a crash left behind, and nothing else', async () => {
    const app = await template.open()
    await app.finished(await app.call('exports.start', { kind: 'readable' }))
    const outgoing = join(app.folder, 'outgoing')
    writeFileSync(join(outgoing, 'a1'.repeat(16)), 'left')
    writeFileSync(join(outgoing, 'notes of somebody.txt'), 'not ours')
    await app.call('vault.lock')
    await app.call('vault.unlock', { passphrase })
    expect(readdirSync(outgoing)).toEqual(['notes of somebody.txt'])
  })
})

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    // It was never made.
    return []
  }
}
