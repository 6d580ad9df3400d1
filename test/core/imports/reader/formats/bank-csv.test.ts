// Tables of banks, in four languages and every way to say plus and minus.
import { describe, expect, it } from 'vitest'
import { bankCsv } from '../../../../../electron/core/imports/reader/formats/bank-csv.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { asked, readAll, sampleOf } from '../support.ts'

const rows = async (file: string | Uint8Array, options = {}) =>
  (await readAll(bankCsv, { 'statement.csv': file }, options)).items.map(({ title, body, when, facts }) => [
    when !== undefined && 'day' in when ? when.day : when?.at,
    facts?.['amount'],
    facts?.['currency'],
    title,
    body,
  ])

const german = `"Konto";"Girokonto DE02 1203 0000 0000 2020 51"
"Zeitraum:";"01.03.2024 - 31.03.2024"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)"
"15.03.24";"15.03.24";"Gebucht";"Ich";"Bäckerei; Söhne";"Brötchen
und Brezen";"Ausgang";"DE1";"-1.012,30"
"16.03.24";"16.03.24";"Gebucht";"Arbeitgeber";"Ich";"Lohn";"Eingang";"DE2";"2.000,00"
"17.03.24";"";"Vorgemerkt";"Ich";"Laden";"";"Ausgang";"DE3";"-5"
"";"";"";"";"";"Endsaldo";"";"";"987,70"
`
const british = `Date,Description,Money Out,Money In,Balance
13/04/2024,Coffee,3.20,,96.80
14/04/2024,Refund,,3.20,100.00
15/04/2024,Coffee,3.20,,96.80
15/04/2024,Coffee,3.20,,93.60
`
const american = `Transaction Date,Post Date,Description,Category,Type,Amount,Memo
04/13/2024,04/14/2024,GROCERY,Food,Sale,"-1,234.56",
03/05/2024,03/06/2024,RENT,Home,Sale,-10.00,April
`
const french = `Date de comptabilisation;Libellé;Référence;Débit;Crédit\n02/04/2024;CARTE BOULANGERIE;ab1;-4,50;\n03/04/2024;VIREMENT;ab2;;+1 200,00\n`
const spanish = `Fecha,Concepto,Importe,Divisa,Saldo\n02/04/2024,Panadería,"-4,50",EUR,"10,00"\n`
const signed = `Buchungstag;Betrag;Soll/Haben;Währung;Verwendungszweck\n02.04.2024;4,50;S;CHF;Brot\n03.04.2024;4,50;H;CHF;Zurück\n`
const modern = `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2024-04-01 10:20:30,2024-04-02 08:00:00,Bakery,-4.50,0.00,EUR,COMPLETED,10.00
CARD_PAYMENT,Current,2024-04-03 10:20:30,,Shop,-1.00,0.00,EUR,PENDING,
`

