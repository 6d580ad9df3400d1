// Statements as banks send them to programs: CAMT.053 and MT940.
import { describe, expect, it } from 'vitest'
import { camt } from '../../../../../electron/core/imports/reader/formats/camt.ts'
import { mt940 } from '../../../../../electron/core/imports/reader/formats/mt940.ts'
import { certainty, type Importer } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const read = (importer: Importer, file: string | Uint8Array) => readAll(importer, { statement: file })

async function bookings(importer: Importer, file: string | Uint8Array) {
  const { items } = await read(importer, file)
  return items.map(({ title, body, when, facts }) => [
    when,
    facts?.['amount'],
    facts?.['currency'],
    facts?.['account'],
    title,
    body,
    facts?.['reference'],
  ])
}

const iban = 'DE02120300000000202051'
const day = (date: string) => ({ day: date })

const entry = (amount: string, way: 'CRDT' | 'DBIT', more: string, state = '<Sts>BOOK</Sts>') =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${way}</CdtDbtInd>${state}<BookgDt><Dt>2024-03-15</Dt></BookgDt>` +
  `<ValDt><Dt>2024-03-16</Dt></ValDt>${more}</Ntry>\n`
const payment = (amount: string, name: string, words: string) =>
  `<TxDtls><Refs><EndToEndId>E-${name}</EndToEndId></Refs>${amount === '' ? '' : `<Amt Ccy="EUR">${amount}</Amt>`}` +
  `<RltdPties><Dbtr><Nm>Payer ${name}</Nm></Dbtr><Cdtr><Pty><Nm>Payee ${name}</Nm></Pty></Cdtr></RltdPties>` +
  `<RmtInf><Ustrd>${words}</Ustrd><Ustrd>more</Ustrd></RmtInf></TxDtls>`
const details = (...payments: string[]) => `<NtryDtls>${payments.join('')}</NtryDtls>`
const statement = (...entries: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">` +
  `<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n${entries.join('')}` +
  `</Stmt></BkToCstmrStmt></Document>`

describe('CAMT.053', () => {
  it('gives each booking with its sign, its day, the other side and what it is for', async () => {
    const file = statement(
      entry('12.50', 'DBIT', details(payment('', 'one', 'Bread &amp; butter'))),
      entry('2000', 'CRDT', details(payment('', 'two', 'Wages'))),
      entry('1.00', 'DBIT', '<AddtlNtryInf>Fee</AddtlNtryInf>', '<Sts><Cd>BOOK</Cd></Sts>'),
      entry('9.99', 'DBIT', '', '<Sts>PDNG</Sts>'),
    )
    expect(await bookings(camt, file)).toEqual([
      [day('2024-03-15'), '-12.50', 'EUR', iban, 'Payee one', 'Bread & butter\nmore', 'E-one'],
      [day('2024-03-15'), '2000', 'EUR', iban, 'Payer two', 'Wages\nmore', 'E-two'],
      [day('2024-03-15'), '-1.00', 'EUR', iban, 'Fee', 'Fee', undefined],
    ])
    expect((await read(camt, file)).skipped).toBe(1)
    const prefixed = file.replaceAll(/<(\/?)(?=[A-Z])/g, '<$1n:').replace('xmlns=', 'xmlns:n=')
    expect(camt.recognises(sampleOf('x', prefixed))).toBe(certainty.certain)
    expect(await bookings(camt, prefixed)).toEqual(await bookings(camt, file))
  })

  it('takes several payments apart where they come to what was booked, and else leaves them one', async () => {
    const [two, wrong] = [
      details(payment('0.10', 'a', 'x'), payment('0.20', 'b', 'y')),
      details(payment('1', 'a', 'x'), payment('1', 'b', 'y')),
    ]
    const apart = await bookings(camt, statement(entry('0.3', 'DBIT', `<AcctSvcrRef>N1</AcctSvcrRef>${two}`)))
    expect(apart.map(([, amount, , , title]) => [amount, title])).toEqual([
      ['-0.10', 'Payee a'],
      ['-0.20', 'Payee b'],
    ])
    const together = await bookings(camt, statement(entry('3', 'DBIT', `${wrong}<AddtlNtryInf>Batch</AddtlNtryInf>`)))
    expect(together.map(([, amount, , , title]) => [amount, title])).toEqual([['-3', 'Batch']])
  })

  it('gives the same names again, and different ones where a bank gives one number twice', async () => {
    const file = statement(...['1', '2'].map((amount) => entry(amount, 'DBIT', '<AcctSvcrRef>SAME</AcctSvcrRef>')))
    const names = async () => (await read(camt, file)).items.map(({ same }) => same)
    expect(new Set(await names()).size).toBe(2)
    expect(await names()).toEqual(await names())
  })

  it('says what is wrong with a booking and reads on', async () => {
    const bad = entry('much', 'DBIT', '') + entry('1', 'DBIT', '').replaceAll(/2024-03-1\d/g, '2024-13-15')
    const { items, problems } = await read(camt, statement(bad, entry('5', 'CRDT', '')))
    expect(items.map(({ facts }) => facts?.['amount'])).toEqual(['5'])
    expect(problems.map(({ why, at }) => [why, at])).toEqual([
      ['no-content', 3],
      ['not-a-date', 4],
    ])
  })

  it('expands and fetches nothing, and ends with a reason where it is cut short', async () => {
    const [head = '', rest = ''] = statement(entry('1', 'DBIT', '')).split('\n', 2)
    const bomb = `${head}<!DOCTYPE Document [<!ENTITY a SYSTEM "file:///etc/passwd">]>${rest}`
    expect(await read(camt, bomb)).toMatchObject({ items: [], problems: [{ why: 'forbidden-markup' }] })
    const cut = statement(entry('1', 'DBIT', ''), entry('2', 'DBIT', '')).slice(0, -80)
    expect((await read(camt, cut)).problems).toMatchObject([{ why: 'cut-short' }])
  })

  it('bent anywhere gives bookings and reasons', async () => {
    for (const bad of mutated(Buffer.from(statement(entry('1', 'DBIT', details(payment('1', 'a', 'x'))))), 150))
      expect((await read(camt, bad)).items.length).toBeLessThan(3)
  })
})

