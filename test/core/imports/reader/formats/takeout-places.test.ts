// Where a phone has been, in the four forms in which Google hands that out.
import { describe, expect, it } from 'vitest'
import {
  takeoutRecords,
  takeoutSemantic,
} from '../../../../../electron/core/imports/reader/formats/takeout-location.ts'
import { takeoutTimeline } from '../../../../../electron/core/imports/reader/formats/takeout-timeline.ts'
import { certainty, type Importer } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const all: readonly Importer[] = [takeoutRecords, takeoutSemantic, takeoutTimeline]

const claimedBy = (file: string) =>
  all.filter((importer) => importer.recognises(sampleOf('Location.json', file)) === certainty.certain)

const records = JSON.stringify({
  locations: [
    // Each in Berlin, which is two hours ahead: the first two belong to one day there, the third to the next.
    { latitudeE7: 525_000_000, longitudeE7: 134_000_000, accuracy: 20, timestamp: '2024-07-15T21:00:00Z' },
    { latitudeE7: 525_000_000, longitudeE7: 134_100_000, timestampMs: String(Date.UTC(2024, 6, 15, 21, 30)) },
    { latitudeE7: 525_000_000, longitudeE7: 134_200_000, timestamp: '2024-07-15T22:00:00.123Z' },
    { activity: [], timestamp: '2024-07-15T22:00:00Z' },
    { latitudeE7: 1, longitudeE7: 1, timestamp: '0000-00-00' },
    { latitudeE7: 525_000_000, longitudeE7: 134_050_000, timestamp: '2024-07-15T21:10:00Z' },
  ],
})

describe('Records.json', () => {
  it('becomes one track for each day of the person', async () => {
    expect(claimedBy(records)).toEqual([takeoutRecords])
    const { items, problems, skipped } = await readAll(takeoutRecords, { 'Records.json': records })
    expect(items.map(({ type, title, when, facts }) => [type, title, when, facts?.['points']])).toEqual([
      ['track', '2024-07-16', { at: Date.UTC(2024, 6, 15, 22, 0, 0, 123) }, 1],
      ['track', '2024-07-15', { at: Date.UTC(2024, 6, 15, 21) }, 3],
    ])
    expect(items[1]?.facts).toMatchObject({ west: 13.4, east: 13.41, south: 52.5, north: 52.5 })
    expect([problems, skipped]).toEqual([[{ why: 'not-a-date', at: 5 }], 1])
  })

  it('of a hundred thousand points is a few items, and few of their points are kept', async () => {
    const start = Date.UTC(2024, 0, 1)
    const many = Array.from({ length: 100_000 }, (_, at) => ({
      latitudeE7: 480_000_000 + at,
      longitudeE7: 110_000_000,
      timestamp: new Date(start + at * 10_000).toISOString(),
    }))
    const { items } = await readAll(takeoutRecords, { 'Records.json': JSON.stringify({ locations: many }) })
    expect(items.length).toBe(12)
    expect(items.reduce((sum, { facts }) => sum + Number(facts?.['points']), 0)).toBe(100_000)
    expect(items[1]?.attachments).toEqual([])
  })
})

const semantic = JSON.stringify({
  timelineObjects: [
    {
      activitySegment: {
        startLocation: { latitudeE7: 525_000_000, longitudeE7: 134_000_000 },
        endLocation: { latitudeE7: 525_100_000, longitudeE7: 134_000_000 },
        duration: { startTimestamp: '2022-03-01T08:00:00Z', endTimestamp: '2022-03-01T08:20:00Z' },
        distance: 1200,
        activityType: 'IN_PASSENGER_VEHICLE',
      },
    },
    {
      placeVisit: {
        location: {
          latitudeE7: 525_100_000,
          longitudeE7: 134_000_000,
          placeId: 'p1',
          name: 'Library',
          address: 'Street 1\n10115 Berlin',
        },
        duration: { startTimestampMs: '1646123400000', endTimestampMs: '1646130600000' },
      },
    },
    { placeVisit: { location: {}, duration: {} } },
    { somethingNew: {} },
  ],
})

const stay = {
  type: 'place',
  title: 'Library',
  when: { at: 1_646_123_400_000 },
  ends: 1_646_130_600_000,
  facts: { latitude: 52.51, longitude: 13.4, address: 'Street 1 10115 Berlin' },
}

describe('Semantic Location History', () => {
  it('gives stays and ways', async () => {
    expect(claimedBy(semantic)).toEqual([takeoutSemantic])
    const { items, problems, skipped } = await readAll(takeoutSemantic, { '2022_MARCH.json': semantic })
    expect(items).toMatchObject([
      {
        type: 'track',
        title: 'In passenger vehicle',
        when: { at: Date.UTC(2022, 2, 1, 8) },
        ends: Date.UTC(2022, 2, 1, 8, 20),
        facts: { metres: 1200, startLatitude: 52.5, endLatitude: 52.51 },
      },
      stay,
    ])
    expect([problems, skipped]).toEqual([[{ why: 'no-content', at: 3 }], 1])
  })
})

