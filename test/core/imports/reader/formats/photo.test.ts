// Pictures: what a camera wrote into them, what Google kept beside them, and the picture itself in any case.
import { describe, expect, it } from 'vitest'
import { photo } from '../../../../../electron/core/imports/reader/formats/photo.ts'
import { photoSidecar } from '../../../../../electron/core/imports/reader/formats/photo-sidecar.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { exifBlock, heic, jpeg, png, tag, type Tags, webp } from '../samples/pictures.ts'
import { readAll, sampleOf, type SampleFiles } from '../support.ts'

const gps: Tags = {
  [tag.latitudeRef]: 'N',
  [tag.latitude]: [
    [48, 1],
    [30, 1],
    [0, 1],
  ],
  [tag.longitudeRef]: 'W',
  [tag.longitude]: [
    [11, 1],
    [15, 1],
    [0, 1],
  ],
  [tag.altitudeRef]: 0,
  [tag.altitude]: [[520, 1]],
}
const camera: Tags = { [tag.make]: 'Canon', [tag.model]: 'Canon EOS R5' }
const block = exifBlock(camera, { [tag.takenAt]: '2024:03:15 10:20:30', [tag.offset]: '+05:30' }, gps)

const one = async (files: SampleFiles) => {
  const { items, problems } = await readAll(photo, files)
  return { item: items[0], problems }
}