const german = [
  ':20:STARTUMS',
  ':25:12030000/202051',
  ':28C:5/1',
  ':60F:C231231EUR100,00',
  ':61:2401020102DR12,50N024NONREF//B-1',
  ':86:105?00FOLGELASTSCHRIFT?20EREF+E-77?21SVWZ+Strom Janu?22ar 2024?30BICX?31DE99?32Stadt',
  '?33werke',
  ':61:231231D3,N020NONREF',
  ':86:Gebühr',
  'für das Jahr',
  ':61:2401030103RC5,00NSTO4711//B-2',
  '/OCMT/EUR5,00/',
  ':61:2312310102C7,00NTRFNONREF',
  ':61:nonsense',
  ':61:2413400000C1,00NTRFNONREF',
  ':62F:C240103EUR86,50',
  ':86:Thank you for your custom',
  '-',
  '',
].join('\r\n')

const dutch = [
  '{1:F01ABNANL2AXXXX0000000000}{2:I940ABNANL2AXXXXN}{4:',
  ':20:2',
  ':25:NL02ABNA0123456789',
  ':28C:1',
  ':60F:C240301EUR0,00',
  ':61:240301C25,00NTRFNONREF',
  ':86:/TRTP/SEPA OVERBOEKING/IBAN/NL44RABO0123456789/NAME/A. Visser/RE',
  'MI/Dinner: half/EREF/NOTPROVIDED',
  ':62F:C240301EUR25,00',
  '-}',
].join('\n')

describe('MT940', () => {
  it('gives each booking with its sign, the day it was booked, the other side and what it is for', async () => {
    const account = '12030000/202051'
    expect(mt940.recognises(sampleOf('x', german))).toBe(certainty.certain)
    expect(await bookings(mt940, german)).toEqual([
      [day('2024-01-02'), '-12.50', 'EUR', account, 'Stadt werke', 'Strom Januar 2024', 'E-77'],
      [day('2023-12-31'), '-3', 'EUR', account, 'Gebühr für das Jahr', 'Gebühr\nfür das Jahr', undefined],
      [day('2024-01-03'), '-5.00', 'EUR', account, '/OCMT/EUR5,00/', '/OCMT/EUR5,00/', '4711'],
      // The booking day of one that was valued in the old year lies in the new one.
      [day('2024-01-02'), '7.00', 'EUR', account, '7.00', '', undefined],
    ])
    const { problems } = await read(mt940, german)
    expect(problems.map(({ why, at }) => [why, at])).toEqual([
      ['damaged', 14],
      ['not-a-date', 15],
    ])
  })

  it('is the same in an old encoding and inside the envelope of the network', async () => {
    expect(await bookings(mt940, Buffer.from(german, 'latin1'))).toEqual(await bookings(mt940, german))
    expect(await bookings(mt940, dutch)).toEqual([
      [day('2024-03-01'), '25.00', 'EUR', 'NL02ABNA0123456789', 'A. Visser', 'Dinner: half', undefined],
    ])
  })

  it('keeps equal bookings of one day apart, and both the same when they come again', async () => {
    const twice = dutch.replace(':61:', ':61:240301C25,00NTRFNONREF\n:61:240301C25,00NTRFNONREF\n:61:')
    const names = async () => (await read(mt940, twice)).items.map(({ same }) => same)
    expect(new Set(await names()).size).toBe(3)
    expect(await names()).toEqual(await names())
  })

  it('that ends before its closing balance says so, and gives what is there', async () => {
    const { items, problems } = await read(mt940, dutch.slice(0, dutch.indexOf(':62F:')))
    expect([items.length, problems]).toEqual([1, [{ why: 'cut-short' }]])
  })

  it('holds no more of a field than any field has', async () => {
    const { items, problems } = await read(mt940, dutch.replace('half', `${'x'.repeat(900)}\n`.repeat(2000)))
    expect(items[0]?.body.length).toBeLessThanOrEqual(20_000)
    expect(problems.map(({ why }) => why)).toEqual(['too-large'])
  })

  it('bent anywhere gives bookings and reasons', async () => {
    for (const bad of mutated(Buffer.from(german), 150)) expect((await read(mt940, bad)).items.length).toBeLessThan(9)
  })
})
