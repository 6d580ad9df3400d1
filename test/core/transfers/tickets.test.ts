// What goes out is fetched once, soon, and from an open vault.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bring, uploaded } from '../imports/support.ts'
import { type TestApp, vaultTemplate } from '../support.ts'

const vault = vaultTemplate()
beforeAll(vault.make)
afterAll(vault.remove)

const plan = randomBytes(300_000)
const mail = [
  'From: Ada <ada@example.org>',
  'Subject: The boat',
  'Date: Mon, 3 Mar 2025 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=part',
  '',
  '--part',
  'Content-Type: text/plain',
  '',
  'The plan is attached.',
  '--part',
  'Content-Type: application/octet-stream',
  'Content-Disposition: attachment; filename=plan.bin',
  'Content-Transfer-Encoding: base64',
  '',
  plan.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  '--part--',
  '',
].join('\r\n')

/** A vault with a file in it, and a fresh ticket for it each time. */
async function openWithFile(): Promise<TestApp & { readonly ticket: () => Promise<string> }> {
  const app = await vault.open()
  await bring(app, await uploaded(app, { 'boat.eml': mail }))
  const { rows } = await app.call('library.list')
  const { attachments } = await app.call('library.get', { id: rows[0]?.id ?? '' })
  const ticket = async () => (await app.call('library.openAttachment', { id: attachments[0]?.id ?? '' })).ticket
  return { ...app, ticket }
}

describe('a ticket', () => {
  it('fetches its file once', async () => {
    const { app, ticket } = await openWithFile()
    const given = await ticket()
    const file = app.files.take(given)
    const pieces: Uint8Array[] = []
    for await (const piece of file?.chunks() ?? []) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(plan)).toBe(true)
    expect(app.files.take(given)).toBeUndefined()
    expect(app.files.take('A'.repeat(32))).toBeUndefined()
  })

  it('is good for ten minutes', async () => {
    const { app, clock, call, ticket } = await openWithFile()
    const [first, second] = [await ticket(), await ticket()]
    await clock.advance(9 * 60_000)
    await call('vault.touch')
    await clock.advance(60_000)
    expect(app.files.take(first)).toBeDefined()
    await clock.advance(1)
    expect(app.files.take(second)).toBeUndefined()
  })

  /** Of an export, the file of which has a key of its own. */
  const exported = async ({ call, finished }: TestApp): Promise<string> => {
    const { result } = await finished(await call('exports.start', { kind: 'readable' }))
    return result !== null && 'ticket' in result ? result.ticket : ''
  }

  it.each([
    ['an attachment', ({ ticket }: Awaited<ReturnType<typeof openWithFile>>) => ticket()],
    ['an export', exported],
  ])('of %s is good for nothing once the vault was locked, and what is being fetched stops there', async (_, make) => {
    const opened = await openWithFile()
    const { app, call } = opened
    const given = await make(opened)
    const pieces = app.files.take(await make(opened))?.chunks() ?? []
    const seen: number[] = []
    const reading = async () => {
      for await (const piece of pieces) {
        seen.push(piece.length)
        if (seen.length === 1) await call('vault.lock')
      }
    }
    await expect(reading()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(seen.reduce((sum, length) => sum + length, 0)).toBeLessThan(plan.length)
    expect(app.files.take(given)).toBeUndefined()
  })
})
