import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eml } from '../../../../../electron/core/imports/reader/formats/eml.ts'
import { mbox } from '../../../../../electron/core/imports/reader/formats/mbox.ts'
import type { Importer } from '../../../../../electron/core/imports/reader/importer.ts'
import { readAll } from '../support.ts'

const lines = (...all: string[]) => all.join('\r\n')

const letter = lines(
  'Return-Path: <ann@example.org>',
  'From: =?utf-8?Q?Ann_M=C3=BCller?= <ann@example.org>',
  'To: Bob <bob@example.org>, "Lee, Cy" <cy@example.org>',
  'Cc: friends: dee@example.org;',
  'Subject: =?ISO-8859-1?Q?K=E4se?=',
  'Date: Tue, 03 Feb 2026 10:11:12 -0500',
  'Message-ID: <2@example.org>',
  'In-Reply-To: <1@example.org>',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe,',
  'Ann',
  '',
)

async function only(importer: Importer, text: string | Uint8Array) {
  const { items, problems } = await readAll(importer, { mail: text })
  expect(problems).toEqual([])
  expect(items).toHaveLength(1)
  return items[0]
}

describe('a mail in a file', () => {
  it('gives who wrote it to whom, when, and what', async () => {
    expect(await only(eml, letter)).toEqual({
      same: 'mail:2@example.org',
      type: 'mail',
      title: 'Käse',
      body: 'Grüße,\nAnn',
      when: { at: Date.UTC(2026, 1, 3, 15, 11, 12), offset: -300 },
      source: 'eml',
      people: [
        { name: 'Ann Müller', address: 'ann@example.org', role: 'from' },
        { name: 'Bob', address: 'bob@example.org', role: 'to' },
        { name: 'Lee, Cy', address: 'cy@example.org', role: 'to' },
        { name: 'dee@example.org', address: 'dee@example.org', role: 'to' },
      ],
      tags: [],
      links: [{ kind: 'answers', same: 'mail:1@example.org' }],
      attachments: [],
      facts: { mail: { id: '2@example.org', answers: '1@example.org' } },
      position: 0,
    })
  })

  it('reads a page as text, runs nothing of it, and brings what is attached', async () => {
    const item = await only(
      eml,
      lines(
        'From: a@example.org',
        'Subject: Photos',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: multipart/related; boundary=y',
        '',
        '--y',
        'Content-Type: text/html',
        '',
        '<p>See <b>this</b></p><script>alert(1)</script><img src="cid:1"><img src="https://example.org/spy.gif">',
        '--y',
        'Content-Type: image/png; name="dot.png"',
        'Content-ID: <1>',
        'Content-Transfer-Encoding: base64',
        '',
        'aGk=',
        '--y--',
        '--x',
        'Content-Type: application/pdf',
        'Content-Disposition: attachment; filename="../../a\u202e.pdf"',
        'Content-Transfer-Encoding: base64',
        '',
        'aG8=',
        '--x',
        'Content-Type: application/pgp-signature',
        '',
        'proof',
        '--x--',
        '',
      ),
    )
    expect(item?.body.trim()).toBe('See this')
    expect(item?.attachments).toEqual([
      { name: 'dot.png', media: 'image/png', content: new Uint8Array(Buffer.from('hi')) },
      { name: '../../a.pdf', media: 'application/pdf', content: new Uint8Array(Buffer.from('ho')) },
    ])
  })

  it('takes the text where a mail is both page and text', async () => {
    const item = await only(
      eml,
      lines(
        'From: a@example.org',
        'Content-Type: multipart/alternative; boundary=x',
        '',
        '--x',
        'Content-Type: text/plain',
        '',
        'plain',
        '--x',
        'Content-Type: text/html',
        '',
        '<p>page</p>',
        '--x--',
      ),
    )
    expect(item?.body).toBe('plain')
  })

  it('was sent when a server got it, where it does not say, and at no time where nobody does', async () => {
    const received =
      'Received: from a by b; Tue, 3 Feb 2026 10:11:12 +0000\r\nDate: once\r\nFrom: a@example.org\r\n\r\nhi'
    expect((await only(eml, received))?.when).toEqual({ at: Date.UTC(2026, 1, 3, 10, 11, 12), offset: 0 })
    const never = 'Fri, 31 Dec 9999 23:59:59 +0000'
    const { items, problems } = await readAll(eml, { mail: `Date: ${never}\r\nFrom: a@example.org\r\n\r\nhi` })
    expect(items.map(({ when }) => when)).toEqual([undefined])
    expect(problems).toEqual([{ why: 'no-such-date', at: 0, detail: never }])
  })

  it('says when its encoding is not the one it names', async () => {
    const bytes = Buffer.from(
      'From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\xfc\xdfe',
      'latin1',
    )
    const { items, problems } = await readAll(eml, { mail: bytes })
    expect(items).toHaveLength(1)
    expect(problems).toEqual([{ why: 'wrong-encoding', at: 0 }])
  })

  it('that Apple kept is read without what Apple wrote around it', async () => {
    const item = await only(eml, `${letter.length}   \n${letter}<?xml version="1.0"?><plist><dict/></plist>`)
    expect(item?.body).toBe('Grüße,\nAnn')
    const { problems } = await readAll(eml, { mail: `${letter.length + 10}\n${letter}` })
    expect(problems).toEqual([{ why: 'cut-short', at: letter.length + 4 }])
  })

  it('nested without end is refused', async () => {
    const nest = Array.from(
      { length: 300 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}x\r\n\r\n--b${at}x`,
    )
    const { items, problems } = await readAll(eml, { mail: `From: a@example.org\r\n${nest.join('\r\n')}` })
    expect({ items, problems }).toEqual({ items: [], problems: [{ why: 'too-deep', at: 0 }] })
  })

  it('of countless parts is refused', async () => {
    const parts = `From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\n'.repeat(200_000)}`
    expect((await readAll(eml, { mail: parts })).problems).toEqual([{ why: 'too-many', at: 0 }])
  })

  it('with nothing in it is told of', async () => {
    expect((await readAll(eml, { mail: '\r\n\r\n' })).problems).toEqual([{ why: 'no-content', at: 0 }])
  })
})

const mail = (subject: string, ...body: string[]) =>
  lines('From - Tue Feb 03 10:11:12 2026', `Subject: ${subject}`, 'From: a@example.org', '', ...body, '')

describe('a mailbox', () => {
  const read = async (text: string | Uint8Array) => {
    const { items, problems } = await readAll(mbox, { mail: text })
    return { items, problems, found: items.map(({ title, body }) => [title, body]) }
  }

  it('gives each of its mails', async () => {
    const text = mail('One', 'first') + mail('Two', 'second', 'line') + mail('Three', 'third')
    const { found, problems, items } = await read(text)
    expect(problems).toEqual([])
    expect(found).toEqual([
      ['One', 'first'],
      ['Two', 'second\nline'],
      ['Three', 'third'],
    ])
    expect(items.map(({ position = 0 }) => text.slice(position, position + 6))).toEqual(['From -', 'From -', 'From -'])
  })

  it.each([
    'From ann@example.org Tue Feb  3 10:11:12 2026',
    'From 1747289@xxx Tue Feb 03 09:11:12 +0000 2026',
    'From "a b"@example.org  Tue Feb  3 10:11:12 2026 remote from there',
    'From  Tue Feb  3 10:11:12 2026',
    'From ann@example.org Tue Feb 3 10:11 2026',
  ])('is parted by %s', async (line) => {
    const one = mail('One', 'first').replace(/^From .*/, line)
    expect((await read(`${one}${one.replace('One', 'Two')}`)).found).toEqual([
      ['One', 'first'],
      ['Two', 'first'],
    ])
  })

  it('says when a mail came that does not say when it was sent', async () => {
    const { items } = await read(mail('One', 'first'))
    expect(items[0]?.when).toEqual({ at: Date.UTC(2026, 1, 3, 9, 11, 12), offset: 60 })
  })

  it('is not parted by what only looks like it', async () => {
    const body = [
      'From here on',
      'From a to b Tue Feb 03 10:11:12 2026',
      'we walked.',
      '>From me',
      '>>From you',
      '> From them',
    ]
    const { found } = await read(mail('One', ...body) + mail('Two', 'x'))
    expect(found).toEqual([
      [
        'One',
        [
          'From here on',
          'From a to b Tue Feb 03 10:11:12 2026',
          'we walked.',
          'From me',
          '>From you',
          '> From them',
        ].join('\n'),
      ],
      ['Two', 'x'],
    ])
  })

  it('with bare line ends and without blank lines between is read all the same', async () => {
    const text = (mail('One', 'first') + mail('Two', 'second')).replaceAll('\r\n', '\n').replace('first\n\n', 'first\n')
    expect((await read(text)).found).toEqual([
      ['One', 'first'],
      ['Two', 'second'],
    ])
  })

  it('keeps labels as tags', async () => {
    const { items } = await read(
      mail('One', 'x').replace('Subject', 'X-Gmail-Labels: Inbox,=?UTF-8?Q?K=C3=A4se?=\r\nSubject'),
    )
    expect(items[0]?.tags).toEqual(['Inbox', 'Käse'])
  })

  it('gives two different mails of one name both', async () => {
    const twins = ['a', 'b', 'a']
      .map((body) => mail('One', body).replace('Subject', 'Message-ID: <1@x>\r\nSubject'))
      .join('')
    const names = (await read(twins)).items.map(({ same }) => same)
    expect(names[0]).toBe('mail:1@x')
    expect(names[0]).toBe(names[2])
    expect(names[0]).not.toBe(names[1])
  })

  it('passes over a mail too large to be held, and gives its neighbours', async () => {
    const large = mail('Large', 'y'.repeat(70 * 1024 * 1024))
    const text = mail('One', 'first') + large + mail('Two', 'second')
    const { found, problems } = await read(text)
    expect(found.map(([title]) => title)).toEqual(['One', 'Two'])
    expect(problems).toEqual([{ why: 'too-large', at: mail('One', 'first').length }])
  })

  it('gives mails and problems and nothing else, whatever is cut or flipped', async () => {
    const bytes = new TextEncoder().encode(mail('One', 'first') + mail('Two', '>From x') + letter)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, Math.max(length, 60))
        if (at < broken.length) broken[at] = value
        const { items, problems } = await read(broken)
        expect(items.length + problems.length).toBeLessThan(6)
      }),
      { numRuns: 500 },
    )
  })

  it('is cut the same wherever the pieces of the file end', async () => {
    const text = mail('One', 'From me', 'x') + mail('Two', '>From x') + mail('Three', 'z')
    const { items } = await read(text)
    for (const padding of ['\n', '\n\n', 'x\n', 'longer\n']) {
      // The harness hands out a thousand bytes at a time.
      const shifted = await read(`${padding.repeat(Math.ceil((1000 - 30) / padding.length))}${text}`)
      expect(shifted.items.map(({ same }) => same)).toEqual(items.map(({ same }) => same))
    }
  })
})
