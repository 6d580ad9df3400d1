// Who is surest of a file reads it, and where that comes to nothing, the next one.
import { describe, expect, it } from 'vitest'
import { importersFor } from '../../../../electron/core/imports/reader/detect.ts'
import { type Entry, Unreadable } from '../../../../electron/core/imports/reader/importer.ts'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { readInTurn, type Turn } from '../../../../electron/core/imports/reader/taking-turns.ts'
import { entryOf, readingOf, sampleOf } from './support.ts'

async function turns(content: string, entry: Entry = entryOf('in/a', content)) {
  const told: string[] = []
  const told1 = (turn: Turn) =>
    'begun' in turn
      ? turn.begun.format
      : 'item' in turn
        ? `item ${turn.item.type}`
        : 'problem' in turn
          ? turn.problem.why
          : '-'
  try {
    for await (const turn of readInTurn(importersFor(importers, sampleOf('in/a', content)), entry, readingOf({})))
      told.push(told1(turn))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    told.push(`failed ${error.why}`)
  }
  return told
}

describe('a file', () => {
  it('is read by who knows it, and by nobody else', async () => {
    expect(await turns('<gpx><wpt lat="1" lon="2"/></gpx>')).toEqual(['gpx', 'item place'])
    expect(await turns('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')).toEqual(['ics'])
  })

  it('that only looks like something is read as text, and what it looked like is told', async () => {
    expect(await turns('<gpx is what such files begin with & nobody minds')).toEqual([
      'gpx',
      'damaged',
      'text',
      'item note',
    ])
  })

  it('of which something came keeps to that, and so does one that is refused for another reason', async () => {
    expect(await turns('<gpx><wpt lat="1" lon="2"/></rte>')).toEqual(['gpx', 'item place', 'failed damaged'])
    expect(await turns('<!DOCTYPE gpx [<!ENTITY a "b">]><gpx><wpt lat="1" lon="2"/></gpx>')).toEqual([
      'gpx',
      'failed forbidden-markup',
    ])
  })

  it('whose bytes do not come is not tried again', async () => {
    const text = '<gpx><wpt lat="1" lon="2"></gpx>'
    const entry: Entry = {
      ...entryOf('in/a', text),
      async *chunks() {
        yield Buffer.from(text.slice(0, 8))
        throw new Unreadable('damaged')
      },
    }
    expect(await turns(text, entry)).toEqual(['gpx', 'failed damaged'])
  })
})
