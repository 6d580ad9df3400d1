import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signal } from '../../../../../electron/core/imports/reader/formats/signal.ts'
import { signalExport } from '../../../../../electron/core/imports/reader/formats/signal-export.ts'
import { readAll, type SampleFiles } from '../support.ts'

const start = [
  { version: '1', backupTimeMs: '1767603600000' },
  { account: { givenName: 'Bo', familyName: 'Lee' } },
  { recipient: { id: '1', self: {} } },
  {
    recipient: { id: '2', contact: { aci: 'QUFB', e164: '4930123', profileGivenName: 'Ann', systemGivenName: 'Anna' } },
  },
  { recipient: { id: '3', group: { masterKey: 'S0s=', snapshot: { title: { title: 'Tea' } } } } },
  { chat: { id: '10', recipientId: '2' } },
  { chat: { id: '11', recipientId: '3' } },
]
const item = (chatId: string, authorId: string, dateSent: string, more: object) => ({
  chatItem: { chatId, authorId, dateSent, ...more },
})
const standard = (body: string, more: object = {}) => ({ standardMessage: { text: { body }, ...more } })

const read = (frames: readonly object[], others: SampleFiles = {}) =>
  readAll(signal, {
    'signal/main.jsonl': [...start, ...frames].map((frame) => JSON.stringify(frame)).join('\n'),
    ...others,
  })

describe('the export of Signal', () => {
  it('gives each message with who said it to whom, in its chat', async () => {
    const { items, problems } = await read([
      item('10', '2', '1767603600000', standard('hi\nyou')),
      item(
        '10',
        '1',
        '1767603601000',
        standard('yes', { quote: { targetSentTimestamp: '1767603600000', authorId: '2' } }),
      ),
      item('11', '2', '1767603602000', standard('all')),
    ])
    expect(problems).toEqual([])
    expect(items[0]).toEqual({
      same: 'signal:QUFB:QUFB:1767603600000',
      type: 'message',
      title: 'hi',
      body: 'hi\nyou',
      when: { at: 1_767_603_600_000 },
      source: 'signal',
      people: [{ name: 'Anna', address: '+4930123', role: 'from' }],
      collections: ['Anna'],
      links: [],
      attachments: [],
      position: 8,
    })
    expect(items[1]).toMatchObject({
      links: [{ kind: 'answers', same: items[0]?.same }],
      people: [
        { name: 'Bo Lee', role: 'from' },
        { name: 'Anna', role: 'to' },
      ],
    })
    expect(items[2]).toMatchObject({ collections: ['Tea'], people: [{ name: 'Anna', role: 'from' }] })
  })

  it('names a message the same though the numbers in another export differ', async () => {
    const [first] = (await read([item('10', '2', '1767603600000', standard('hi'))])).items
    const renumbered = [
      start[0],
      { recipient: { id: '77', contact: { aci: 'QUFB' } } },
      { chat: { id: '5', recipientId: '77' } },
      item('5', '77', '1767603600000', standard('hi')),
    ]
    const text = renumbered.map((frame) => JSON.stringify(frame)).join('\n')
    expect((await readAll(signal, { 'x.jsonl': text })).items[0]?.same).toBe(first?.same)
  })

  it('brings along what was sent, found by its content', async () => {
    const hash = 'ab'.repeat(32)
    const pointer = {
      contentType: 'image/jpeg',
      fileName: 'cup.jpg',
      locatorInfo: { plaintextHash: Buffer.from(hash, 'hex').toString('base64') },
    }
    const { items } = await read(
      [item('10', '2', '1767603600000', { standardMessage: { attachments: [{ pointer }, { pointer: {} }] } })],
      { [`signal/files/ab/${hash}.jpg`]: 'pixels' },
    )
    expect(items[0]).toMatchObject({
      title: 'cup.jpg',
      body: '',
      attachments: [{ name: 'cup.jpg', media: 'image/jpeg' }],
    })
  })

  it('gives stickers, answers to stories and polls as words', async () => {
    const { items } = await read([
      item('10', '2', '1', { stickerMessage: { sticker: { emoji: '🫖' } } }),
      item('10', '2', '2', { directStoryReplyMessage: { textReply: { text: { body: 'nice' } } } }),
      item('10', '2', '3', { poll: { question: 'Tea?', options: [{ option: 'yes' }] } }),
    ])
    expect(items.map(({ body }) => body)).toEqual(['🫖', 'nice', 'Tea?\n- yes'])
  })

  it('leaves out what was deleted, seen once, or said by the app', async () => {
    const { items, skipped } = await read(
      [{ remoteDeletedMessage: {} }, { viewOnceMessage: {} }, { updateMessage: { simpleUpdate: {} } }].map((more, at) =>
        item('10', '2', String(at), more),
      ),
    )
    expect({ items, skipped }).toEqual({ items: [], skipped: 3 })
  })

  it('tells of lines that cannot be read, and goes on', async () => {
    const text = [
      ...start.map((frame) => JSON.stringify(frame)),
      '{"chatItem":',
      '{"chatItem":{}}',
      JSON.stringify(item('10', '2', 'x', standard('a'))),
      JSON.stringify(item('10', '2', '5', standard('b'))),
    ]
    const { items, problems } = await readAll(signal, { 'main.jsonl': text.join('\n') })
    expect(problems).toEqual([
      { why: 'damaged', at: 8 },
      { why: 'damaged', at: 9 },
      { why: 'not-a-date', at: 10 },
    ])
    expect(items.map(({ body }) => body)).toEqual(['b'])
  })

  it('gives messages and problems and nothing else, whatever is cut or flipped', async () => {
    const bytes = new TextEncoder().encode(
      [...start, item('10', '2', '5', standard('b'))].map((frame) => JSON.stringify(frame)).join('\n'),
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, length)
        if (at < broken.length) broken[at] = value
        const { items, problems } = await readAll(signal, { 'main.jsonl': broken })
        expect(items.length).toBeLessThan(2)
        expect(problems.length).toBeLessThan(5)
      }),
      { numRuns: 500 },
    )
  })
})

