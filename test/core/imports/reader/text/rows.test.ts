import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../../../../../electron/core/imports/reader/importer.ts'
import { rowsOf, tableStart } from '../../../../../electron/core/imports/reader/text/rows.ts'
import { longestLine } from '../../../../../electron/core/imports/reader/text/text.ts'
import { entryOf, readingOf } from '../support.ts'

async function all(text: string | Uint8Array, piece = 7) {
  const rows: (readonly string[])[] = []
  const numbers: number[] = []
  const problems: { why: string; at: number | undefined }[] = []
  try {
    for await (const found of rowsOf(entryOf('a.csv', text, piece), readingOf({}))) {
      if ('problem' in found) problems.push({ why: found.problem.why, at: found.problem.at })
      else {
        rows.push(found.cells)
        numbers.push(found.row)
      }
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    problems.push({ why: error.why, at: error.at })
  }
  return { rows, numbers, problems }
}

describe('the rows of a table', () => {
  it('are told apart by whatever parts their cells', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const { rows } = await all(
        [
          ['a', 'b'],
          ['1', '2,5;3'],
          ['x', 'y'],
        ]
          .map(([a, b]) => `${a}${delimiter}"${b}"`)
          .join('\n'),
      )
      expect(rows).toEqual([
        ['a', 'b'],
        ['1', '2,5;3'],
        ['x', 'y'],
      ])
    }
    expect((await all('sep=;\r\na;b,c\r\n1;2\r\n')).rows).toEqual([
      ['a', 'b,c'],
      ['1', '2'],
    ])
  })

  it('keep quotes, line breaks and every line end, and are counted with the empty ones', async () => {
    for (const piece of [1, 2, 3, 1000]) {
      const { rows, numbers } = await all('a,b\r\n"x ""y""","one\r\ntwo"\r\r\n3,"4"\n', piece)
      expect(rows).toEqual([
        ['a', 'b'],
        ['x "y"', 'one\ntwo'],
        ['3', '4'],
      ])
      expect(numbers).toEqual([1, 2, 4])
    }
  })

  it('come although a quote before them was never closed', async () => {
    const { rows, problems } = await all('a,b\n1,"open\n2,x\n3,"y"\n')
    expect(rows).toEqual([
      ['a', 'b'],
      ['2', 'x'],
      ['3', 'y'],
    ])
    expect(problems).toEqual([{ why: 'open-quote', at: 2 }])
  })

  it('come although a quote was not closed within what is held', async () => {
    const many = Array.from({ length: 200_000 }, (_, at) => `${at},some text`)
    many[10] = '10,"some text'
    const { rows, problems } = await all(`${many.join('\n')}\n`, 65_536)
    expect(problems).toEqual([{ why: 'open-quote', at: 11 }])
    expect(rows).toHaveLength(199_999)
    expect(rows.at(-1)).toEqual(['199999', 'some text'])
  })

  it('come without the lines of a cell that was never closed, however long these are', async () => {
    const lines = `more of it\n${'x'.repeat(longestLine * 3)}\n`.repeat(3)
    const { rows, problems } = await all(`a,b\n1,"open\n${lines}2,x\n3,y\n`, 65_536)
    expect(rows).toEqual([
      ['a', 'b'],
      ['2', 'x'],
      ['3', 'y'],
    ])
    expect(problems).toEqual([{ why: 'open-quote', at: 2 }])
  })

  it('come although one before them has no end', async () => {
    const { rows, problems } = await all(`a,b\n1,${'x'.repeat(longestLine * 3)}\n2,y\n`, 65_536)
    expect(rows).toEqual([
      ['a', 'b'],
      ['2', 'y'],
    ])
    expect(problems).toEqual([{ why: 'too-large', at: 2 }])
  })

  it('are given up where every line is broken', async () => {
    const { rows, problems } = await all(`a,b\n1,2\n${'3,"a\n'.repeat(1001)}`)
    expect(rows).toHaveLength(2)
    expect(problems.at(-1)?.why).toBe('damaged')
    expect(problems.length).toBeLessThan(110)
  })

  it('are refused where their letters cannot be decoded, and only those', async () => {
    const start = 'ü,b\n'.repeat(20_000)
    const { rows, problems } = await all(
      Buffer.concat([Buffer.from(`${start}x,`), Uint8Array.of(0xff), Buffer.from('\n1,2')]),
      1000,
    )
    expect(problems).toEqual([{ why: 'wrong-encoding', at: 20_001 }])
    expect(rows).toHaveLength(20_001)
  })

  it('are what was written, in pieces of any size', async () => {
    const cell = fc.string().map((text) => text.replaceAll('\r', '').replaceAll('\ufeff', ''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        async (rows, piece) => {
          const text = Papa.unparse([['kopf', 'für', 'alle'], ...rows], { quotes: true })
          expect(await all(text, piece)).toMatchObject({ rows: [['kopf', 'für', 'alle'], ...rows], problems: [] })
        },
      ),
    )
  })
})

describe('the beginning of a table', () => {
  it('says what parts its cells', () => {
    expect(tableStart('a;b;c\n1,5;2;3\n4;5,5;6\n')).toEqual({
      delimiter: ';',
      rows: [
        ['a', 'b', 'c'],
        ['1,5', '2', '3'],
        ['4', '5,5', '6'],
      ],
    })
  })
})
