import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { telegram } from '../../../../../electron/core/imports/reader/formats/telegram.ts'
import { readAll, type SampleFiles } from '../support.ts'
import { expectedOf, fixture, fixturesAreHere, told } from './chats.ts'

const said = {
  id: 7,
  type: 'message',
  date: '2026-01-05T10:00:00',
  date_unixtime: '1767603600',
  from: 'Ann',
  text: 'hi',
}
const chat = (...messages: object[]) => ({ name: 'Tea', type: 'personal_chat', id: 42, messages })
const read = (value: unknown, others: SampleFiles = {}) =>
  readAll(telegram, { 'Export/result.json': JSON.stringify(value), ...others })

async function body(text: unknown) {
  return (await read(chat({ ...said, text }))).items[0]?.body
}

describe('a chat from Telegram', () => {
  it('gives each message with who said it, when, and what it answers', async () => {
    const { items, problems, skipped } = await read(
      chat(
        said,
        { id: 8, type: 'service', action: 'pin_message' },
        { ...said, id: 9, reply_to_message_id: 7, forwarded_from: 'Bo' },
      ),
    )
    expect({ problems, skipped }).toEqual({ problems: [], skipped: 1 })
    expect(items).toEqual([
      {
        same: 'telegram:42:7',
        type: 'message',
        title: 'hi',
        body: 'hi',
        when: { at: 1_767_603_600_000 },
        source: 'telegram',
        people: [{ name: 'Ann', role: 'from' }],
        collections: ['Tea'],
        links: [],
        attachments: [],
        facts: {},
        position: 3,
      },
      expect.objectContaining({
        same: 'telegram:42:9',
        links: [{ kind: 'answers', same: 'telegram:42:7' }],
        facts: { forwardedFrom: 'Bo' },
        position: 5,
      }),
    ])
  })

  it('is one of many in the export of an account', async () => {
    const other = { ...chat({ ...said, text: 'bye' }), name: 'Work', id: 43 }
    const { items } = await read({
      about: 'Here is…',
      contacts: { list: [{ name: 'x' }] },
      chats: { list: [chat(said), other] },
      left_chats: { list: [{ ...other, id: 44, name: undefined }] },
    })
    expect(items.map(({ same, collections }) => [same, collections])).toEqual([
      ['telegram:42:7', ['Tea']],
      ['telegram:43:7', ['Work']],
      ['telegram:44:7', []],
    ])
  })

  it('gives the words of all the parts of a text', async () => {
    expect(await body(['One ', { type: 'bold', text: 'two' }, { type: 'italic', text: 'three' }, '.'])).toBe(
      'One twothree.',
    )
    expect(
      await body([
        { type: 'bold', text: 'See:' },
        { type: 'link', text: 'https://example.org' },
      ]),
    ).toBe('See: https://example.org')
    expect(await body([{ type: 'text_link', text: 'here', href: 'https://example.org' }])).toBe(
      'here (https://example.org)',
    )
  })

  it('says what a poll asks and where a place is', async () => {
    const poll = { question: 'Tea?', answers: [{ text: 'yes' }, { text: 'no' }] }
    const { items } = await read(
      chat({ ...said, text: '', poll }, { ...said, id: 8, location_information: { latitude: 1.5, longitude: -2 } }),
    )
    expect(items[0]?.body).toBe('Tea?\n- yes\n- no')
    expect(items[1]?.facts).toEqual({ latitude: 1.5, longitude: -2 })
  })

  it('brings along what lies beside it, and nothing from elsewhere', async () => {
    const { items } = await read(
      chat(
        { ...said, photo: 'photos/a.jpg' },
        { ...said, id: 8, file: 'files/b.bin', file_name: 'b.pdf', mime_type: 'application/pdf' },
        { ...said, id: 9, file: '(File not included. Change data exporting settings to download.)' },
        { ...said, id: 10, photo: '../secret.jpg' },
      ),
      { 'Export/photos/a.jpg': 'a', 'Export/files/b.bin': 'b', 'secret.jpg': 'c' },
    )
    expect(items.map(({ attachments }) => attachments?.map(({ name, media }) => [name, media]))).toEqual([
      [['a.jpg', 'image/jpeg']],
      [['b.pdf', 'application/pdf']],
      [],
      [],
    ])
  })

  it('of older programs has its times in the person’s own zone', async () => {
    const { items } = await read(chat({ ...said, date_unixtime: undefined }))
    expect(items[0]?.when).toEqual({ at: Date.UTC(2026, 0, 5, 9), offset: 60 })
  })

  it('tells of a message that cannot be read, and goes on', async () => {
    const { items, problems } = await read(
      chat({ ...said, text: 5 }, { ...said, date_unixtime: '-99999999999999' }, said),
    )
    expect(problems).toEqual([
      { why: 'damaged', at: 3 },
      { why: 'not-a-date', at: 4 },
    ])
    expect(items).toHaveLength(1)
  })

  it('names two equal messages without names apart', async () => {
    const { id: _, ...nameless } = said
    const { items } = await read(chat(nameless, nameless))
    expect(new Set(items.map(({ same }) => same)).size).toBe(2)
  })

  it('gives messages and problems and nothing else, whatever is cut or flipped', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(chat(said, { ...said, photo: 'a.jpg' })))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, length)
        if (at < broken.length) broken[at] = value
        const { items, problems } = await readAll(telegram, { 'result.json': broken, 'a.jpg': 'x' })
        expect(items.length + problems.length).toBeLessThan(5)
      }),
      { numRuns: 500 },
    )
  })
})

describe.skipIf(!fixturesAreHere)('the Telegram chats of others (need ../shared/fixtures/chats)', () => {
  it.each(['test_single_export.json', 'test_batch_export.json'])('%s gives what is expected', async (name) => {
    const { items, problems } = await readAll(telegram, { [name]: fixture(`telegram/${name}`) })
    expect(problems).toEqual([])
    expect(told(items)).toEqual(expectedOf('telegram'))
  })
})
