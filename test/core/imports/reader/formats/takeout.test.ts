// Notes and deeds from Google Takeout.
import { describe, expect, it } from 'vitest'
import {
  takeoutActivity,
  takeoutActivityPage,
} from '../../../../../electron/core/imports/reader/formats/takeout-activity.ts'
import { takeoutKeep, takeoutKeepPage } from '../../../../../electron/core/imports/reader/formats/takeout-keep.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const note = (more: object) =>
  JSON.stringify({
    color: 'DEFAULT',
    isTrashed: false,
    isPinned: false,
    isArchived: false,
    title: 'Shopping',
    userEditedTimestampUsec: 1_710_500_000_000_000,
    createdTimestampUsec: 1_710_496_230_000_000,
    ...more,
  })

const picture = new Uint8Array([1, 2, 3])

describe('a note of Keep', () => {
  it('has its text, labels, colour and people', async () => {
    const file = note({
      color: 'TEAL',
      isPinned: true,
      textContent: 'Remember\nthe milk',
      labels: [{ name: 'Home, sweet' }],
      sharees: [
        { isOwner: true, email: 'me@example.org' },
        { type: 'WRITER', email: 'ada@example.org' },
      ],
      annotations: [{ title: 'Dairy [1]', url: 'https://example.org/a b' }, { url: 'javascript:alert(1)' }],
    })
    expect(takeoutKeep.recognises(sampleOf('x.json', file))).toBe(certainty.certain)
    const { items } = await readAll(takeoutKeep, { 'Takeout/Keep/Shopping.json': file })
    expect(items).toMatchObject([
      {
        same: 'takeout-keep:1710496230000000',
        type: 'note',
        title: 'Shopping',
        body: 'Remember\nthe milk\n\n[Dairy 1](<https://example.org/a%20b>)',
        bodyIs: 'markdown',
        when: { at: 1_710_496_230_000 },
        tags: ['Home sweet'],
        people: [{ name: 'ada@example.org', role: 'with' }],
        facts: { colour: 'teal', pinned: true },
      },
    ])
  })

  it('that is a list has boxes, and without a title its first words', async () => {
    const file = note({
      title: '',
      listContent: [
        { text: 'Milk', isChecked: true },
        { text: 'Bread', isChecked: false },
      ],
    })
    const { items } = await readAll(takeoutKeep, { 'a.json': file })
    expect([items[0]?.title, items[0]?.body]).toEqual(['Milk Bread', '- [x] Milk\n- [ ] Bread'])
  })

  it('brings its pictures, also under the other spelling, and says which is missing', async () => {
    const attachments = [
      { filePath: 'one.jpeg', mimetype: 'image/jpeg' },
      { filePath: '../../two.png', mimetype: 'image/png' },
      { filePath: 'gone.png', mimetype: 'image/png' },
    ]
    const { items, problems } = await readAll(takeoutKeep, {
      'Keep/a.json': note({ attachments }),
      'Keep/one.jpg': picture,
      'Keep/two.png': picture,
    })
    expect(items[0]?.attachments?.map(({ name, media }) => [name, media])).toEqual([
      ['one.jpeg', 'image/jpeg'],
      ['two.png', 'image/png'],
    ])
    expect(problems).toEqual([{ why: 'gone', at: 0, detail: 'gone.png' }])
  })

  it('that was thrown away stays away', async () => {
    expect(await readAll(takeoutKeep, { 'a.json': note({ isTrashed: true }) })).toEqual({
      items: [],
      problems: [],
      skipped: 1,
    })
  })

  it('as a page is read only where its JSON did not come along', async () => {
    const page = `<html><head><title>Shopping</title></head><body><div class="note"><div class="heading"><div class="meta-icons"></div>15.03.2024</div>
      <div class="title">Shopping</div><div class="content">Remember</div></div></body></html>`
    expect(takeoutKeepPage.recognises(sampleOf('x.html', page))).toBe(certainty.certain)
    const beside = await readAll(takeoutKeepPage, { 'Keep/a.html': page, 'Keep/a.json': note({}) })
    expect([beside.items.length, beside.skipped]).toEqual([0, 1])
    expect((await readAll(takeoutKeepPage, { 'Keep/a.html': page })).items[0]).toMatchObject({
      type: 'note',
      title: 'Shopping',
    })
  })
})