describe('a picture', () => {
  it('arrives whole, with its day, its place and its camera, in every container', async () => {
    const kinds = {
      'image/jpeg': jpeg(block),
      'image/png': png(block),
      'image/webp': webp(block),
      'image/heic': heic(block),
      'image/tiff': block,
    }
    for (const [media, file] of Object.entries(kinds)) {
      expect(photo.recognises(sampleOf('x', file)), media).toBe(certainty.certain)
      const { item, problems } = await one({ 'trip/lake.bin': file })
      expect(problems, media).toEqual([])
      expect(item?.attachments, media).toEqual([{ name: 'lake.bin', media, content: file }])
      expect(item?.when, media).toEqual({ at: Date.UTC(2024, 2, 15, 4, 50, 30), offset: 330 })
      expect(item?.facts, media).toMatchObject({
        camera: 'Canon EOS R5',
        latitude: 48.5,
        longitude: -11.25,
        altitude: 520,
      })
      if (media !== 'image/tiff' && media !== 'image/heic')
        expect(item?.facts, media).toMatchObject({ width: 40, height: 30 })
    }
  })

  it('is the same under any name, and another one is not', async () => {
    const same = async (files: SampleFiles) => (await one(files)).item?.same
    expect(await same({ 'a.jpg': jpeg(block) })).toBe(await same({ 'b/c.jpeg': jpeg(block) }))
    expect(await same({ 'a.jpg': jpeg(block) })).not.toBe(await same({ 'a.jpg': jpeg() }))
  })

  it('that lies on its side is as wide as it is seen', async () => {
    const turned = exifBlock({ [tag.orientation]: (6 << 16) >>> 0 }, {}, {})
    // A short number stands in the upper half of its four bytes.
    turned.writeUInt16BE(3, turned.indexOf(Buffer.from('0112', 'hex')) + 2)
    expect((await one({ 'a.jpg': jpeg(turned) })).item?.facts).toMatchObject({ width: 30, height: 40 })
  })

  it('whose camera knew no zone was taken in the zone of the person', async () => {
    const zoneless = exifBlock({}, { [tag.takenAt]: '2024:07:15 10:20:30' }, {})
    expect((await one({ 'a.jpg': jpeg(zoneless) })).item?.when).toEqual({
      at: Date.UTC(2024, 6, 15, 8, 20, 30),
      offset: 120,
    })
  })

  it('whose clock was broken comes without its time, and says so', async () => {
    const broken = exifBlock({}, { [tag.takenAt]: '2024:02:31 10:20:30' }, {})
    const { items, problems } = await readAll(photo, { 'a.jpg': jpeg(broken) })
    expect(items.map(({ when }) => when)).toEqual([undefined])
    expect(problems).toEqual([{ why: 'no-such-date', detail: '2024-02-31 10:20:30' }])
    // What was never set is none.
    const unset = exifBlock({}, { [tag.takenAt]: '0000:00:00 00:00:00' }, {})
    expect((await readAll(photo, { 'a.jpg': jpeg(unset) })).problems).toEqual([])
  })

  it('without metadata has the day that its name says, or none', async () => {
    const when = async (name: string) => (await one({ [name]: jpeg() })).item?.when
    expect(await when('IMG_20240315_102030.jpg')).toEqual({ at: Date.UTC(2024, 2, 15, 9, 20, 30), offset: 60 })
    expect(await when('IMG-20240315-WA0001.jpg')).toEqual({ day: '2024-03-15' })
    expect(await when('Screenshot 2024-03-15 at 10.20.30.png')).toEqual({
      at: Date.UTC(2024, 2, 15, 9, 20, 30),
      offset: 60,
    })
    expect(await when('1234567890123.jpg')).toBeUndefined()
    expect(await when('lake.jpg')).toBeUndefined()
  })

  it('whose clock was never set, or whose place is nowhere, has neither', async () => {
    const nowhere = {
      [tag.latitudeRef]: 'N',
      [tag.latitude]: [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
      [tag.longitudeRef]: 'E',
      [tag.longitude]: [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    } as const
    const { item } = await one({ 'a.jpg': jpeg(exifBlock({}, { [tag.takenAt]: '0000:00:00 00:00:00' }, nowhere)) })
    expect([item?.when, item?.facts?.['latitude']]).toEqual([undefined, undefined])
  })

  it('whose metadata leads nowhere arrives all the same, with the reason', async () => {
    const lost = Buffer.from(block)
    lost.writeUInt32BE(0x7fffffff, 4)
    const other = Buffer.from(block)
    other.write('XX', 0)
    for (const broken of [jpeg(lost), jpeg(other), png(lost), webp(lost), heic(lost), lost]) {
      const { item, problems } = await one({ 'a.jpg': broken })
      expect(item?.attachments?.[0]?.content).toEqual(broken)
      expect(problems).toEqual([{ why: 'damaged', detail: 'EXIF' }])
    }
    expect((await one({ 'a.jpg': jpeg() })).problems).toEqual([])
  })

  it('bent anywhere arrives all the same', async () => {
    const file = jpeg(block)
    for (const bad of mutated(file, 600)) {
      if (photo.recognises(sampleOf('x', bad)) === certainty.no) continue
      const { item } = await one({ 'bad.jpg': bad })
      expect(item?.attachments?.[0]?.content).toEqual(bad)
    }
    for (const file of [heic(block), webp(block), png(block), block]) {
      for (const bad of mutated(file, 300)) await readAll(photo, { bad })
    }
  })
})

const sidecar = (more: object = {}) =>
  JSON.stringify({
    title: 'lake.jpg',
    description: 'At the lake',
    photoTakenTime: { timestamp: '1710496230', formatted: '15.03.2024, 09:50:30 UTC' },
    geoData: { latitude: 48.25, longitude: 11.5, altitude: 0 },
    people: [{ name: 'Ada' }],
    url: 'https://photos.google.com/x',
    ...more,
  })

describe('what Google keeps beside a picture', () => {
  it('is told from other JSON, and is nothing to keep by itself', async () => {
    expect(photoSidecar.recognises(sampleOf('x.json', sidecar()))).toBe(certainty.certain)
    expect(photoSidecar.recognises(sampleOf('x.json', '{"title":"x"}'))).toBe(certainty.no)
    expect(await readAll(photoSidecar, { 'x.json': sidecar() })).toEqual({ items: [], problems: [], skipped: 1 })
  })

  it('gives day, place and people where the picture has none', async () => {
    const { item } = await one({ 'p/lake.jpg': jpeg(), 'p/lake.jpg.supplemental-metadata.json': sidecar() })
    expect(item).toMatchObject({
      when: { at: 1_710_496_230_000 },
      body: 'At the lake',
      people: [{ name: 'Ada', role: 'about' }],
      facts: { latitude: 48.25, longitude: 11.5 },
    })
  })

  it('gives the offset that the camera did not write', async () => {
    const zoneless = exifBlock({}, { [tag.takenAt]: '2024:03:15 15:20:30' }, {})
    const { item } = await one({ 'p/lake.jpg': jpeg(zoneless), 'p/lake.jpg.json': sidecar() })
    expect(item?.when).toEqual({ at: 1_710_496_230_000, offset: 330 })
  })

  it('is found under every name that Takeout gives it', async () => {
    const names = {
      'lake.jpg': 'lake.jpg.json',
      'lake(2).jpg': 'lake.jpg.supplemental-metadata(2).json',
      'lake(3).jpg': 'lake.jpg(3).json',
      'lake-edited.jpg': 'lake.jpg.json',
      'PXL_20240315_095030123.PORTRAIT.jpg': 'PXL_20240315_095030123.PORTRAIT.jpg.supplement.json',
      'a_name_that_is_much_longer_than_forty_six_characters.jpg': 'a_name_that_is_much_longer_than_forty_six_char.json',
    }
    for (const [picture, beside] of Object.entries(names)) {
      const { item } = await one({ [`p/${picture}`]: jpeg(), [`p/${beside}`]: sidecar() })
      expect(item?.title, picture).toBe('lake.jpg')
    }
  })

  it('names the album, where the folder is one', async () => {
    const album = (title: string) =>
      JSON.stringify({ title, description: '', access: 'protected', date: { timestamp: '1' } })
    expect(photoSidecar.recognises(sampleOf('metadata.json', album('x')))).toBe(certainty.certain)
    const collections = async (title: string) =>
      (await one({ 'p/a.jpg': jpeg(), 'p/metadata.json': album(title) })).item?.collections
    expect(await collections('At the lake')).toEqual(['At the lake'])
    expect(await collections('Photos from 2024')).toEqual([])
    expect((await one({ 'p/a.jpg': jpeg() })).item?.collections).toEqual([])
  })

  it('says that the picture was thrown away', async () => {
    const { items, skipped } = await readAll(photo, { 'p/a.jpg': jpeg(), 'p/a.jpg.json': sidecar({ trashed: true }) })
    expect([items.length, skipped]).toEqual([0, 1])
  })
})
