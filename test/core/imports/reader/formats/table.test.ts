import { describe, expect, it } from 'vitest'
import { table } from '../../../../../electron/core/imports/reader/formats/table.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { importers } from '../../../../../electron/core/imports/reader/importers.ts'
import { asked, importerFor, readAll, sampleOf } from '../support.ts'

const books = [
  'Title;Author;Finished;Rating',
  '"Die Verwandlung";Franz Kafka;03.02.2024;5',
  '"The Dispossessed; again";Ursula K. Le Guin;14.03.2024;5',
  'Momo;Michael Ende;;4',
  '',
].join('\r\n')

const spending =
  'Day,Shop,Paid,Cur\n2024-05-01,Baker,"-3,50",EUR\n2024-05-01,Baker,"-3,50",EUR\n2024-05-02,Grocer,"-1.203,10",EUR\n'

describe('a table with a broken or endless cell', () => {
  it.each([
    ['that is never closed', 'name,text,city\nann,"open,x\nbob,b,y\ncy,c,z\n', 'open-quote', ['bob', 'cy']],
    ['that takes the rest along', `name,text,city\nann,"${'line\n'.repeat(30_000)}`, 'open-quote', []],
    ['without any end', `name,text,city\nann,${'x'.repeat(3_000_000)},x\nbob,b,y\n`, 'too-large', ['bob']],
  ] as const)('is a table all the same, and says which: one %s', async (_, text, why, titles) => {
    expect(importerFor(importers, 'people.csv', text)).toBe(table)
    const { items, problems } = await readAll(table, { 'people.csv': text })
    expect(items.map(({ title }) => title)).toEqual(titles)
    expect(problems).toEqual([{ why, at: 2 }])
  })
})

