// Bank statements in OFX and QIF. (Tables of banks have a file of their own.)
import { describe, expect, it } from 'vitest'
import { amountOf, decimalSignOf } from '../../../../../electron/core/imports/reader/formats/money.ts'
import { ofx } from '../../../../../electron/core/imports/reader/formats/ofx.ts'
import { qif } from '../../../../../electron/core/imports/reader/formats/qif.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { asked, readAll, sampleOf } from '../support.ts'

describe('an amount', () => {
  it('is read as it was written, in any country, and stays exact', () => {
    const cases: [string, string | undefined][] = [
      ['1.234,56', '1234.56'],
      ['1,234.56', '1234.56'],
      ['-12,5', '-12.5'],
      ['12,50-', '-12.50'],
      ['(12.50)', '-12.50'],
      ["CHF 1'234.50", '1234.50'],
      ['\u221234 €', '-34'],
      ['1 234 567,89', '1234567.89'],
      ['1.234.567', '1234567'],
      ['0,00', '0.00'],
      ['-0.00', '0.00'],
      ['99999999999999999999.01', '99999999999999999999.01'],
      ['', undefined],
      ['n/a', undefined],
      ['12.03.2024', undefined],
    ]
    for (const [written, meant] of cases) expect(amountOf(written), written).toBe(meant)
  })

  it('before three digits is a thousand, unless the file shows otherwise', () => {
    expect(amountOf('1.234')).toBe('1234')
    expect(amountOf('1.234', '.')).toBe('1.234')
    expect(decimalSignOf(['1.000', '12,50', '3,10'])).toBe(',')
    expect(decimalSignOf(['1.000', '2,000'])).toBeUndefined()
  })
})

const sgml = `OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>10000000<ACCTID>DE02100000000000000001<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20240301<DTEND>20240331
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240315120000.000[+1:CET]<TRNAMT>-12.30<FITID>f1<NAME>Bakery &amp; Sons
<MEMO>Bread and rolls</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20240316<TRNAMT>+1000,5<FITID>f2<NAME>Employer<BANKACCTTO><ACCTID>other</BANKACCTTO></STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>00000316<TRNAMT>-1<FITID>f3</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240317<TRNAMT><FITID>f4</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240318<TRNAMT>-5<FITID>f1<NAME>Another thing</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>988.20<DTASOF>20240331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`

const xml = `<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="220"?>
<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD</CURDEF><CCACCTFROM><ACCTID>4111</ACCTID></CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>POS</TRNTYPE><DTPOSTED>20240102</DTPOSTED><TRNAMT>-9.99</TRNAMT><FITID>x</FITID>
<NAME>Books</NAME><MEMO>ünï</MEMO></STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>`

