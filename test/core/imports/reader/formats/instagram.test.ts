import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instagram, once } from '../../../../../electron/core/imports/reader/formats/instagram.ts'
import { readAll, type SampleFiles } from '../support.ts'

/** As Meta writes text: every byte of it a character. */
const twice = (text: string) => Buffer.from(text).toString('latin1')

const said = (content: string, more: object = {}) => ({
  sender_name: twice('Zoë'),
  timestamp_ms: 1_767_603_600_123,
  content: twice(content),
  ...more,
})
const chat = (...messages: object[]) => ({
  participants: [{ name: twice('Zoë') }, { name: 'Bo' }],
  messages,
  title: twice('Zoë ☕'),
  is_still_participant: true,
  thread_path: 'inbox/zoe_1',
})
const path = 'your_instagram_activity/messages/inbox/zoe_1/message_1.json'
const read = (value: unknown, others: SampleFiles = {}, at = path) =>
  readAll(instagram, { [at]: JSON.stringify(value), ...others })

describe('messages from Instagram', () => {
  it('are read twice, so that they say what was written', async () => {
    const { items, problems } = await read(chat(said('Grüße 🫖\nich')))
    expect(problems).toEqual([])
    expect(items).toEqual([
      {
        same: expect.stringMatching(/^instagram:[0-9a-f]{32}$/),
        type: 'message',
        title: 'Grüße 🫖',
        body: 'Grüße 🫖\nich',
        when: { at: 1_767_603_600_123 },
        source: 'instagram',
        people: [
          { name: 'Zoë', role: 'from' },
          { name: 'Bo', role: 'to' },
        ],
        collections: ['Zoë ☕'],
        attachments: [],
        position: 1,
      },
    ])
  })

  it('are left alone where they were written once', () => {
    expect([once('Grüße'), once('🫖'), once('tea'), once('Ã')]).toEqual(['Grüße', '🫖', 'tea', 'Ã'])
  })

  it('bring along pictures from the top of the export, and links', async () => {
    const uri = 'your_instagram_activity/messages/inbox/zoe_1/photos/1.jpg'
    const { items } = await read(
      chat(
        said('', { photos: [{ uri }, { uri: 'https://example.org/2.jpg' }] }),
        said('see', { share: { link: 'https://example.org' } }),
      ),
      { [uri]: 'pixels' },
    )
    expect(items[0]).toMatchObject({ title: '1.jpg', attachments: [{ name: '1.jpg', media: 'image/jpeg' }] })
    expect(items[1]?.body).toBe('see\nhttps://example.org')
  })

  it('that were taken back or hold nothing are left out', async () => {
    const { items, skipped } = await read(chat(said('x', { is_unsent: true }), { sender_name: 'Bo', timestamp_ms: 1 }))
    expect({ items, skipped }).toEqual({ items: [], skipped: 2 })
  })

  it('keep their names wherever the file lies, and equal ones are two', async () => {
    const [first, second] = (await read(chat(said('a'), said('a')))).items
    expect(first?.same).not.toBe(second?.same)
    const [elsewhere] = (await read(chat(said('a')), {}, 'your_facebook_activity/messages/inbox/x/message_2.json'))
      .items
    expect(elsewhere).toMatchObject({ same: first?.same, source: 'facebook' })
  })

  it('that cannot be read are told of', async () => {
    const { items, problems } = await read(chat({ sender_name: 'Bo' }, said('a', { timestamp_ms: 1e18 }), said('b')))
    expect(items.map(({ body }) => body)).toEqual(['b'])
    expect(problems).toEqual([
      { why: 'damaged', at: 1 },
      { why: 'not-a-date', at: 2 },
    ])
  })

  it('give items and problems and nothing else, whatever is cut or flipped', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(chat(said('a'), said('b', { photos: [{ uri: 'a.jpg' }] }))))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, length)
        if (at < broken.length) broken[at] = value
        const { items, problems } = await readAll(instagram, { 'message_1.json': broken, 'a.jpg': 'x' })
        expect(items.length + problems.length).toBeLessThan(5)
      }),
      { numRuns: 500 },
    )
  })
})
