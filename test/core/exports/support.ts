// A vault with something of everything in it, what goes out of it, and what comes back.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Exported, broughtBack, exported } from '../../../shared/api/exports.ts'
import type { Input } from '../../../shared/api/api.ts'
import { recordTypeNames } from '../../../electron/core/exports/record-types.ts'
import { openArchive } from '../../../electron/core/exports/container.ts'
import { openPlainFile } from '../../../electron/core/random-access.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { bring, calendar, uploaded } from '../imports/support.ts'
import { type ZipEntry, zipOf } from '../imports/reader/archives/zips.ts'
import type { TestApp } from '../support.ts'

export const lock = 'walnut cipher meadow eleven trumpet'
export const secretWords = 'quicksilver-hedgehog'

const mail = (subject: string) =>
  [
    'From ada@example.org Mon Jun  2 10:00:00 2025',
    'From: Ada <ada@example.org>',
    'To: Grete <grete@example.org>',
    `Subject: ${subject}`,
    'Date: Mon, 2 Jun 2025 10:00:00 +0200',
    'Message-ID: <one@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'See the plan.',
    'From here on it gets better.',
    '--b',
    'Content-Type: application/pdf',
    'Content-Disposition: attachment; filename="../../\u202Etxt.plan.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`%PDF of ${secretWords}`).toString('base64'),
    '--b--',
    '',
    '',
  ].join('\r\n')

const contact = [
  'BEGIN:VCARD',
  'VERSION:4.0',
  'UID:grete',
  'FN:Grete Ölberg',
  'EMAIL;TYPE=work:grete@example.org',
  'BDAY:19850412',
  'END:VCARD',
  '',
].join('\r\n')

const dated = (text: string) => `---\ntags: [garden]\n---\n# Roses\n\n${text} [[Tulips]]\n`

/** Every table that goes out has a row in it. */
export async function fill(app: TestApp): Promise<void> {
  const files = {
    'Diary/Roses.md': dated('Cut them back.'),
    'Diary/Tulips.md': '# Tulips\n\nRed ones.\n',
    'cal.ics': calendar(3),
    'people.vcf': contact,
    'in.mbox': mail('The plan'),
    'broken.bin': '\0\u0001\u0002',
  }
  await bring(app, await uploaded(app, files))
  await bring(app, await uploaded(app, { 'cal.ics': calendar(3).replace('Tea 1', 'Coffee 1') }))
  const { id } = await app.call('library.writeNote', { title: 'Own: "words"', body: `First ${secretWords}` })
  await app.call('library.writeNote', { id, title: 'Own: "words"', body: `Second ${secretWords}, *better*` })
  await app.call('library.saveDraft', { name: id, title: 'Own', body: 'Third' })
  await app.call('library.tag', { which: { ids: [id] }, add: ['Mine'] })
  await app.call('library.setLevel', { which: { ids: [id] }, level: 'secret' })
  await app.call('library.collect', { which: { ids: [id] }, add: [{ name: 'Kept' }] })
  const { rows } = await app.call('library.list', { filter: { types: ['event'] } })
  await app.call('library.trash', { which: { ids: rows.slice(0, 1).map((row) => row.id) } })
  await app.call('settings.set', { autoLockMinutes: 25 })
}

const trip = (summary: string) =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:trip@example.org',
    'DTSTART;TZID=America/New_York:20250602T100000',
    'DTEND;TZID=America/New_York:20250602T120000',
    `SUMMARY:${summary}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')

const bookings = [
  '<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>',
  '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250602<TRNAMT>-5.00<FITID>1<NAME>Tea</STMTTRN>',
  '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>some day<TRNAMT>-6.00<FITID>2<NAME>Cake</STMTTRN>',
  '</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>',
].join('\n')

const talk = JSON.stringify({
  name: 'Grete',
  type: 'personal_chat',
  id: 1,
  messages: [
    { id: 1, type: 'service', date: '2025-06-02T10:00:00', actor: 'Grete', action: 'pin_message' },
    { id: 2, type: 'message', date: '2025-06-02T10:01:00', from: 'Grete', from_id: 'user1', text: 'Hello' },
  ],
})

/** Every field of every table that goes out says something in one row at least. */
export async function fillEveryField(app: TestApp): Promise<void> {
  await fill(app)
  for (const summary of ['Walk', 'Walk in the park', 'Walk by the sea'])
    await bring(app, await uploaded(app, { 'trip.ics': trip(summary) }))
  await bring(app, await uploaded(app, { 'bank.ofx': bookings, 'result.json': talk }))
  await app.finished(await app.call('imports.addSample'))
}

export interface Out {
  readonly path: string
  readonly result: Exported
}

export const takeOut = async (app: TestApp, wish: Input<'exports.start'> = { kind: 'readable' }): Promise<Out> =>
  fetched(app, await app.call('exports.start', wish))

export async function fetched(app: TestApp, started: { readonly job: string }): Promise<Out> {
  const job = await app.finished(started)
  expect(job.error).toBeNull()
  const result = exported.parse(job.result)
  const file = app.app.files.take(result.ticket)
  if (file === undefined) throw new Error('there is nothing to fetch')
  const parts: Uint8Array[] = []
  for await (const piece of file.chunks()) parts.push(piece)
  file.over?.()
  const path = join(temporaryFolder(), result.name)
  writeFileSync(path, Buffer.concat(parts))
  return { path, result }
}

export async function bringBackJob(app: TestApp, path: string, passphrase?: string) {
  const [handle = ''] = app.app.files.offer([path])
  return app.finished(await app.call('exports.restore', { handle, ...(passphrase !== undefined && { passphrase }) }))
}

export async function bringBack(app: TestApp, path: string, passphrase?: string) {
  const job = await bringBackJob(app, path, passphrase)
  expect(job.error).toBeNull()
  return broughtBack.parse(job.result)
}

/** By their path; as text, which is all most of them are. */
export async function filesIn(path: string): Promise<Map<string, Buffer>> {
  const container = await openArchive(openPlainFile(path))
  try {
    const files = new Map<string, Buffer>()
    for (const name of container.paths ?? []) {
      const parts: Uint8Array[] = []
      for await (const piece of container.chunks(name)) parts.push(piece)
      files.set(name, Buffer.concat(parts))
    }
    return files
  } finally {
    container.close()
  }
}

/** What the records say, type by type. */
export async function recordsIn(path: string): Promise<Record<string, string[]>> {
  const files = await filesIn(path)
  return Object.fromEntries(
    recordTypeNames.map((type) => [
      type,
      (files.get(`records/${type}.ndjson`)?.toString('utf8') ?? '').split('\n').slice(0, -1),
    ]),
  )
}

/** An export written again with other contents; its manifest stays as it was, unless that is changed too. */
export async function forged(
  path: string,
  change: (files: Map<string, Buffer>) => readonly ZipEntry[] | void,
): Promise<string> {
  const files = await filesIn(path)
  const more = change(files) ?? []
  const entries = [...files].map(([name, content]) => ({ name, content }))
  const to = join(temporaryFolder(), 'forged.zip')
  writeFileSync(to, zipOf([...entries, ...more]))
  return to
}