describe('a table', () => {
  it('becomes one record a row, with its cells as facts', async () => {
    const { items, problems } = await readAll(table, { 'books.csv': books })
    expect(problems).toEqual([])
    expect(items.map(({ title, position }) => [title, position])).toEqual([
      ['Die Verwandlung', 2],
      ['The Dispossessed; again', 3],
      ['Momo', 4],
    ])
    expect(items[0]).toMatchObject({
      type: 'record',
      body: 'Title: Die Verwandlung\nAuthor: Franz Kafka\nFinished: 03.02.2024\nRating: 5',
      facts: { Title: 'Die Verwandlung', Author: 'Franz Kafka', Finished: '03.02.2024', Rating: '5' },
    })
    expect(items[2]?.facts).toEqual({ Title: 'Momo', Author: 'Michael Ende', Rating: '4' })
  })

  it('is read in every encoding and says so where it cannot be', async () => {
    const latin = Buffer.from('Größe;Farbe;Stück\nM;grün;1\nL;weiß;2\n', 'latin1')
    expect((await readAll(table, { 'a.csv': latin })).items[0]?.body).toBe('Größe: M\nFarbe: grün\nStück: 1')
    const wide = Buffer.from('\ufeffName\tOrt\nJürgen\tKöln\n', 'utf16le')
    expect((await readAll(table, { 'a.tsv': wide })).items[0]?.body).toBe('Name: Jürgen\nOrt: Köln')
  })

  it('without headings has its columns numbered', async () => {
    const { items } = await readAll(table, { 'a.csv': '2024-01-01,run,5.2\n2024-01-03,swim,1.0\n' })
    expect(items.map(({ facts, title, position }) => [facts, title, position])).toEqual([
      [{ 1: '2024-01-01', 2: 'run', 3: '5.2' }, 'run', 1],
      [{ 1: '2024-01-03', 2: 'swim', 3: '1.0' }, 'swim', 2],
    ])
  })

  it('finds time, name and text under their usual names', async () => {
    const { items } = await readAll(table, {
      'a.csv': 'Created At,Subject,Content\n1714557600,Tea,Green or black?\n"May 3, 2024 10:00",Cake,\n',
    })
    expect(items).toMatchObject([
      { title: 'Tea', body: 'Green or black?', when: { at: 1_714_557_600_000 } },
      { title: 'Cake', when: { at: Date.UTC(2024, 4, 3, 8) } },
    ])
  })

  it('has its dates in one order, which one of them tells', async () => {
    const months = await readAll(table, { 'a.csv': 'date,title\n03/04/2024,a\n03/25/2024,b\n' })
    expect(months.items[0]?.when).toEqual({ day: '2024-03-04' })
    const told = await readAll(
      table,
      { 'a.csv': 'date,title\n03/04/2024,a\n03/05/2024,b\n' },
      { dateOrder: 'day-first' },
    )
    expect(told.items[0]?.when).toEqual({ day: '2024-04-03' })
  })

  it('becomes bookings where the person says which column is the amount', async () => {
    const columns = { date: 'Day', amount: 'Paid', who: 'Shop', currency: 'Cur' }
    const { items, problems } = await readAll(
      table,
      { 'a.csv': `${spending}2024-13-01,X,1,EUR\n2024-05-03,Y,gift,EUR\n` },
      { columns: [columns] },
    )
    expect(items).toMatchObject([
      { type: 'transaction', title: 'Baker', when: { day: '2024-05-01' }, facts: { amount: '-3.50', currency: 'EUR' } },
      { type: 'transaction', title: 'Baker' },
      { type: 'transaction', title: 'Grocer', facts: { amount: '-1203.10', counterparty: 'Grocer' } },
    ])
    expect(new Set(items.map(({ same }) => same)).size).toBe(3)
    expect(problems).toEqual([
      { why: 'not-a-date', at: 5 },
      { why: 'damaged', at: 6 },
    ])
  })

  it('becomes notes where the person names other columns', async () => {
    const columns = { title: 'Shop', body: 'Paid', date: 'Day', who: 'Shop' }
    const { items } = await readAll(table, { 'a.csv': spending }, { columns: [columns] })
    expect(items[2]).toMatchObject({
      type: 'note',
      title: 'Grocer',
      body: '-1.203,10',
      people: [{ name: 'Grocer', role: 'from' }],
    })
  })

  it('without every column that was named is read, and asked about, as if nothing had been said', async () => {
    const others = [{ title: 'Nope' }, { title: 'Shop', date: 'Nope' }]
    expect(await readAll(table, { 'a.csv': spending }, { columns: others })).toEqual(
      await readAll(table, { 'a.csv': spending }),
    )
    expect(await asked(table, spending, { columns: others })).toEqual(await asked(table, spending))
    // Each of two tables is read as was said of it.
    const columns = [{ title: 'Author' }, { title: 'Shop' }]
    expect((await readAll(table, { 'a.csv': spending }, { columns })).items[0]).toMatchObject({ title: 'Baker' })
    expect((await readAll(table, { 'a.csv': books }, { columns })).items[0]).toMatchObject({ title: 'Franz Kafka' })
    expect(await asked(table, spending, { columns })).toEqual([])
  })

  it('needs to be told the day of an amount, and is asked about until it is', async () => {
    const columns = [{ amount: 'Paid' }]
    expect((await readAll(table, { 'a.csv': spending }, { columns })).problems).toMatchObject([
      { why: 'needs-columns' },
    ])
    expect(await asked(table, spending, { columns })).toEqual(await asked(table, spending))
    const more = { columns: [...columns, { amount: 'Paid', date: 'Day' }] }
    expect((await readAll(table, { 'a.csv': spending }, more)).items).toHaveLength(3)
    expect(await asked(table, spending, more)).toEqual([])
  })

  it('of more columns than anybody looks through is read without a question', async () => {
    const wide = (columns: number) => {
      const of = (cell: string) => Array.from({ length: columns }, (_, at) => `${cell}${at}`).join(',')
      return `${of('Column ')}\n${of('a')}\n${of('b')}\n`
    }
    expect(await asked(table, wide(200))).toMatchObject([{ for: 'columns' }])
    expect(await asked(table, wide(201))).toEqual([])
    const commas = `${','.repeat(30_000)}\n${','.repeat(30_000)}tea\n`
    expect(await asked(table, commas)).toEqual([])
    expect((await readAll(table, { 'a.csv': commas })).items).toMatchObject([{ title: 'tea' }])
  })

  it('asks which column is which, where their names do not say', async () => {
    expect(await asked(table, spending)).toEqual([
      {
        for: 'columns',
        columns: ['Day', 'Shop', 'Paid', 'Cur'],
        rows: [
          ['2024-05-01', 'Baker', '-3,50', 'EUR'],
          ['2024-05-01', 'Baker', '-3,50', 'EUR'],
          ['2024-05-02', 'Grocer', '-1.203,10', 'EUR'],
        ],
      },
    ])
    expect(await asked(table, books)).toEqual([])
    expect(await asked(table, spending, { columns: [{ title: 'Shop' }] })).toEqual([])
  })

  it('asks whether the day comes first where no row tells, and reads on with what it says it assumes', async () => {
    const open = 'date,title\n03/03/2024,a\n03/04/2024,b\n'
    const ask = { for: 'date-order', example: '03/04/2024' }
    expect(await asked(table, open)).toEqual([{ ...ask, assumed: 'day-first' }])
    expect(await asked(table, open, {}, 'America/Chicago')).toEqual([{ ...ask, assumed: 'month-first' }])
    expect((await readAll(table, { 'a.csv': open }, {}, 'America/Chicago')).items[1]?.when).toEqual({
      day: '2024-03-04',
    })
    for (const tells of ['25/04/2024,c', '04/25/2024,c', '3.4.2024,c'])
      expect(await asked(table, `${open}${tells}\n`), tells).toEqual([])
    expect(await asked(table, 'date,title\n03/03/2024,a\n2024-04-05,b\n')).toEqual([])
    expect(await asked(table, open, { dateOrder: 'month-first' })).toEqual([])
  })

  it('asks it of the column that the person says is the date', async () => {
    const trip = 'Left,Back,Where\n03/25/2024,04/05/2024,Rome\n04/01/2024,04/06/2024,Oslo\n'
    expect(await asked(table, trip, { columns: [{ date: 'Left', title: 'Where' }] })).toEqual([])
    expect(await asked(table, trip, { columns: [{ date: 'Back', title: 'Where' }] })).toEqual([
      { for: 'date-order', example: '04/05/2024', assumed: 'day-first' },
    ])
  })

  it('is not read against what one of its own dates tells', async () => {
    const months = 'date,title\n03/04/2024,a\n03/25/2024,b\n'
    const { items } = await readAll(table, { 'a.csv': months }, { dateOrder: 'day-first' })
    expect(items[0]?.when).toEqual({ day: '2024-03-04' })
  })

  it('gives what stands before the place where it can be read no further', async () => {
    const { items, problems } = await readAll(table, { 'a.csv': `${books}${'x;"y\n'.repeat(1001)}` })
    expect(items.map(({ title }) => title).slice(0, 3)).toEqual(['Die Verwandlung', 'The Dispossessed; again', 'Momo'])
    expect(problems.at(-1)?.why).toBe('damaged')
  })

  it('gives the same names again, under another name of the file too', async () => {
    const first = await readAll(table, { 'a.csv': spending })
    const again = await readAll(table, { 'copy/b.csv': spending.replaceAll('\n', '\r\n') })
    expect(again.items.map(({ same }) => same)).toEqual(first.items.map(({ same }) => same))
  })

  it('is told by what is in it', () => {
    expect(table.recognises(sampleOf('books.txt', books))).toBe(certainty.general)
    expect(table.recognises(sampleOf('a.csv', 'a,b\n1,2\n'))).toBe(certainty.general)
    expect(table.recognises(sampleOf('letter.txt', 'Dear Ann,\nthanks, and see you.\n'))).toBe(certainty.no)
    expect(table.recognises(sampleOf('a.csv', '{"a": 1, "b": 2, "c": 3}\n'.repeat(5)))).toBe(certainty.no)
    expect(table.recognises(sampleOf('a.csv', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0)))).toBe(certainty.no)
  })

  it.each([
    ['three columns', 'Name,City,Since\nAnn,Ulm,2019\nBo,Graz,2021\n'],
    ['empty cells', 'id,name,note\n1,Ann,\n2,,late\n3,Cy,"yes, twice"\n'],
    ['spaces and numbers', 'Item, Amount, Shop\nBread, 2, Baker\nSalt, 1, Grocer\n'],
  ])('with %s is known without the ending of its name', (_, text) => {
    expect(importerFor(importers, 'export', text)).toBe(table)
    expect(importerFor(importers, 'export.txt', text)).toBe(table)
  })

  it.each([
    ['lists', 'Apples, pears, plums\nBread, butter, cheese\nTea, coffee, milk\n'],
    ['verses', 'O sea, o sky, o land\nI come, I go, I stand\nAnd see, and hear, and hold\n'],
    ['a letter', 'Dear Ann,\nthanks, as ever, for all\nof it, and them, and you\nBo\n'],
    ['sentences', 'We came,we saw,we left.\nThey came,they saw,they left.\nAll came,all saw,all left.\n'],
    ['data without headings', '2024-01-01,run,5.2\n2024-01-03,swim,1.0\n2024-01-04,run,3\n'],
    ['steps of a program', 'move(a,b,c)\nmove(d,e,f)\nmove(g,h,i)\n'],
    ['two lines', 'Name,City,Since\nAnn,Ulm,2019\n'],
  ])('is not what %s are', (_, text) => {
    expect(importerFor(importers, 'export', text)?.format).toBe('text')
  })

  it('gives items and problems, whatever happened to the file', async () => {
    for (const bytes of mutated(new TextEncoder().encode(books + spending), 400)) {
      const { items, problems, skipped } = await readAll(table, { 'a.csv': bytes })
      expect(items.length + problems.length + skipped).toBeLessThan(20)
    }
  })
})
