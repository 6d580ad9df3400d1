// What a watch or a telephone counts day by day, as a table: steps, sleep, the resting pulse. Each figure is an observation of
// its day. A table with a column that is none of these is left to others, so that nothing of it is lost here.
import { type DateHabit, dateHabit } from '../dates/date-order.ts'
import { whenOf } from '../items/guesses.ts'
import { certainty, type Found, type Importer, type Reading } from '../importer.ts'
import { rowsOf, tableStart } from '../text/rows.ts'
import { startText } from '../text/text.ts'

interface Measure {
  readonly measure: string
  readonly title: string
  readonly unit: string
  /** Figures outside are slips of the program that wrote them. */
  readonly most: number
}

const steps: Measure = { measure: 'steps', title: 'Steps', unit: '', most: 200_000 }
const sleep: Measure = { measure: 'sleep', title: 'Sleep', unit: 'min', most: 24 * 60 }
const pulse: Measure = { measure: 'resting-heart-rate', title: 'Resting heart rate', unit: 'bpm', most: 300 }
const measures: ReadonlyMap<string, Measure> = new Map([
  ['steps', steps],
  ['step count', steps],
  ['asleep (min)', sleep],
  ['minutes asleep', sleep],
  ['resting heart rate', pulse],
  ['resting heart rate (bpm)', pulse],
])
const days = new Set(['date', 'day', 'night'])
/** Times of the clock that say more of the night. */
const nights: ReadonlyMap<string, string> = new Map([
  ['went to bed', 'wentToBed'],
  ['got up', 'gotUp'],
])

interface Columns {
  readonly day: number
  readonly measured: readonly (readonly [number, Measure])[]
  readonly times: readonly (readonly [number, string])[]
}

function columnsOf(headings: readonly string[]): Columns | undefined {
  const names = headings.map((name) => name.trim().toLowerCase())
  const at = <T>(known: ReadonlyMap<string, T>) =>
    names.flatMap((name, place) => {
      const found = known.get(name)
      return found === undefined ? [] : [[place, found] as const]
    })
  const [measured, times] = [at(measures), at(nights)]
  const day = names.findIndex((name) => days.has(name))
  const all = measured.length + times.length + 1 === names.length
  return day === -1 || measured.length === 0 || !all ? undefined : { day, measured, times }
}

export const dailyMeasures: Importer = {
  format: 'daily-measures',
  counts: 'records',
  recognises({ text }) {
    const start = text === null ? undefined : tableStart(text)
    return columnsOf(start?.rows[0] ?? []) === undefined ? certainty.no : certainty.certain
  },
  async *read(entry, reading) {
    const start = tableStart((await startText(entry)) ?? '')
    const columns = columnsOf(start?.rows[0] ?? [])
    if (start === undefined || columns === undefined) {
      yield { problem: { why: 'needs-columns' } }
      return
    }
    const days = start.rows.map((cells) => cells[columns.day] ?? '')
    const { order } = dateHabit(days, reading)
    let headings = true
    for await (const found of rowsOf(entry, reading, start.delimiter)) {
      if ('problem' in found) yield found
      else if (headings) headings = false
      else yield* observationsOf(found.cells, found.row, columns, { ...reading, order })
    }
  },
}

type Ordered = Reading & Pick<DateHabit, 'order'>

function* observationsOf(cells: readonly string[], row: number, columns: Columns, reading: Ordered): Generator<Found> {
  const cell = (place: number) => (cells[place] ?? '').trim()
  const when = whenOf(cell(columns.day), reading, reading.order)
  if (when === undefined || !('day' in when)) {
    yield { problem: { why: 'not-a-date', at: row } }
    return
  }
  const times = columns.times.map(([place, name]) => [name, cell(place)] as const).filter(([, time]) => time !== '')
  for (const [place, { measure, title, unit, most }] of columns.measured) {
    const written = cell(place)
    if (written === '') {
      yield { skipped: true }
      continue
    }
    const value = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN
    if (!(value <= most)) {
      yield { problem: { why: 'damaged', at: row } }
      continue
    }
    yield {
      item: {
        same: `measures:${measure}:${when.day}`,
        type: 'observation',
        title,
        body: [written, unit].filter((part) => part !== '').join(' '),
        when,
        source: 'measures',
        facts: { measure, value, ...(unit !== '' && { unit }), ...(measure === 'sleep' && Object.fromEntries(times)) },
        position: row,
      },
    }
  }
}
