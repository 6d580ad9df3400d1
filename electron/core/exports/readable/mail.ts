// Mails as one mbox file: what each said as text, with the files it had named by where they lie in the export. Lines that
// begin as a new mail would are marked, so that no letter can forge another one (RFC 4155; "mboxrd").
import type { ReadableItem } from './items.ts'

/** `pathOf` says where the files of this export lie. */
export function mailEntry(item: ReadableItem, pathOf: (content: string) => string | undefined): string {
  const { id, at, title, body, attachments } = item
  const headers = [
    ...people(item, 'from', 'From'),
    ...people(item, 'to', 'To'),
    `Subject: ${word(title)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@mindkeep>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...attachments.flatMap(({ content }) => pathOf(content) ?? []).map((path) => `X-Mindkeep-File: ${word(path)}`),
  ]
  const text = body
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => (/^>*From /.test(line) ? `>${line}` : line))
    .join('\n')
  return `From - ${asctime(at)}\n${headers.join('\n')}\n\n${text}\n\n`
}

function people({ people: named }: ReadableItem, role: string, header: string): string[] {
  const found = named
    .filter((person) => person.role === role)
    .map(({ name, same }) => {
      const address = same.startsWith('mail:') ? same.slice('mail:'.length).replaceAll(/[\s<>,\p{Cc}]/gu, '') : ''
      return address === '' ? word(name) : `${word(name)} <${address}>`
    })
  return found.length === 0 ? [] : [`${header}: ${found.join(',\n ')}`]
}

const asctime = (at: number): string => {
  const [weekday = '', date = '', month = '', year = '', time = ''] = new Date(at).toUTCString().split(/,? /)
  return `${weekday} ${month} ${date} ${time} ${year}`
}

/** What is not plain ASCII goes in encoded words of at most 75 characters (RFC 2047 §2). */
function word(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  if (/^[\w .,!?/+-]*$/.test(line)) return line
  const words: string[] = []
  let part = ''
  for (const character of line) {
    if (Buffer.byteLength(part + character) > 45) {
      words.push(part)
      part = ''
    }
    part += character
  }
  return [...words, part].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\n ')
}