describe('OFX', () => {
  it('is known in both its forms', () => {
    expect(ofx.recognises(sampleOf('x', sgml))).toBe(certainty.certain)
    expect(ofx.recognises(sampleOf('x', xml))).toBe(certainty.certain)
    expect(ofx.recognises(sampleOf('x', '<rss/>'))).toBe(certainty.no)
  })

  it('of the first version gives each booking, and a reason for each that is none', async () => {
    const { items, problems } = await readAll(ofx, { 'march.ofx': sgml })
    expect(items.map(({ title, body, when, facts }) => ({ title, body, when, facts }))).toEqual([
      {
        title: 'Bakery & Sons',
        body: 'Bread and rolls',
        when: { day: '2024-03-15' },
        facts: {
          amount: '-12.30',
          currency: 'EUR',
          account: 'DE02100000000000000001',
          counterparty: 'Bakery & Sons',
          category: 'debit',
        },
      },
      {
        title: 'Employer',
        body: '',
        when: { day: '2024-03-16' },
        facts: {
          amount: '1000.5',
          currency: 'EUR',
          account: 'DE02100000000000000001',
          counterparty: 'Employer',
          category: 'credit',
        },
      },
      expect.objectContaining({ title: 'Another thing' }),
    ])
    expect(problems.map(({ why, at }) => [why, at])).toEqual([
      ['not-a-date', 2],
      ['no-content', 3],
    ])
    expect(new Set(items.map(({ same }) => same)).size).toBe(3)
  })

  it('of the second version gives the same', async () => {
    const { items } = await readAll(ofx, { 'card.ofx': xml })
    expect(items.map(({ title, body, facts }) => [title, body, facts?.['currency'], facts?.['account']])).toEqual([
      ['Books', 'ünï', 'USD', '4111'],
    ])
  })

  it('gives what was bought and sold', async () => {
    const file = `OFXHEADER:100\n\n<OFX><INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>b<ACCTID>77</INVACCTFROM><INVTRANLIST>
      <BUYSTOCK><INVBUY><INVTRAN><FITID>i1<DTTRADE>20240105<MEMO>Buy ACME</INVTRAN><SECID><UNIQUEID>US0000000001<UNIQUEIDTYPE>ISIN</SECID>
      <UNITS>10<UNITPRICE>5.00<TOTAL>-50.00</INVBUY><BUYTYPE>BUY</BUYSTOCK></INVTRANLIST></INVSTMTRS></OFX>`
    const { items, problems } = await readAll(ofx, { 'depot.ofx': file })
    expect(problems).toEqual([])
    expect(items.map(({ title, when, facts }) => [title, when, facts])).toEqual([
      [
        'Buy ACME',
        { day: '2024-01-05' },
        { amount: '-50.00', currency: 'USD', account: '77', category: 'buy', reference: 'US0000000001' },
      ],
    ])
  })

  it('expands nothing', async () => {
    const bomb = sgml
      .replace('<OFX>', '<!DOCTYPE OFX [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><OFX>')
      .replace('Bread', '&b;')
    const { items } = await readAll(ofx, { 'bomb.ofx': bomb })
    expect(items[0]?.body).toContain('&b;')
  })

  it('cut or bent anywhere gives bookings and reasons', async () => {
    for (const bad of mutated(Buffer.from(sgml), 200)) {
      const { items } = await readAll(ofx, { 'bad.ofx': bad })
      expect(items.length).toBeLessThanOrEqual(6)
    }
  })
})

const quicken = `!Account
NGiro
TBank
^
!Type:Bank
D31/12'24
T-1.000,50
PLandlord
MRent
LHousing
^
D1/ 2'25
T2,5
PFriend
SPart
$1,5
SOther part
$1,0
^
D99/99/2025
T1
^
!Type:Cat
NHousing
E
^
!Type:Bank
D1/ 2'25
T2,5
PFriend
^
D3/2/2025`

describe('QIF', () => {
  it('is read by the habits of its own file', async () => {
    expect(qif.recognises(sampleOf('x', quicken))).toBe(certainty.certain)
    const { items, problems, skipped } = await readAll(qif, { 'giro.qif': quicken })
    expect(
      items.map(({ title, when, facts, position }) => [title, when, facts?.['amount'], facts?.['account'], position]),
    ).toEqual([
      ['Landlord', { day: '2024-12-31' }, '-1000.50', 'Giro', 6],
      ['Friend', { day: '2025-02-01' }, '2.5', 'Giro', 12],
      ['Friend', { day: '2025-02-01' }, '2.5', 'Giro', 28],
    ])
    expect(problems.map(({ why, at }) => [why, at])).toEqual([
      ['not-a-date', 20],
      ['cut-short', 32],
    ])
    expect(skipped).toBe(1)
    expect(new Set(items.map(({ same }) => same)).size).toBe(items.length)
  })

  it('takes the order of days and months from the person where they say it', async () => {
    const file = '!Type:Bank\nD03/04/2025\nT1\n^\n'
    const order = async (dateOrder?: 'day-first' | 'month-first') =>
      (await readAll(qif, { 'a.qif': file }, dateOrder ? { dateOrder } : {})).items[0]?.when
    expect(await order('month-first')).toEqual({ day: '2025-03-04' })
    expect(await order('day-first')).toEqual({ day: '2025-04-03' })
    expect(await order()).toEqual({ day: '2025-04-03' })
    expect(await asked(qif, file)).toEqual([{ for: 'date-order', example: '03/04/2025', assumed: 'day-first' }])
    expect(await asked(qif, quicken)).toEqual([])
  })

  it('bent anywhere gives bookings and reasons', async () => {
    for (const bad of mutated(Buffer.from(quicken), 200)) {
      const { items } = await readAll(qif, { 'bad.qif': bad })
      expect(items.length).toBeLessThan(9)
    }
  })
})
