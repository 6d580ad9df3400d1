import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instagramPage } from '../../../../../electron/core/imports/reader/formats/instagram-page.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { readAll, sampleOf, type SampleFiles } from '../support.ts'

interface Said {
  readonly name?: string
  readonly said?: string
  readonly time?: string
}

const box = ({ name = 'Zoë', said = 'Grüße', time = 'Jan 05, 2026 9:00 am' }: Said = {}) =>
  `<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">${name}</h2>` +
  `<div class="_3-95 _a6-p"><div><div></div><div>${said}</div><div></div></div>` +
  `<ul class="_a6-q"><li><span>❤Bo (Jan 05, 2026 9:01 am)</span></li></ul></div><div class="_3-94 _a6-o">${time}</div></div>`
const page = (...boxes: string[]) =>
  `<html><head><title>Zoë &amp; Bo</title><style>div{}</style></head><body><header>Zoë</header>${boxes.join('')}</body></html>`
const path = 'your_instagram_activity/messages/inbox/zoe_1/message_1.html'
const read = (html: string, others: SampleFiles = {}, at = path) => readAll(instagramPage, { [at]: html, ...others })

describe('messages from Instagram, as pages', () => {
  it('are by whom, to whom, when and in which chat, without what others thought of them', async () => {
    const { items, problems } = await read(page(box({ said: 'Tea &lt;3<br>at nine' }), box({ name: 'Bo', said: 'ok' })))
    expect(problems).toEqual([])
    expect(items[0]).toEqual({
      same: expect.stringMatching(/^instagram-page:[0-9a-f]{32}$/),
      type: 'message',
      title: 'Tea <3',
      body: 'Tea <3\nat nine',
      when: { at: Date.UTC(2026, 0, 5, 8), offset: 60 },
      source: 'instagram',
      people: [
        { name: 'Zoë', role: 'from' },
        { name: 'Bo', role: 'to' },
      ],
      collections: ['Zoë & Bo'],
      attachments: [],
      position: 1,
    })
    expect(items[1]).toMatchObject({ body: 'ok', people: [{ name: 'Bo' }, { name: 'Zoë' }], position: 2 })
  })

  it('bring along pictures from the top of the export, and no links of the page', async () => {
    const picture = 'your_instagram_activity/messages/inbox/zoe_1/photos/1.jpg'
    const said = `<a href="${picture}"><img src="${picture}"></a><a href="https://example.org">see</a>`
    const { items } = await read(page(box({ said })), { [picture]: 'pixels' })
    expect(items).toMatchObject([{ body: 'see', attachments: [{ name: '1.jpg', media: 'image/jpeg' }] }])
    expect(items[0]?.attachments).toHaveLength(1)
  })

  it('are told from its other pages, which look alike, and known wherever they lie', () => {
    const posts = page(box()).replaceAll('h2', 'div')
    expect(instagramPage.recognises(sampleOf('x.html', Buffer.from(page(box()))))).toBe(certainty.certain)
    expect(instagramPage.recognises(sampleOf('posts_1.html', Buffer.from(posts)))).toBe(certainty.no)
    expect(instagramPage.recognises(sampleOf(path, Buffer.from(posts)))).toBe(certainty.certain)
  })

  it('of Facebook have their time in a box of its own', async () => {
    const html = page(box({ time: '<div class="_a72d">Jan 05, 2026 9:00:12 am</div>' }))
    const { items } = await read(html, {}, 'your_facebook_activity/messages/inbox/zoe_1/message_1.html')
    expect(items).toMatchObject([{ source: 'facebook', when: { at: Date.UTC(2026, 0, 5, 8, 0, 12) } }])
  })

  it('keep their names, and equal ones of a minute are two', async () => {
    const [one, two] = (await read(page(box(), box()))).items
    expect(one?.same).not.toBe(two?.same)
    expect((await read(page(box({ said: 'new' }), box(), box()))).items[1]?.same).toBe(one?.same)
  })

  it("that cannot be read are told of; what is of the group and in nobody's mouth is not", async () => {
    const members = '<div class="_a6-g"><div class="_a6-h">Participants: Zoë and Bo</div></div>'
    const cut = page(members, box({ time: 'soon' }), box({ said: '' }), box()).replace(
      /<div class="_3-94 _a6-o">[^/]*<\/div><\/div><\/body>.*/,
      '',
    )
    const { items, problems, skipped } = await read(cut)
    expect({ items, skipped }).toEqual({ items: [], skipped: 1 })
    expect(problems).toEqual([
      { why: 'not-a-date', at: 1 },
      { why: 'cut-short', at: 3 },
    ])
  })

  it('give items and problems and nothing else, whatever is cut or flipped', async () => {
    const bytes = new TextEncoder().encode(page(box(), box({ said: '<img src="a.jpg">' })))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), async (at, value, length) => {
        const broken = bytes.slice(0, length)
        if (at < broken.length) broken[at] = value
        const { items, problems } = await readAll(instagramPage, { 'message_1.html': broken, 'a.jpg': 'x' })
        expect(items.length + problems.length).toBeLessThan(5)
      }),
      { numRuns: 500 },
    )
  })
})