const android = JSON.stringify({
  semanticSegments: [
    {
      startTime: '2025-03-01T08:00:00.000+01:00',
      endTime: '2025-03-01T10:00:00.000+01:00',
      startTimeTimezoneUtcOffsetMinutes: 60,
      visit: {
        hierarchyLevel: 0,
        topCandidate: { placeId: 'p', semanticType: 'INFERRED_HOME', placeLocation: { latLng: '52.5°, 13.4°' } },
      },
    },
    {
      startTime: '2025-03-01T10:00:00.000+01:00',
      endTime: '2025-03-01T10:30:00.000+01:00',
      activity: {
        start: { latLng: '52.5°, 13.4°' },
        end: { latLng: '52.6°, 13.4°' },
        distanceMeters: 11_119.5,
        topCandidate: { type: 'CYCLING' },
      },
    },
    {
      startTime: '2025-03-01T10:00:00.000+01:00',
      endTime: '2025-03-01T12:00:00.000+01:00',
      timelinePath: [
        { point: '52.5°, 13.4°', time: '2025-03-01T10:05:00.000+01:00' },
        { point: '52.6°, 13.4°', time: '2025-03-01T10:25:00.000+01:00' },
        { point: 'nowhere', time: '2025-03-01T10:25:00.000+01:00' },
      ],
    },
    { startTime: '2025-03-01T00:00:00.000+01:00', timelineMemory: { trip: {} } },
  ],
  rawSignals: [
    { position: { LatLng: '52.5°, 13.4°', timestamp: '2025-03-02T10:00:00.000+01:00' } },
    { wifiScan: { deliveryTime: '2025-03-02T10:00:00.000+01:00' } },
  ],
  userLocationProfile: { frequentPlaces: [{ placeId: 'w', placeLocation: '52.7°, 13.5°', label: 'WORK' }] },
})

const iphone = JSON.stringify([
  {
    startTime: '2025-03-01T08:00:00.000+01:00',
    endTime: '2025-03-01T10:00:00.000+01:00',
    visit: {
      hierarchyLevel: '0',
      topCandidate: { placeID: 'p', semanticType: 'Home', placeLocation: 'geo:52.5,13.4' },
    },
  },
  {
    startTime: '2025-03-01T10:00:00.000+01:00',
    endTime: '2025-03-01T10:30:00.000+01:00',
    activity: {
      start: 'geo:52.5,13.4',
      end: 'geo:52.6,13.4',
      distanceMeters: '11119.5',
      topCandidate: { type: 'cycling' },
    },
  },
  {
    startTime: '2025-03-01T10:00:00.000+01:00',
    endTime: '2025-03-01T12:00:00.000+01:00',
    timelinePath: [
      { point: 'geo:52.5,13.4', durationMinutesOffsetFromStartTime: '5' },
      { point: 'geo:52.6,13.4', durationMinutesOffsetFromStartTime: '25' },
    ],
  },
])

const morning = [
  {
    type: 'place',
    title: 'Home',
    when: { at: Date.UTC(2025, 2, 1, 7), offset: 60 },
    ends: Date.UTC(2025, 2, 1, 9),
    facts: { latitude: 52.5, longitude: 13.4, kind: 'Home' },
  },
  { type: 'track', title: 'Cycling', facts: { metres: 11_120, activity: 'Cycling', endLatitude: 52.6 } },
]
const path = {
  type: 'track',
  title: '2025-03-01',
  when: { at: Date.UTC(2025, 2, 1, 9, 5) },
  ends: Date.UTC(2025, 2, 1, 9, 25),
  facts: { points: 2, metres: 11_120 },
}

describe("the phone's own Timeline", () => {
  it('of Android gives stays, ways, the path of each day and the places one often is at', async () => {
    expect(claimedBy(android)).toEqual([takeoutTimeline])
    const { items, problems, skipped } = await readAll(takeoutTimeline, { 'Timeline.json': android })
    expect(items).toMatchObject([
      ...morning,
      { type: 'place', title: 'Work', facts: { latitude: 52.7 } },
      path,
      { type: 'track', title: '2025-03-02', facts: { points: 1 } },
    ])
    expect([problems, skipped]).toEqual([[{ why: 'no-content', at: 3 }], 2])
  })

  it('of the iPhone gives the same', async () => {
    expect(claimedBy(iphone)).toEqual([takeoutTimeline])
    expect((await readAll(takeoutTimeline, { 'location-history.json': iphone })).items).toMatchObject([
      ...morning,
      path,
    ])
  })

  it('says the same of everything when it comes again', async () => {
    const names = async () =>
      (await readAll(takeoutTimeline, { 'Timeline.json': android })).items.map(({ same }) => same)
    expect(await names()).toEqual(await names())
    expect(new Set(await names()).size).toBe(5)
  })
})

describe('other JSON', () => {
  it('is not claimed', () => {
    for (const file of [
      '{"locations":[{"name":"x"}]}',
      '[{"startTime":"x"}]',
      '{"timelineObjects":[]}',
      '[]',
      '{"a":1}',
    ]) {
      expect(claimedBy(file), file).toEqual([])
    }
  })
})

describe('location files', () => {
  it('cut or bent anywhere end with a reason', async () => {
    const kinds = [
      [takeoutRecords, records],
      [takeoutSemantic, semantic],
      [takeoutTimeline, android],
      [takeoutTimeline, iphone],
    ] as const
    for (const [importer, file] of kinds) {
      for (const bad of mutated(Buffer.from(file), 150)) {
        const { items, problems, skipped } = await readAll(importer, { bad })
        expect(items.length + problems.length + skipped).toBeLessThan(20)
      }
    }
  })
})
