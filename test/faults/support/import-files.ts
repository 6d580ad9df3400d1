// Files to be imported while somebody kills the process: one large file of many records, many small ones, mails with
// something attached, an archive.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipOf } from '../../core/imports/reader/archives/zips.ts'

export interface ImportSize {
  readonly events: number
  readonly notes: number
  readonly mails: number
}

export function writeImportFiles(folder: string, { events, notes, mails }: ImportSize): void {
  mkdirSync(join(folder, 'notes'), { recursive: true })
  writeFileSync(join(folder, 'calendar.ics'), calendar(events))
  writeFileSync(join(folder, 'mail.mbox'), mailbox(mails))
  for (let number = 0; number < notes; number += 1) {
    writeFileSync(join(folder, 'notes', `${number}.md`), `# Note ${number}\n\nWritten as number ${number}.\n`)
  }
  const inside = Array.from({ length: notes }, (_, number) => ({
    name: `${number}.md`,
    content: `# Packed ${number}\n\nPacked as number ${number}.\n`,
  }))
  writeFileSync(join(folder, 'packed.zip'), zipOf(inside))
}

function calendar(events: number): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0']
  for (let number = 0; number < events; number += 1) {
    const day = new Date(Date.UTC(2015, 0, 1 + (number % 3000))).toISOString().slice(0, 10).replaceAll('-', '')
    lines.push('BEGIN:VEVENT', `UID:${number}@example.org`, `DTSTART:${day}T100000Z`, `SUMMARY:Event ${number}`)
    // One in ten cannot be read, and is counted once.
    if (number % 10 === 3) lines[lines.length - 2] = 'DTSTART:00000000T100000Z'
    lines.push('END:VEVENT')
  }
  return [...lines, 'END:VCALENDAR', ''].join('\r\n')
}

function mailbox(mails: number): string {
  const lines: string[] = []
  for (let number = 0; number < mails; number += 1) {
    lines.push(
      `From ada@example.org Mon Jan  5 10:00:00 2026`,
      `Message-ID: <${number}@example.org>`,
      'Date: Mon, 05 Jan 2026 10:00:00 +0000',
      'From: Ada <ada@example.org>',
      'To: Bo <bo@example.org>',
      `Subject: Mail ${number}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      `Text of mail ${number}.`,
      '--b',
      'Content-Type: application/octet-stream',
      `Content-Disposition: attachment; filename="${number}.bin"`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`attached to ${number}`).toString('base64'),
      '--b--',
      '',
    )
  }
  return lines.join('\n')
}
