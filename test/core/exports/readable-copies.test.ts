// The readable copies of an export, brought in like any calendar, contacts and mailbox: where they came from they are
// known already, and a fresh vault has the same things from them.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bring, outcome, uploaded } from '../imports/support.ts'
import { vaultTemplate } from '../support.ts'
import { filesIn, takeOut } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const lines = (...all: string[]) => [...all, ''].join('\r\n')

const brought = {
  'cal.ics': lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VTIMEZONE',
    'TZID:Our Island',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:-0741',
    'TZOFFSETTO:-0741',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:series@example.org',
    'SUMMARY:Tea',
    'DTSTART;TZID=America/Los_Angeles:20121002T100000',
    'DTEND;TZID=America/Los_Angeles:20121002T103000',
    'RRULE:FREQ=MONTHLY;BYDAY=1TU',
    'EXDATE;TZID=America/Los_Angeles:20121204T100000',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:series@example.org',
    'SUMMARY:Tea\\, later',
    'RECURRENCE-ID;TZID=America/Los_Angeles:20121106T100000',
    'DTSTART;TZID=Our Island:20121106T150000',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'SUMMARY:Away',
    'DTSTART;VALUE=DATE:20261020',
    'DTEND;VALUE=DATE:20261031',
    'CATEGORIES:holidays',
    'END:VEVENT',
    'BEGIN:VTODO',
    'UID:rent',
    'SUMMARY:Rent',
    'DUE;VALUE=DATE:20260201',
    'END:VTODO',
    'END:VCALENDAR',
  ),
  'people.vcf': lines(
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Lee;Ann;;;',
    'FN:Ann Lee',
    'TEL;TYPE=CELL:+49 170 1',
    'ADR;TYPE=HOME:;;Long Street 1;Berlin;;10115;Germany',
    'PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=',
    'CATEGORIES:friends',
    'END:VCARD',
  ),
  'in.mbox': lines(
    'From - Tue Feb 03 10:11:12 2026',
    'From: "Lee, Ann" <ann@example.org>',
    'To: bob@example.org',
    'Subject: Plan',
    'Date: Tue, 03 Feb 2026 23:11:12 -0500',
    'Message-ID: <2@example.org>',
    'In-Reply-To: <1@example.org>',
    'X-Gmail-Labels: Garden',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'See it.',
    '>From here on it gets better.',
    '--b',
    'Content-Type: application/pdf',
    'Content-Disposition: attachment; filename="plan.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('%PDF').toString('base64'),
    '--b--',
  ),
}
const copies = ['calendar.ics', 'contacts.vcf', 'mail.mbox']

it('copies of what is here are known; in a fresh vault they are the same once more', async () => {
  const [from, to] = [await template.open(), await template.open()]
  await bring(from, await uploaded(from, brought))
  const copiesOf = async (app: typeof from) => {
    const files = await filesIn((await takeOut(app)).path)
    return Object.fromEntries(copies.map((name) => [name, files.get(name)?.toString('utf8') ?? '']))
  }
  const first = await copiesOf(from)

  const again = await outcome(from, (await bring(from, await uploaded(from, first))).import)
  expect(again.counts).toEqual({ added: 0, changed: 0, duplicate: 6, skipped: 0, failed: 0 })

  const fresh = await outcome(to, (await bring(to, await uploaded(to, first))).import)
  expect(fresh.counts).toEqual({ added: 6, changed: 0, duplicate: 0, skipped: 0, failed: 0 })
  const inNoOrder = (all: Record<string, string>) =>
    Object.values(all).map((text) =>
      text
        .split(/\r?\n/)
        .filter((line) => !/^(?:DTSTAMP|REV|--mindkeep-)|boundary=/.test(line))
        .toSorted(),
    )
  expect(inNoOrder(await copiesOf(to))).toEqual(inNoOrder(first))
})