describe('a statement as a table', () => {
  it('is known by its headings, wherever they stand', () => {
    for (const file of [german, british, american, french, spanish, signed, modern]) {
      expect(bankCsv.recognises(sampleOf('x', file)), file).toBe(certainty.likely)
    }
    for (const file of [
      'Date,Weight\n2024-01-01,80\n',
      'Name,Email,Phone\na,b,c\n',
      'a,b,c\n1,2,3\n',
      'Date, amount and balance: all fine',
    ]) {
      expect(bankCsv.recognises(sampleOf('x', file)), file).toBe(certainty.no)
    }
  })

  it('of a German bank has decimal commas, a preamble and two columns for the other side', async () => {
    expect(await rows(german)).toEqual([
      ['2024-03-15', '-1012.30', 'EUR', 'Bäckerei; Söhne', 'Brötchen\nund Brezen'],
      ['2024-03-16', '2000.00', 'EUR', 'Arbeitgeber', 'Lohn'],
    ])
    const { items, skipped } = await readAll(bankCsv, { 'a.csv': german })
    expect([items[0]?.facts?.['account'], items[0]?.facts?.['category'], skipped]).toEqual([
      'DE02120300000000202051',
      'Ausgang',
      2,
    ])
  })

  it('in the encoding of an old bank computer is the same', async () => {
    expect(await rows(Buffer.from(german.replace('€', 'EUR'), 'latin1'))).toEqual(await rows(german))
  })

  it('with columns for in and out knows plus from minus', async () => {
    expect(await rows(british)).toEqual([
      ['2024-04-13', '-3.20', undefined, 'Coffee', 'Coffee'],
      ['2024-04-14', '3.20', undefined, 'Refund', 'Refund'],
      ['2024-04-15', '-3.20', undefined, 'Coffee', 'Coffee'],
      ['2024-04-15', '-3.20', undefined, 'Coffee', 'Coffee'],
    ])
    expect((await rows(french)).map(([day, amount]) => [day, amount])).toEqual([
      ['2024-04-02', '-4.50'],
      ['2024-04-03', '1200.00'],
    ])
  })

  it('finds out from all its dates whether the month comes first', async () => {
    expect((await rows(american)).map(([day, amount]) => [day, amount])).toEqual([
      ['2024-04-13', '-1234.56'],
      ['2024-03-05', '-10.00'],
    ])
    expect((await rows(spanish, { dateOrder: 'month-first' }))[0]?.[0]).toBe('2024-02-04')
    expect(await rows(spanish)).toEqual([['2024-04-02', '-4.50', 'EUR', 'Panadería', 'Panadería']])
  })

  it('asks whether the day comes first only where no booking tells', async () => {
    expect(await asked(bankCsv, american)).toEqual([])
    expect(await asked(bankCsv, spanish)).toEqual([{ for: 'date-order', example: '02/04/2024', assumed: 'day-first' }])
    expect(await asked(bankCsv, spanish, { dateOrder: 'month-first' })).toEqual([])
    expect(await asked(bankCsv, german)).toEqual([])
  })

  it('with a column for the direction takes it from there', async () => {
    expect((await rows(signed)).map(([, amount, currency]) => [amount, currency])).toEqual([
      ['-4.50', 'CHF'],
      ['4.50', 'CHF'],
    ])
  })

  it('leaves out what is not booked yet', async () => {
    expect(await rows(modern)).toEqual([[Date.UTC(2024, 3, 2, 6), '-4.50', 'EUR', 'Bakery', 'Bakery']])
  })

  it('keeps two equal bookings of one day apart, and both the same when they come again', async () => {
    const names = async (name: string) => (await readAll(bankCsv, { [name]: british })).items.map(({ same }) => same)
    expect(new Set(await names('a.csv')).size).toBe(4)
    expect(await names('b.csv')).toEqual(await names('a.csv'))
  })

  it('takes the word of the person on which column is which', async () => {
    const found = await rows(american, { columns: [{ date: 'Post Date', body: 'Memo', who: 'Category' }] })
    expect(found[1]).toEqual(['2024-03-06', '-10.00', undefined, 'Home', 'April'])
    // Said of another table, which shares a column with this one.
    expect(await rows(american, { columns: [{ body: 'Memo', title: 'Shop' }] })).toEqual(await rows(american))
  })

  it('says which rows it could not read', async () => {
    const file = `Date,Description,Amount,Balance\n2024-99-99,x,1,2\n2024-01-01,y,free,2\n2024-01-02,z,1,2\n`
    const { items, problems } = await readAll(bankCsv, { 'a.csv': file })
    expect(items).toHaveLength(1)
    expect(problems.map(({ why, at }) => [why, at])).toEqual([
      ['not-a-date', 2],
      ['no-content', 3],
    ])
  })

  it('cut or bent anywhere gives bookings and reasons', async () => {
    for (const file of [german, american]) {
      for (const bad of mutated(Buffer.from(file), 200)) {
        const { items, problems, skipped } = await readAll(bankCsv, { 'bad.csv': bad })
        expect(items.length + problems.length + skipped).toBeLessThan(30)
      }
    }
  })
})
