import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chatgpt } from '../../../../../electron/core/imports/reader/formats/chatgpt.ts'
import { claude } from '../../../../../electron/core/imports/reader/formats/claude.ts'
import { readAll, type SampleFiles } from '../support.ts'

const said = (role: string, ...parts: unknown[]) => ({ author: { role }, content: { content_type: 'text', parts } })
const node = (parent: string | null, message: unknown = null) => ({ parent, message, children: [] })

const tree = {
  title: 'Tea',
  create_time: 1_767_603_600.5,
  update_time: 1_767_603_900,
  conversation_id: 'c1',
  default_model_slug: 'gpt-x',
  current_node: 'e',
  mapping: {
    root: node(null),
    s: node('root', { ...said('system', 'Be kind'), metadata: { is_visually_hidden_from_conversation: true } }),
    a: node('s', said('user', 'How long?')),
    b: node('a', said('assistant', 'Two minutes.')),
    c: node('a', said('assistant', 'Three minutes.')),
    t: node('c', { ...said('assistant', 'search("tea")'), recipient: 'browser' }),
    u: node('t', said('tool', 'results')),
    d: node('u', said('assistant', 'Or four.')),
    e: node('d', {
      ...said('user', 'Thanks', { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-AbC' }),
      content: {
        content_type: 'multimodal_text',
        parts: ['Thanks', { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-AbC' }],
      },
    }),
  },
}

const gpt = (value: unknown, others: SampleFiles = {}) =>
  readAll(chatgpt, { 'conversations.json': JSON.stringify(value), ...others })

describe('conversations with ChatGPT', () => {
  it('are the branch each was left at, as it was shown', async () => {
    const { items, problems } = await gpt([tree], { 'file-AbC-cup.png': 'pixels' })
    expect(problems).toEqual([])
    expect(items).toEqual([
      {
        same: 'chatgpt:c1',
        type: 'conversation',
        title: 'Tea',
        body: 'You:\n\nHow long?\n\nAssistant:\n\nThree minutes.\n\nOr four.\n\nYou:\n\nThanks',
        bodyIs: 'markdown',
        when: { at: 1_767_603_600_500 },
        ends: 1_767_603_900_000,
        source: 'chatgpt',
        attachments: [{ name: 'file-AbC-cup.png', media: 'image/png', content: new TextEncoder().encode('pixels') }],
        facts: { model: 'gpt-x' },
        position: 1,
      },
    ])
  })

  it('that lead round in a circle end', async () => {
    const mapping = { a: node('b', said('user', 'one')), b: node('a', said('assistant', 'two')) }
    const { items } = await gpt([{ ...tree, mapping, current_node: 'b' }])
    expect(items[0]?.body).toBe('You:\n\none\n\nAssistant:\n\ntwo')
  })

  it('without words are left out, and broken ones told of', async () => {
    const { items, problems, skipped } = await gpt([{ ...tree, mapping: {} }, { title: 'x' }, tree])
    expect({ skipped, problems }).toEqual({ skipped: 1, problems: [{ why: 'damaged', at: 2 }] })
    expect(items).toHaveLength(1)
  })

  it('with a broken message keep the others, and say so', async () => {
    const damaged = { why: 'damaged', at: 1 }
    const mapping = {
      a: node(null, said('user', 'first')),
      b: node('a', { author: 'nobody' }),
      c: node('b', said('assistant', 'last')),
    }
    const told = await gpt([{ ...tree, mapping, current_node: 'c' }])
    expect(told.problems).toEqual([damaged])
    expect(told.items[0]?.body).toBe('You:\n\nfirst\n\nAssistant:\n\nlast')
    const cut = await gpt([{ ...tree, mapping: { ...mapping, b: 'gone' }, current_node: 'c' }])
    expect(cut.problems).toEqual([damaged])
    expect(cut.items[0]?.body).toBe('Assistant:\n\nlast')
  })

  it('without a name keep theirs in every export', async () => {
    const { conversation_id: id, ...nameless } = tree
    expect(id).toBe('c1')
    const [first] = (await gpt([nameless])).items
    const [, second] = (await gpt([tree, nameless])).items
    expect(first?.same).toBe(second?.same)
  })

  it('too long for one item become several', async () => {
    const mapping = { a: node(null, said('user', 'x'.repeat(2_500_000))) }
    const { items } = await gpt([{ ...tree, mapping, current_node: 'a' }])
    expect(items.map(({ same, links }) => [same, links?.[0]?.same])).toEqual([
      ['chatgpt:c1', undefined],
      ['chatgpt:c1/2', 'chatgpt:c1'],
    ])
  })
})

const talk = {
  uuid: 'u1',
  name: '',
  created_at: '2026-01-05T09:00:00.000000Z',
  updated_at: '2026-01-05T09:05:00.000000+00:00',
  chat_messages: [
    {
      sender: 'human',
      text: 'How long?',
      attachments: [{ file_name: 'tea.pdf', extracted_content: 'Leaves' }],
      files: [],
    },
    {
      sender: 'assistant',
      text: 'Thinking… Three.',
      content: [
        { type: 'tool_use', name: 'search' },
        { type: 'text', text: 'Three.' },
      ],
    },
  ],
}

describe('conversations with Claude', () => {
  it('are what was said, with the words of what was attached', async () => {
    const { items, problems } = await readAll(claude, { 'conversations.json': JSON.stringify([talk]) })
    expect(problems).toEqual([])
    expect(items).toEqual([
      {
        same: 'claude:u1',
        type: 'conversation',
        title: 'How long?',
        body: 'You:\n\nHow long?\n\nAssistant:\n\nThree.',
        bodyIs: 'markdown',
        when: { at: Date.UTC(2026, 0, 5, 9), offset: 0 },
        ends: Date.UTC(2026, 0, 5, 9, 5),
        source: 'claude',
        attachments: [{ name: 'tea.pdf', media: 'text/plain', content: new TextEncoder().encode('Leaves') }],
        facts: {},
        position: 1,
      },
    ])
  })

  it('with a broken message keep the others, and say so', async () => {
    const broken = { ...talk, chat_messages: [...talk.chat_messages, { sender: 7 }] }
    const { items, problems } = await readAll(claude, { 'conversations.json': JSON.stringify([broken, 5]) })
    expect(items).toHaveLength(1)
    expect(problems).toEqual([
      { why: 'damaged', at: 1 },
      { why: 'damaged', at: 2 },
    ])
  })
})

describe('conversations with assistants', () => {
  it.each([
    ['chatgpt', chatgpt, [tree, tree]],
    ['claude', claude, [talk, talk]],
  ] as const)(
    'of %s give items and problems and nothing else, whatever is cut or flipped',
    async (_, importer, value) => {
      const bytes = new TextEncoder().encode(JSON.stringify(value))
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, byte, length) => {
          const broken = bytes.slice(0, length)
          if (at < broken.length) broken[at] = byte
          const { items, problems, skipped } = await readAll(importer, { 'conversations.json': broken })
          expect(items.length + problems.length + skipped).toBeLessThan(8)
        }),
        { numRuns: 400 },
      )
    },
  )
})