const activity = JSON.stringify([
  {
    header: 'Search',
    title: 'Searched for bread',
    titleUrl: 'https://www.google.com/search?q=bread',
    time: '2024-03-15T09:50:30.123Z',
    products: ['Search'],
  },
  {
    header: 'YouTube',
    title: 'Watched How to bake',
    titleUrl: 'https://www.youtube.com/watch?v=x',
    subtitles: [{ name: 'Baker', url: 'https://www.youtube.com/channel/y' }],
    time: '2024-03-15T10:00:00Z',
    products: ['YouTube'],
  },
  { header: 'YouTube', title: 'Watched an ad', time: '2024-03-15T10:00:00Z', details: [{ name: 'From Google Ads' }] },
  { header: 'Assistant', title: 'Used Assistant', time: '2024-03-15T11:00:00Z' },
  { header: 'Search', title: 'When?', time: 'once' },
])

const box = (
  product: string,
  done: string,
  more = '',
) => `<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp">
<div class="mdl-grid"><div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">${product}<br></p></div>
<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">${done}</div>
<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right"></div>
<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption"><b>Products:</b><br>&emsp;${product}<br>${more}</div></div></div>`

const page = `<html><head><style>.x{}</style></head><body><div class="mdl-grid">
${box('Search', 'Searched for\u00a0<a href="https://www.google.com/search?q=bread">bread</a><br>Mar 15, 2024, 10:50:30\u202fAM CET')}
${box('YouTube', 'Watched\u00a0<a href="https://www.youtube.com/watch?v=x">How to bake</a><br><a href="https://www.youtube.com/channel/y">Baker</a><br>15.03.2024, 11:00:00 MEZ')}
${box('YouTube', 'Watched an ad<br>15.03.2024, 11:00:00 MEZ', '<b>Details:</b><br>&emsp;From Google Ads<br>')}
</div></body></html>`

describe('My Activity', () => {
  it('in JSON gives what was done, and not what was only shown', async () => {
    expect(takeoutActivity.recognises(sampleOf('x.json', activity))).toBe(certainty.certain)
    const { items, problems, skipped } = await readAll(takeoutActivity, { 'MyActivity.json': activity })
    expect(items.map(({ type, title, body, when, facts }) => ({ type, title, body, when, facts }))).toEqual([
      {
        type: 'visit',
        title: 'Searched for bread',
        body: 'https://www.google.com/search?q=bread',
        when: { at: Date.UTC(2024, 2, 15, 9, 50, 30, 123) },
        facts: { url: 'https://www.google.com/search?q=bread', product: 'Search' },
      },
      {
        type: 'visit',
        title: 'Watched How to bake',
        body: 'Baker\nhttps://www.youtube.com/watch?v=x',
        when: { at: Date.UTC(2024, 2, 15, 10) },
        facts: { url: 'https://www.youtube.com/watch?v=x', product: 'YouTube' },
      },
      {
        type: 'record',
        title: 'Used Assistant',
        body: '',
        when: { at: Date.UTC(2024, 2, 15, 11) },
        facts: { product: 'Assistant' },
      },
    ])
    expect([problems, skipped]).toEqual([[{ why: 'not-a-date', at: 5, detail: 'once' }], 1])
  })

  it('as a page gives the same items', async () => {
    expect(takeoutActivityPage.recognises(sampleOf('x.html', page))).toBe(certainty.certain)
    const pages = await readAll(takeoutActivityPage, { 'MyActivity.html': page })
    const json = await readAll(takeoutActivity, { 'MyActivity.json': activity })
    expect(pages.items.map(({ same }) => same)).toEqual(json.items.slice(0, 2).map(({ same }) => same))
    expect(pages.items.map(({ title, body }) => [title, body])).toEqual([
      ['Searched for bread', 'https://www.google.com/search?q=bread'],
      ['Watched How to bake', 'Baker\nhttps://www.youtube.com/watch?v=x'],
    ])
    expect([pages.problems, pages.skipped]).toEqual([[], 1])
  })
})

describe('what Takeout hands out', () => {
  it('cut or bent anywhere ends with a reason', async () => {
    const kinds = [
      [takeoutKeep, note({ textContent: 'x', listContent: [{ text: 'Milk' }], labels: [{ name: 'y' }] })],
      [takeoutActivity, activity],
      [takeoutActivityPage, page],
    ] as const
    for (const [importer, file] of kinds) {
      for (const bad of mutated(Buffer.from(file), 200)) {
        const { items, problems, skipped } = await readAll(importer, { bad })
        expect(items.length + problems.length + skipped).toBeLessThan(20)
      }
    }
  })
})
