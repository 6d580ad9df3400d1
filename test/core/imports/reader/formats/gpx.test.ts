// Tracks and places from receivers and phones.
import { describe, expect, it } from 'vitest'
import { gpx } from '../../../../../electron/core/imports/reader/formats/gpx.ts'
import { metresBetween, placeIn, placeOfE7 } from '../../../../../electron/core/imports/reader/formats/places.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const file = `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><name>Day out</name></metadata>
<wpt lat="48.1" lon="11.5"><ele>520</ele><time>2024-03-15T08:00:00Z</time><name>Café</name><desc>Good cake</desc></wpt>
<wpt lat="148.1" lon="11.5"><name>Nowhere</name></wpt>
<trk><name>To the lake</name><desc>Slowly</desc><type>hiking</type><trkseg>
<trkpt lat="48.0" lon="11.0"><time>2024-03-15T09:00:00Z</time></trkpt>
<trkpt lat="48.0" lon="11.01"><time>2024-03-15T09:10:00Z</time></trkpt>
<trkpt lat="999" lon="11.01"/></trkseg><trkseg>
<trkpt lat="48.01" lon="11.01"><time>2024-03-15T09:30:00Z</time></trkpt></trkseg></trk>
<trk><name>Empty</name></trk>
<rte><rtept lat="1" lon="2"/></rte></gpx>`

describe('places', () => {
  it('are as far from each other as the earth is round', () => {
    const berlin = { latitude: 52.52, longitude: 13.405 }
    const paris = { latitude: 48.8566, longitude: 2.3522 }
    expect(metresBetween(berlin, paris) / 1000).toBeCloseTo(877.5, 0)
    expect(metresBetween({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 })).toBeLessThan(23_000)
  })

  it('are read in every form that location files use', () => {
    const there = { latitude: 48.1234, longitude: -11.5 }
    for (const text of ['48.1234°, -11.5°', 'geo:48.1234,-11.5', '48.1234, -11.5']) expect(placeIn(text)).toEqual(there)
    expect(placeIn('geo:91,0')).toBeUndefined()
    expect(placeIn(7)).toBeUndefined()
    expect(placeOfE7(481_234_000, -115_000_000)).toEqual(there)
    expect(placeOfE7(481_234_000, 4_179_967_296)).toEqual(there)
    expect(placeOfE7('1', 2)).toBeUndefined()
  })
})

describe('GPX', () => {
  it('gives marked places, and a track as one measured item with its points beside it', async () => {
    expect(gpx.recognises(sampleOf('x', file))).toBe(certainty.certain)
    const { items, problems } = await readAll(gpx, { 'day.gpx': file })
    expect(items.map(({ type, title, body, when, ends }) => ({ type, title, body, when, ends }))).toEqual([
      { type: 'place', title: 'Café', body: 'Good cake', when: { at: Date.UTC(2024, 2, 15, 8) }, ends: undefined },
      {
        type: 'track',
        title: 'To the lake',
        body: 'Slowly',
        when: { at: Date.UTC(2024, 2, 15, 9) },
        ends: Date.UTC(2024, 2, 15, 9, 30),
      },
      { type: 'track', title: 'Route', body: '', when: undefined, ends: undefined },
    ])
    expect(items[0]?.facts).toEqual({ latitude: 48.1, longitude: 11.5, altitude: 520 })
    expect(items[1]?.facts).toEqual({
      points: 3,
      metres: 1856,
      south: 48,
      west: 11,
      north: 48.01,
      east: 11.01,
      from: '2024-03-15T09:00:00.000Z',
      to: '2024-03-15T09:30:00.000Z',
      activity: 'hiking',
    })
    const kept = new TextDecoder().decode(items[1]?.attachments?.[0]?.content)
    expect((JSON.parse(kept) as { geometry: unknown }).geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [11, 48],
        [11.01, 48],
        [11.01, 48.01],
      ],
    })
    expect(problems.map(({ why, at }) => [why, at])).toEqual([
      ['no-content', 4],
      ['no-content', 10],
    ])
  })

  it('of more points than are kept has none beside it, and all in its measures', async () => {
    const points = Array.from({ length: 20_000 }, (_, at) => `<trkpt lat="48" lon="${(at / 1e5).toFixed(5)}"/>`).join(
      '\n',
    )
    const { items } = await readAll(gpx, { 'long.gpx': `<gpx><trk><trkseg>${points}</trkseg></trk></gpx>` })
    expect([items[0]?.facts?.['points'], items[0]?.attachments]).toEqual([20_000, []])
  })

  it('cut or bent anywhere ends with a reason', async () => {
    for (const bad of mutated(Buffer.from(file), 150)) {
      expect((await readAll(gpx, { 'bad.gpx': bad })).items.length).toBeLessThan(7)
    }
  })
})
