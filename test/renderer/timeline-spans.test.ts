import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  around,
  barsOf,
  fitted,
  nameOfBar,
  spanOfBar,
  wholeSpan,
  wordsOfSpan,
  zoomWithin,
} from '../../renderer/screens/library/timeline/spans.ts'

describe('the spans of the timeline', () => {
  it('are the days of a whole part of the calendar', () => {
    expect(spanOfBar('1990', 'decade')).toEqual({ from: '1990-01-01', to: '1999-12-31' })
    expect(spanOfBar('2024-02', 'month')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(spanOfBar('1900-02', 'month')).toEqual({ from: '1900-02-01', to: '1900-02-28' })
    expect(spanOfBar('0001', 'year')).toEqual({ from: '0001-01-01', to: '0001-12-31' })
    expect(spanOfBar('2024-02-29', 'day')).toEqual({ from: '2024-02-29', to: '2024-02-29' })
  })

  it('are known again from their two days, whichever they are', () => {
    const starts = fc
      .date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(starts, fc.constantFrom('decade', 'year', 'month', 'day'), (day, zoom) => {
        const start = { decade: `${day.slice(0, 3)}0`, year: day.slice(0, 4), month: day.slice(0, 7), day }[zoom]
        expect(wholeSpan(spanOfBar(start, zoom))).toEqual({ zoom, start })
      }),
    )
  })

  it('go one step finer at a time, down to the hours of a day', () => {
    expect(zoomWithin({})).toBe('month')
    expect(zoomWithin(spanOfBar('1990', 'decade'))).toBe('year')
    expect(zoomWithin(spanOfBar('1994', 'year'))).toBe('month')
    expect(zoomWithin(spanOfBar('1994-03', 'month'))).toBe('day')
    expect(zoomWithin(spanOfBar('1994-03-17', 'day'))).toBe('hour')
    expect(zoomWithin({ from: '1994-03-10', to: '1994-04-11' })).toBe('day')
    expect(around(spanOfBar('1994-03', 'month')).map(({ start }) => start)).toEqual(['1990', '1994', '1994-03'])
  })

  it('fit what there is where no span was chosen: a life in decades, some years in years, less in months', () => {
    const months = (...starts: readonly string[]) => starts.map((start) => ({ start, count: 2 }))
    expect(fitted([])).toEqual({ zoom: 'month', buckets: [] })
    expect(fitted(months('2025-02', '2026-02'))).toEqual({ zoom: 'month', buckets: months('2025-02', '2026-02') })
    expect(fitted(months('2019-11', '2019-12', '2024-02'))).toEqual({
      zoom: 'year',
      buckets: [
        { start: '2019', count: 4 },
        { start: '2024', count: 2 },
      ],
    })
    expect(fitted(months('1979-11', '1981-01', '1989-12')).zoom).toBe('year')
    expect(fitted(months('0987-11', '1981-01', '1989-12'))).toEqual({
      zoom: 'decade',
      buckets: [
        { start: '0980', count: 2 },
        { start: '1980', count: 4 },
      ],
    })
  })

  it('have every bar, the empty ones too', () => {
    expect(barsOf(['1994-03'], 'month', spanOfBar('1994', 'year'))).toHaveLength(12)
    expect(barsOf([], 'day', spanOfBar('2024-02', 'month')).at(-1)).toBe('2024-02-29')
    expect(barsOf([], 'hour', spanOfBar('2024-02-29', 'day')).at(-1)).toBe('2024-02-29T23')
    expect(barsOf([], 'year', spanOfBar('1990', 'decade')).at(-1)).toBe('1999')
    expect(barsOf(['1970', '1990'], 'decade', {})).toEqual(['1970', '1980', '1990'])
    expect(barsOf(['2023-12-30', '2024-01-02'], 'day', { from: '2023-12-20', to: '2024-01-10' })).toEqual([
      '2023-12-30',
      '2023-12-31',
      '2024-01-01',
      '2024-01-02',
    ])
  })

  it('leave out what is empty where that is too much to be drawn', () => {
    expect(barsOf(['0001', '9990'], 'decade', {})).toEqual(['0001', '9990'])
  })

  it('are called as people call them', () => {
    expect(nameOfBar('1994-03-17', 'day', 'en-GB', 'long')).toBe('17 March 1994')
    expect(nameOfBar('1994-03', 'month', 'de', 'long')).toBe('März 1994')
    expect(nameOfBar('1994-03-17T09', 'hour', 'de', 'short')).toBe('09 Uhr')
    expect(wordsOfSpan('1994-01-01', '1994-12-31', 'en')).toEqual({ name: '1994', decade: false })
    expect(wordsOfSpan('1994-01-01', '1994-11-30', 'en')).toBeNull()
  })
})
