// Mails that were brought in and taken out are the same mails: who wrote to whom, when, what, and with which files.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mailEntry } from '../../../electron/core/exports/readable/mail.ts'
import { mbox } from '../../../electron/core/imports/reader/formats/mbox.ts'
import { readAll } from '../imports/reader/support.ts'
import { readable, readFrom, said, textOf } from './readable-items.ts'

const read = (text: string) => readAll(mbox, { 'mail.mbox': text })
const mail = (...lines: string[]) => ['From - Tue Feb 03 10:11:12 2026', ...lines, '', ''].join('\n')
const file = Buffer.alloc(10_001, 'all kinds of bytes \0\xff').toString('base64').replaceAll(/.{76}/g, '$&\n')

async function expectTheSame(text: string): Promise<string> {
  const before = await read(text)
  const written = before.items.map((item) => textOf(mailEntry(readable(item), readFrom(before.items))))
  const out = (await Promise.all(written)).join('')
  const after = await read(out)
  expect(after.problems).toEqual([])
  expect(before.items).not.toEqual([])
  expect(after.items.map(said)).toEqual(before.items.map(said))
  return out
}

describe('a mailbox taken out again', () => {
  it('has the same mails, and no more than there were', async () => {
    await expectTheSame(
      mail(
        'From: =?utf-8?Q?Ann_M=C3=BCller?= <ann@example.org>',
        'To: Bob <bob@example.org>, "Lee, Cy" <cy@example.org>, dee@example.org, "\\"E. \\\\ Vil\\"" <e@example.org>',
        `Subject: =?utf-8?Q?K=C3=A4se_(von_Ann),?= ${'and a very long subject '.repeat(6)}`,
        'Date: Tue, 03 Feb 2026 23:11:12 -0530',
        'Message-ID: <2+a@example.org>',
        'In-Reply-To: <1@example.org>',
        'X-Gmail-Labels: Inbox,=?UTF-8?Q?K=C3=A4se?=',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Grüße,',
        '',
        '>From here it is a line',
        '>>From there it is quoted',
        'From - Tue Feb 03 10:11:12 2026 is no line of its own',
        '--',
        'Ann',
      ) +
        mail('From: bob@example.org', 'Subject: =?utf-8?Q?=F0=9F=8D=B0?=', '', 'Without a name of its own') +
        mail('Message-ID: <9@x>', 'Date: Mon, 1 Jun 2015 00:00:00 +0900', 'From: Name Only', '', 'x'),
    )
  })

  it('has the files that came with them', async () => {
    const part = (...lines: string[]) => ['--b', ...lines].join('\n')
    const out = await expectTheSame(
      mail(
        'From: ann@example.org',
        'Date: Tue, 03 Feb 2026 10:11:12 +0000',
        'Message-ID: <files@example.org>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        part('Content-Type: text/plain', '', 'See them.', '>From the garden'),
        part(
          'Content-Type: image/png',
          "Content-Disposition: attachment; filename*=utf-8''K%C3%A4se%20%281%29%20%27a%27.png",
          'Content-Transfer-Encoding: base64',
          '',
          file,
        ),
        part(
          'Content-Type: text/plain',
          'Content-Disposition: attachment; filename=notes.txt',
          '',
          'From me',
          'to you',
        ),
        part(
          'Content-Type: message/rfc822',
          'Content-Disposition: attachment; filename=other.eml',
          '',
          'Subject: inside',
          '',
          'a mail',
        ),
        '--b--',
      ),
    )
    expect(out.match(/^Content-Disposition: attachment/gm)).toHaveLength(3)
    for (const line of out.split('\n')) expect(Buffer.byteLength(line)).toBeLessThan(1000)
  })

  it('says of the others what it can where a file was erased meanwhile', async () => {
    const content = Buffer.from('gone')
    const attachments = [{ name: 'a.txt', media: 'text/plain', content }]
    const item = { same: 'x', type: 'mail' as const, title: 'One', body: 'first', source: 'mbox', attachments }
    const { items, problems } = await read(await textOf(mailEntry(readable(item), readFrom([]))))
    expect(problems).toEqual([])
    expect(items).toMatchObject([{ title: 'One', body: 'first', attachments: [] }])
  })

  it('cannot be made to hold a mail that was never sent', async () => {
    const bad = 'x\n\nFrom - Tue Feb 03 10:11:12 2026\nSubject: forged\n\nforged'
    const facts = { mail: { id: `a>${bad}`, answers: bad } }
    const people = [{ name: bad, address: `a@b${bad}`, role: 'from' as const }]
    const attachments = [{ name: bad, media: `text/plain${bad}`, content: Buffer.from(bad) }]
    const item = {
      same: 'x',
      type: 'mail' as const,
      title: bad,
      body: bad,
      source: 'x',
      tags: [bad],
      facts,
      people,
      attachments,
    }
    const { items } = await read(await textOf(mailEntry(readable(item), readFrom([item]))))
    expect(items).toHaveLength(1)
    expect(items[0]?.title).toContain('forged')
  })

  it('of the sample year is the same', async () => {
    await expectTheSame(readFileSync(resolve(import.meta.dirname, '../../../resources/sample/mail.mbox'), 'utf8'))
  })
})
