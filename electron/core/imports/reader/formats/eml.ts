// A mail in a file of its own: EML, or Apple's EMLX, which says first how long the mail is and adds notes of its own behind.
import { certainty, type Importer } from '../importer.ts'
import { headersAtStart, largestMail, mailIn } from './mail.ts'
import { createNames } from '../items/same.ts'

const length = /^(\d{1,10})[ \t]*\r?\n/

export const eml: Importer = {
  format: 'eml',
  counts: 'bytes',
  recognises({ text }) {
    const { mail, sent } = headersAtStart((text ?? '').replace(length, ''))
    return sent ? certainty.certain : mail ? certainty.likely : certainty.no
  },
  async *read(entry, reading) {
    const bytes = await entry.whole(largestMail)
    const [first, said] = length.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 20))) ?? []
    const from = first?.length ?? 0
    const message = said === undefined ? bytes : bytes.subarray(from, from + Number(said))
    yield* mailIn(message, { source: 'eml', position: from, named: createNames() }, reading)
    if (said !== undefined && message.length < Number(said)) yield { problem: { why: 'cut-short', at: bytes.length } }
  },
}