describe('what signal-export makes of Signal', () => {
  const said = {
    date: '2026-01-05T10:00:00.123000',
    sender: 'Ann',
    body: 'hi\nyou',
    quote: '',
    sticker: null,
    reactions: [],
    attachments: [],
  }
  const readLines = (all: readonly unknown[], others: SampleFiles = {}) =>
    readAll(signalExport, { 'Tea/data.json': all.map((line) => JSON.stringify(line)).join('\n'), ...others })

  it('gives each message of a chat, in the time of the person’s own zone', async () => {
    const { items, problems } = await readLines([said])
    expect(problems).toEqual([])
    expect(items).toEqual([
      {
        same: expect.stringMatching(/^signal:[0-9a-f]{32}$/),
        type: 'message',
        title: 'hi',
        body: 'hi\nyou',
        when: { at: Date.UTC(2026, 0, 5, 9, 0, 0, 123), offset: 60 },
        source: 'signal',
        people: [{ name: 'Ann', role: 'from' }],
        collections: ['Tea'],
        attachments: [],
        position: 1,
      },
    ])
  })

  it('brings along what lies beside it, and leaves out calls and what was deleted', async () => {
    const { items, skipped } = await readLines(
      [
        { ...said, body: '', attachments: [{ name: 'cup.jpg', path: 'media/1.jpg' }] },
        { ...said, call: true },
        { ...said, deleted: true },
        { ...said, body: '', sticker: { emoji: '🫖' } },
      ],
      { 'Tea/media/1.jpg': 'pixels' },
    )
    expect(skipped).toBe(2)
    expect(items).toMatchObject([{ title: 'cup.jpg', attachments: [{ media: 'image/jpeg' }] }, { body: '🫖' }])
  })

  it('tells two equal messages apart, and of what cannot be read', async () => {
    const { items, problems } = await readLines([said, said, 5, { ...said, date: '0000-01-01T00:00:00' }])
    expect(new Set(items.map(({ same }) => same)).size).toBe(2)
    expect(problems).toEqual([
      { why: 'damaged', at: 3 },
      { why: 'not-a-date', at: 4 },
    ])
  })
})
