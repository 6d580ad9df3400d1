// OFX, as banks offer it for download: version 1 is SGML whose fields are never closed, version 2 the same in XML. Both are
// read by one scanner that knows only tags and the text behind them, so that there is no document type and no entity to
// expand. (Open Financial Exchange 2.2, chapters 2 and 11.)
import { parseWhen } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading, Unreadable } from '../importer.ts'
import { createNames } from '../items/same.ts'
import { type Seen, soundOnly, tolerated } from '../markup/tolerant.ts'
import { amountOf, bookingItem } from './money.ts'

const format = 'ofx'
const longestField = 64 * 1024
/** Of accounts, and of securities (§13.9.2.4); what moves no money is not among them. */
const bookings = new Set(
  'STMTTRN BUYDEBT BUYMF BUYOPT BUYOTHER BUYSTOCK SELLDEBT SELLMF SELLOPT SELLOTHER SELLSTOCK INCOME INVEXPENSE MARGININTEREST REINVEST RETOFCAP'.split(
    ' ',
  ),
)

export const ofx: Importer = {
  format,
  counts: 'records',
  recognises: ({ text }) =>
    text !== null && /^\s*(?:OFXHEADER\s*:|(?:<\?xml[^>]*>\s*)?<(?:\?OFX\s|OFX>))/i.test(text.slice(0, 4096))
      ? certainty.certain
      : certainty.no,
  read: soundOnly(async function* (entry, reading, seen) {
    const names = createNames()
    const statement: Record<string, string> = {}
    let booking: Record<string, string> | undefined
    let position = 0
    let ended = false
    let isCut = false
    for await (const { tag, text, cut } of tagsOf(entry, reading, seen)) {
      isCut ||= cut
      if (bookings.has(tag)) booking = {}
      else if (bookings.has(tag.slice(1)) && booking !== undefined) {
        yield itemOf(booking, statement, position, names, reading)
        if (isCut) yield { problem: { why: 'too-large', at: position } }
        isCut = false
        booking = undefined
        position += 1
      } else if (booking !== undefined) {
        // The account of the other side has the same field names; the first NAME is the booking's.
        if (text !== '') booking[tag] ??= text
      } else if (tag === 'CURDEF' || tag === 'ACCTID' || tag === 'BANKID') statement[tag] = text
      // A file that carries several statements begins each anew.
      else if (tag === 'STMTRS' || tag === 'CCSTMTRS' || tag === 'INVSTMTRS')
        for (const name of Object.keys(statement)) delete statement[name]
      ended ||= tag === '/OFX'
    }
    if (!ended) throw new Unreadable('cut-short', { at: position })
  }),
}

type Names = ReturnType<typeof createNames>

function itemOf(
  booking: Readonly<Record<string, string>>,
  statement: Readonly<Record<string, string>>,
  position: number,
  names: Names,
  reading: Reading,
): Found {
  const amount = amountOf(booking['TRNAMT'] ?? booking['TOTAL'] ?? '', '.')
  if (amount === undefined) return { problem: { why: 'no-content', at: position } }
  const posted = booking['DTPOSTED'] ?? booking['DTTRADE'] ?? booking['DTUSER'] ?? ''
  const when = dayOf(posted, reading)
  if (when === undefined) return { problem: { why: 'not-a-date', at: position, detail: posted.slice(0, 100) } }
  const account = statement['ACCTID'] ?? ''
  const content = JSON.stringify([posted.slice(0, 8), amount, booking['NAME'], booking['MEMO'], booking['CHECKNUM']])
  const id = booking['FITID']
  // Some banks number their bookings anew in every file, or give one number twice.
  const same = names(`${format}:${JSON.stringify([statement['BANKID'] ?? '', account, id ?? content])}`, content)
  return bookingItem(format, {
    same,
    when,
    amount,
    currency: booking['CURSYM'] ?? statement['CURDEF'],
    account,
    counterparty: booking['NAME'] ?? booking['EXTDNAME'],
    text: booking['MEMO'],
    category: (booking['TRNTYPE'] ?? booking['INCOMETYPE'] ?? booking['BUYTYPE'] ?? booking['SELLTYPE'])?.toLowerCase(),
    // Of a security: its number (ISIN, CUSIP).
    reference: booking['CHECKNUM'] ?? booking['REFNUM'] ?? booking['UNIQUEID'],
    position,
  })
}

/** `20240315`, `20240315120000.000[-5:EST]`: the time is whatever the bank's computer had, so the day is what counts. */
function dayOf(text: string, { zone, now }: Reading) {
  const found = /^(\d{4})(\d{2})(\d{2})/.exec(text)
  if (found === null) return undefined
  const when = parseWhen(`${found[1]}-${found[2]}-${found[3]}`, { zone, now })
  return when !== undefined && 'day' in when ? when : undefined
}

interface Tag {
  /** `/NAME` where it closes. */
  readonly tag: string
  /** What stands behind it, up to the next one. */
  readonly text: string
  /** There was more of that. */
  readonly cut: boolean
}

async function* tagsOf(entry: Entry, reading: Reading, seen: Seen): AsyncIterable<Tag> {
  let rest = ''
  let cut = false
  for await (const piece of tolerated(entry, reading, seen)) {
    const from = cut ? piece.indexOf('<') : 0
    if (from === -1) continue
    if (cut) {
      yield* tagsIn(rest, true)
      rest = ''
      cut = false
    }
    rest += piece.slice(from)
    const complete = rest.lastIndexOf('<')
    if (complete > 0) {
      yield* tagsIn(rest.slice(0, complete))
      rest = rest.slice(complete)
    }
    if (rest.length <= longestField) continue
    rest = rest.slice(0, longestField)
    cut = true
  }
  yield* tagsIn(rest, cut)
}

function* tagsIn(text: string, cut = false): Generator<Tag> {
  for (const [, tag = '', behind = ''] of text.matchAll(/<(\/?[A-Za-z0-9_.]{1,64})\s*\/?>([^<]*)/g)) {
    yield { tag: tag.toUpperCase(), text: plain(behind), cut }
  }
}

/** The five escapes of SGML and XML (§2.3.2.1), and characters by number. */
const escapes: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function plain(text: string): string {
  return text
    .trim()
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (all, decimal?: string, hex?: string, name = '') => {
      const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined
      if (code === undefined) return escapes[String(name).toLowerCase()] ?? all
      return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
    })
}
