// Daily figures of a watch, as observations of their days.
import { expect, it } from 'vitest'
import { dailyMeasures } from '../../../../../electron/core/imports/reader/formats/daily-measures.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { readAll, sampleOf } from '../support.ts'

const read = (text: string) => readAll(dailyMeasures, { 'a.csv': text })

it('makes an observation of each figure of each day', async () => {
  const { items, problems } = await read(
    'Night;Asleep (min);Went to bed;Got up;Resting heart rate (bpm)\n2025-03-01;431;22:50;06:31;58\n2025-03-02;402;;;\n',
  )
  expect(problems).toEqual([])
  expect(
    items.map(({ type, title, body, when, facts, position }) => ({ type, title, body, when, facts, position })),
  ).toEqual([
    {
      type: 'observation',
      title: 'Sleep',
      body: '431 min',
      when: { day: '2025-03-01' },
      facts: { measure: 'sleep', value: 431, unit: 'min', wentToBed: '22:50', gotUp: '06:31' },
      position: 2,
    },
    {
      type: 'observation',
      title: 'Resting heart rate',
      body: '58 bpm',
      when: { day: '2025-03-01' },
      facts: { measure: 'resting-heart-rate', value: 58, unit: 'bpm' },
      position: 2,
    },
    {
      type: 'observation',
      title: 'Sleep',
      body: '402 min',
      when: { day: '2025-03-02' },
      facts: { measure: 'sleep', value: 402, unit: 'min' },
      position: 3,
    },
  ])
})

it('names a figure after its day, so that one counted on becomes a new version', async () => {
  const [before, after] = await Promise.all([
    read('Date,Steps\n2025-03-01,4000\n'),
    read('Date,Steps\n2025-03-01,9000\n'),
  ])
  expect(before.items[0]?.same).toBe(after.items[0]?.same)
})

it('tells of figures that cannot be and of days that are none, and goes on', async () => {
  const { items, problems, skipped } = await read(
    'Date,Steps\n2025-03-01,many\n2025-02-30,10\n2025-03-03,999999\n2025-03-04,-5\n2025-03-05,\n2025-03-06,0\n',
  )
  expect(problems).toEqual([
    { why: 'damaged', at: 2 },
    { why: 'not-a-date', at: 3 },
    { why: 'damaged', at: 4 },
    { why: 'damaged', at: 5 },
  ])
  expect(skipped).toBe(1)
  expect(items.map(({ facts }) => facts)).toEqual([{ measure: 'steps', value: 0 }])
})

it('leaves a table to others that has a column it does not know', () => {
  const sure = (headings: string) => dailyMeasures.recognises(sampleOf('steps.csv', `${headings}\n2025-03-01,1,2\n`))
  expect(sure('Date,Steps,Mood')).toBe(certainty.no)
  expect(sure('Date,Went to bed,Got up')).toBe(certainty.no)
  expect(sure('Date,Steps,Asleep (min)')).toBe(certainty.certain)
})
