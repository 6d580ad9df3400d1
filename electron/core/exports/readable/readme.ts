// The first thing somebody reads who opens an export without Mindkeep.

export const readme = `This is everything that was in a Mindkeep vault.

For people and other programs:
  notes/            every note, as Markdown with its front matter
  calendar.ics      events and tasks (iCalendar)
  contacts.vcf      contacts (vCard 4)
  mail.mbox         mails as text, with their files (mbox)
  attachments/      every file, once

The whole of it, the Trash and older versions too:
  records/          one file for each type of record, one record a line (NDJSON)
  schemas/          what a record of each type looks like (JSON Schema)
  manifest.json     the format, how many records there are, and the SHA-256 of every file

Mindkeep brings it back, ids kept: mindkeep restore FILE
`
