import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whatsapp } from '../../../../../electron/core/imports/reader/formats/whatsapp.ts'
import { asked, readAll, type SampleFiles } from '../support.ts'
import { expectedOf, fixture, fixturesAreHere, told } from './chats.ts'

const read = (text: string, others: SampleFiles = {}) =>
  readAll(whatsapp, { 'WhatsApp Chat with Ann.txt': text, ...others })

const names = async (text: string, path = '_chat.txt') =>
  (await readAll(whatsapp, { [path]: text })).items.map(({ same }) => same)

const chat = (...said: readonly string[]) => said.map((one) => `31.12.25, 23:59 - ${one}\n`).join('')

async function times(text: string) {
  return told((await read(text)).items).map(({ timestamp }) => timestamp)
}

describe('a chat from WhatsApp', () => {
  it('gives each message with who said it to whom, over all its lines', async () => {
    const { items, problems, skipped } = await read(
      [
        '31.12.25, 23:59 - Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.',
        '31.12.25, 23:59 - Bo: Happy: new',
        '',
        'year',
        '01.01.26, 00:00 - Ann Lee: 🤓',
      ].join('\r\n'),
    )
    expect(problems).toEqual([])
    expect(skipped).toBe(1)
    expect(items).toEqual([
      {
        same: expect.stringMatching(/^whatsapp:[0-9a-f]{32}$/),
        type: 'message',
        title: 'Happy: new',
        body: 'Happy: new\n\nyear',
        when: { at: Date.UTC(2025, 11, 31, 22, 59), offset: 60 },
        source: 'whatsapp',
        people: [
          { name: 'Bo', role: 'from' },
          { name: 'Ann Lee', role: 'to' },
        ],
        collections: ['Ann'],
        attachments: [],
        position: 2,
      },
      {
        same: expect.stringMatching(/^whatsapp:[0-9a-f]{32}$/),
        type: 'message',
        title: '🤓',
        body: '🤓',
        when: { at: Date.UTC(2025, 11, 31, 23), offset: 60 },
        source: 'whatsapp',
        people: [
          { name: 'Ann Lee', role: 'from' },
          { name: 'Bo', role: 'to' },
        ],
        collections: ['Ann'],
        attachments: [],
        position: 5,
      },
    ])
  })

  it.each([
    ['[31.12.25, 23:59:58] Bo: hi', '2025-12-31T22:59:58'],
    ['\u200e[12/31/25, 11:59:58\u202fPM] Bo: hi', '2025-12-31T22:59:58'],
    ['[2025/12/31 下午11:59:58] Bo: hi', '2025-12-31T22:59:58'],
    ['12/31/25, 11:59 PM - Bo: hi', '2025-12-31T22:59:00'],
    ['31/12/2025, 11:59 p. m. - Bo: hi', '2025-12-31T22:59:00'],
    ['31/12/2025 à 23:59 - Bo: hi', '2025-12-31T22:59:00'],
    ['2025-12-31 23:59 - Bo: hi', '2025-12-31T22:59:00'],
    ['31.12.2025, 23.59 - Bo: hi', '2025-12-31T22:59:00'],
    ['٣١/١٢/٢٠٢٥، ٢٣:٥٩ - Bo: hi', '2025-12-31T22:59:00'],
  ])('reads the time of %s', async (line, time) => {
    expect(await times(line)).toEqual([time])
  })

  it('finds out from the whole file whether the day or the month comes first', async () => {
    expect(await times('3/4/25, 10:00 - Bo: a\n13/4/25, 10:00 - Bo: b')).toEqual([
      '2025-04-03T08:00:00',
      '2025-04-13T08:00:00',
    ])
    expect(await times('3/4/25, 10:00 - Bo: a\n4/13/25, 10:00 - Bo: b')).toEqual([
      '2025-03-04T09:00:00',
      '2025-04-13T08:00:00',
    ])
  })

  it('does as the person says where the file leaves it open', async () => {
    const text = { 'chat.txt': '3/4/25, 10:00 - Bo: a' }
    const months = await readAll(whatsapp, text, { dateOrder: 'month-first' })
    expect(told(months.items)[0]?.timestamp).toBe('2025-03-04T09:00:00')
  })

  it('asks whether the day comes first where no message tells', async () => {
    const open = '[3/4/25, 10:00] Bo: a\n[4/4/25, 10:00] Bo: b'
    expect(await asked(whatsapp, open)).toEqual([{ for: 'date-order', example: '3/4/25', assumed: 'day-first' }])
    expect(await asked(whatsapp, `${open}\n[13/4/25, 10:00] Bo: c`)).toEqual([])
    expect(await asked(whatsapp, '31.12.25, 10:00 - Bo: a')).toEqual([])
    expect(await asked(whatsapp, '3.4.25, 10:00 - Bo: a')).toEqual([])
    expect(await asked(whatsapp, open, { dateOrder: 'month-first' })).toEqual([])
  })

  it('leaves out what WhatsApp itself says', async () => {
    const { items, skipped } = await read(
      [
        '31.12.25, 23:59 - Bo created group "Tea: now"',
        '31.12.25, 23:59 - Bo changed the subject from “a: b” to “c”',
        '[31.12.25, 23:59:58] Tea: \u200eMessages and calls are end-to-end encrypted.',
        '31.12.25, 23:59 - You were added',
      ].join('\n'),
    )
    expect({ items, skipped }).toEqual({ items: [], skipped: 4 })
  })

  it.each([
    ['[31.12.25, 23:59:58] Bo: \u200e<attached: a-PHOTO.jpg>', ''],
    ['[31.12.25, 23:59:58] Bo: Look! \u200e<Anhang: a-PHOTO.jpg>', 'Look!'],
    ['31.12.25, 23:59 - Bo: \u200ea-PHOTO.jpg (file attached)\nLook!', 'Look!'],
  ])('brings along what lies beside it: %s', async (text, body) => {
    const { items } = await read(text, { 'a-PHOTO.jpg': 'pixels' })
    expect(items).toMatchObject([{ body, attachments: [{ name: 'a-PHOTO.jpg', media: 'image/jpeg' }] }])
    expect(new TextDecoder().decode(items[0]?.attachments?.[0]?.content)).toBe('pixels')
  })

  it('keeps the words about a file that did not come along, and fetches none from elsewhere', async () => {
    const { items } = await read(
      '31.12.25, 23:59 - Bo: a.jpg (file attached)\n31.12.25, 23:59 - Bo: <attached: ../a.jpg>',
      {
        '../a.jpg': 'x',
      },
    )
    expect(items.map(({ body, attachments }) => [body, attachments])).toEqual([
      ['a.jpg (file attached)', []],
      ['<attached: ../a.jpg>', []],
    ])
  })

  it('tells of a time that cannot be, and goes on', async () => {
    const { items, problems } = await read('31.02.25, 23:59 - Bo: a\n01.03.25, 23:59 - Bo: b')
    expect(problems).toEqual([{ why: 'not-a-date', at: 1 }])
    expect(items.map(({ body }) => body)).toEqual(['b'])
  })

  it('holds no more of a message than a message may be', async () => {
    const { items, problems } = await read(
      `31.12.25, 23:59 - Bo: a\n${'x'.repeat(99)}\n`.padEnd(5_000_000, `${'y'.repeat(99)}\n`),
    )
    expect(problems).toEqual([{ why: 'too-large', at: 1 }])
    expect(items.map(({ body }) => body.length <= 2_000_000)).toEqual([true, true])
  })

  it('names a message the same in every export of the chat, and two equal ones apart', async () => {
    const first = chat('Bo: ok', 'Bo: ok', 'Ann: ok', 'Bo: ok')
    const before = await names(first, 'a/_chat.txt')
    expect(new Set(before).size).toBe(4)
    expect(await names(first, 'other.txt')).toEqual(before)
    expect(await names(first, 'WhatsApp Chat with Ann.txt')).toEqual(before)
  })

  it('names the messages of a chat as before when it has grown, whoever speaks in it by then', async () => {
    const said = ['Bo: hello', 'Bo: anybody?', 'Ann: here', 'Bo: fine', 'Cy: me too', 'Bo: three', 'Di: four']
    const all = await names(chat(...said))
    expect(new Set(all).size).toBe(said.length)
    for (const [index] of said.entries()) {
      expect(await names(chat(...said.slice(0, index + 1)))).toEqual(all.slice(0, index + 1))
    }
  })

  it('tells apart what somebody wrote to two people in one minute', async () => {
    const toAnn = await names(chat('Ann: Happy new year', 'Bo: You too!', 'Bo: And health'))
    const toCy = await names(chat('Cy: Happy new year', 'Bo: You too!', 'Bo: And health'))
    expect(toAnn.filter((name) => toCy.includes(name))).toEqual([])
  })

  it('has the name that the export gives it', async () => {
    const name = async (path: string) =>
      (await readAll(whatsapp, { [path]: '31.12.25, 23:59 - Bo: ok' })).items[0]?.collections
    expect(await name('WhatsApp Chat - Tea & Co/_chat.txt')).toEqual(['Tea & Co'])
    expect(await name('WhatsApp-Chat mit Ann Lee (2).txt')).toEqual(['Ann Lee'])
    expect(await name('Conversation WhatsApp avec Ann.txt')).toEqual(['Ann'])
    expect(await name('_chat.txt')).toEqual([])
  })

  it('gives messages and problems and nothing else, whatever is cut or flipped', async () => {
    const bytes = new TextEncoder().encode(
      '[31.12.25, 23:59:58] Bo: \u200e<attached: a.jpg>\n31.12.25, 23:59 - Ann: hi\nyou\n',
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, length)
        if (at < broken.length) broken[at] = value
        const { items, problems, skipped } = await readAll(whatsapp, { 'chat.txt': broken, 'a.jpg': 'x' })
        expect(items.length + problems.length + skipped).toBeLessThan(5)
      }),
      { numRuns: 500 },
    )
  })
})

describe.skipIf(!fixturesAreHere)('the WhatsApp chats of others (need ../shared/fixtures/chats)', () => {
  it.each(['test_ddmmyy_24hrs.txt', 'test_mmddyy_24hrs.txt'])('%s gives what is expected', async (name) => {
    const { items, problems } = await readAll(whatsapp, { [name]: fixture(`whatsapp/${name}`) }, {}, 'UTC')
    expect(problems).toEqual([])
    expect(told(items).toReversed()).toEqual(expectedOf('whatsapp'))
  })
})
