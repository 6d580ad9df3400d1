import { describe, expect, it } from 'vitest'
import { found, openSearch, plain } from './support.ts'

const titled = (...titles: readonly string[]) => titles.map((title) => ({ title }))

describe('what is typed', () => {
  it('finds words wherever they stand, all of them, and phrases as they stand', async () => {
    const { add, titles } = await openSearch()
    await add(
      { title: 'one', body: 'the red boat sails at dawn' },
      { title: 'two', body: 'a boat, and something red' },
      { title: 'three', body: 'red paint' },
    )
    expect(titles('red boat ').toSorted()).toEqual(['one', 'two'])
    expect(titles('"red boat"')).toEqual(['one'])
    expect(titles('red -boat ')).toEqual(['three'])
    expect(titles('-red ')).toEqual([])
    expect(titles('-paint ').toSorted()).toEqual(['one', 'two'])
  })

  it('takes the last word for the beginning of one while it is typed, and any word with an asterisk', async () => {
    const { add, titles } = await openSearch()
    await add(...titled('invoice from the plumber', 'invitation'))
    expect(titles('inv').toSorted()).toEqual(['invitation', 'invoice from the plumber'])
    expect(titles('inv ')).toEqual([])
    expect(titles('invo* plumber')).toEqual(['invoice from the plumber'])
  })

  it.each([
    ['cafe', 'Café'],
    ['CAFÉ', 'cafe'],
    ['strasse', 'Straße'],
    ['straße', 'STRASSE'],
    ['Łódź', 'Lodz'],
    ['ﬁnal', 'final'],
    ['ёлка', 'елка'],
    ['שלום', 'שָׁלוֹם'],
    ['مدرسة', 'مَدْرَسَةٌ'],
    ['أحمد', 'احمد'],
    ['İstanbul', 'istanbul'],
    ['cafe', 'cafe\u0301'],
  ])('finds %s where %s is written, and shows it as it is written', async (typed, written) => {
    const { add, find } = await openSearch()
    await add({ title: written, body: `before ${written} after` })
    const { hits } = find(typed)
    expect(hits).toHaveLength(1)
    expect(hits.flatMap(({ title }) => found(title))).toEqual([written.normalize('NFC')])
    expect(hits.flatMap(({ snippet }) => found(snippet))).toEqual([written.normalize('NFC')])
  })

  it.each([
    ['東', '我住在東京都'],
    ['京', '我住在東京都'],
    ['都', '我住在東京都'],
    ['東京都', '我住在東京都'],
    ['민국', '대한민국에서'],
    ['ありがとう', 'どうもありがとうございます'],
    ['สวัสดี', 'กล่าวสวัสดีครับ'],
  ])('finds %s inside %s', async (typed, written) => {
    const { add, find } = await openSearch()
    await add({ title: 'it', body: written }, { title: 'not it', body: '京東是另一家' })
    const shown = find(typed).hits.filter(({ title }) => plain(title) === 'it')
    expect(shown.flatMap(({ snippet }) => found(snippet))).toEqual([typed])
  })

  it.each([
    ['boiler', `${'The rent of the flat is due on the first. '.repeat(4)}Mr Evans came about the boiler again`],
    ['東京', '我昨天和朋友一起坐新幹線從大阪到了一個很遠很遠而且非常熱鬧的地方就是東京'],
  ])('shows %s near the beginning of the line, however far in it stands', async (typed, body) => {
    const { add, find } = await openSearch()
    await add({ title: 'it', body })
    const [hit] = find(typed).hits
    const shown = plain(hit?.snippet ?? [])
    expect(shown.startsWith('…')).toBe(true)
    expect(shown.indexOf(typed)).toBeGreaterThan(5)
    expect(shown.indexOf(typed)).toBeLessThanOrEqual(25)
  })

  it('finds phrases across scripts in their order alone', async () => {
    const { add, titles } = await openSearch()
    await add({ title: 'it', body: 'hotel 東京 tower' }, { title: 'not it', body: 'tower hotel 京都' })
    expect(titles('"hotel 東京 tower"')).toEqual(['it'])
    expect(titles('"東京 tower"')).toEqual(['it'])
    expect(titles('"tower 東京"')).toEqual([])
  })

  it('finds nothing for nonsense, for signs and for nothing', async () => {
    const { add, find } = await openSearch()
    await add(...titled('a quiet day', 'the harbour at night'))
    for (const query of ['xqzvbnm', 'zzzz qqqq', '!!! ???', '', '   ', '""', '-', '*', 'from:'])
      expect(find(query)).toMatchObject({ hits: [], total: 0, counted: true, instead: null })
  })

  it('does not find what is in the Trash, and only that when asked for it', async () => {
    const { add, titles, db } = await openSearch()
    const [gone] = await add(...titled('old letter', 'new letter'))
    db.prepare('UPDATE items SET trashed = 1 WHERE id = ?').run(gone)
    expect(titles('letter')).toEqual(['new letter'])
    expect(titles('letter', { filter: { trashed: true } })).toEqual(['old letter'])
  })
})

describe('what is found', () => {
  it.each([
    [{ at: Date.UTC(2026, 2, 15, 23, 30), offset: 540 }, 'moment', '2026-03-16', '2026-03-16T08:30:00.000+09:00'],
    [{ at: Date.UTC(2026, 2, 15, 3, 30), offset: -300 }, 'moment', '2026-03-14', '2026-03-14T22:30:00.000-05:00'],
    [{ day: '2026-03-15' }, 'day', '2026-03-15', /^2026-03-15T00:00:00/],
    // Which of them the computer takes its day from is told by the row: it is when it was added.
    [null, 'none', '2026-01-15', /^2026-01-15T/],
  ] as const)('of %o (%s) is told as it was lived', async (when, timing, day, told) => {
    const { add, find } = await openSearch()
    await add({ title: 'lighthouse', when })
    const at: unknown = typeof told === 'string' ? told : expect.stringMatching(told)
    expect(find('lighthouse').hits).toMatchObject([{ at, day, timing }])
  })

  it('says of itself what its row in the list says', async () => {
    const { add, find, library } = await openSearch()
    await add({
      title: 'The lighthouse keeper',
      body: 'A letter from the lighthouse',
      type: 'mail',
      level: 'secret',
      tags: ['sea', 'Work'],
      people: [
        { name: 'Ada', role: 'from' },
        { name: 'Bob', role: 'to' },
      ],
      attachments: [{ name: 'a.txt', media: 'text/plain', content: Buffer.from('a') }],
    })
    const [row] = library.list({ filter: {}, offset: 0, limit: 1 }).rows
    expect(row).toMatchObject({ level: 'secret', people: ['Ada', 'Bob'], tags: ['sea', 'Work'], attachments: 1 })
    const [hit] = find('lighthouse').hits
    const { title, snippet, score, why, ...listed } = hit ?? expect.fail()
    expect({ ...listed, title: plain(title), excerpt: plain(snippet) }).toEqual(row)
    expect(score).toBeCloseTo(why.words * why.recency)
  })
})

describe('an error of one letter', () => {
  it.each(['recieve', 'receve', 'receivee', 'receire', 'teceive'])('%s is forgiven', async (typed) => {
    const { add, find } = await openSearch()
    await add(...titled('You will receive a parcel', 'something else'))
    const answer = find(`parcel ${typed} after:2020`)
    expect(answer).toMatchObject({ total: 1, instead: 'parcel receive after:2020' })
    expect(answer.hits[0]?.why.forgiven).toBe(true)
    expect(answer.hits.flatMap(({ title }) => found(title))).toEqual(['receive', 'parcel'])
  })

  it.each(['приввет', 'κεφαλλη'])('%s is forgiven in its own script', async (typed) => {
    const { add, find } = await openSearch()
    await add(...titled('привет', 'κεφαλη'))
    expect(find(typed).total).toBe(1)
  })

  it('is not forgiven where something matches, in numbers, in quotes, in short words, or twice', async () => {
    const { add, find } = await openSearch()
    await add(...titled('Maria rang', 'Marta rang', 'invoice 20251', 'cat and dog'))
    expect(find('maria')).toMatchObject({ total: 1, instead: null })
    for (const query of ['20252', '"invoixe"', 'cot', 'invoixe dogg', 'mariiia'])
      expect(find(query)).toMatchObject({ total: 0, instead: null })
  })
})

describe('the order', () => {
  it('puts words in the title before words in the text, and the newer of two alike first', async () => {
    const { add, titles } = await openSearch()
    const filler = Array.from({ length: 20 }, (_, index) => ({ title: `filler ${index}`, body: 'nothing of the kind' }))
    await add(...filler)
    await add(
      { title: 'old', body: 'about the lighthouse', day: '2015-01-01' },
      { title: 'new', body: 'about the lighthouse', day: '2026-01-01' },
      { title: 'lighthouse', body: 'about something', day: '2015-01-01' },
    )
    expect(titles('lighthouse')).toEqual(['lighthouse', 'new', 'old'])
  })

  it('follows the wishes: recency can be turned off', async () => {
    const opened = await openSearch()
    const { add, titles, wishes } = opened
    const body = 'lighthouse and some more words that are no lighthouse at all'
    await add(
      { title: 'weak but new', body, day: '2026-01-01' },
      { title: 'good', body: 'lighthouse', day: '2015-01-01' },
    )
    await add(...Array.from({ length: 20 }, () => ({ title: 'filler' })))
    wishes.searchRecency = 0
    expect(titles('lighthouse')).toEqual(['good', 'weak but new'])
    wishes.searchRecency = 400
    expect(titles('lighthouse')).toEqual(['weak but new', 'good'])
  })

  it('has the newest first where there are only filters', async () => {
    const { add, titles } = await openSearch()
    await add({ title: 'b', day: '2020-01-01' }, { title: 'c', day: '2027-01-01' }, { title: 'a', day: '2019-12-31' })
    expect(titles('type:note')).toEqual(['c', 'b', 'a'])
  })

  it('goes on from page to page, and counts up to a bound', async () => {
    const { add, find } = await openSearch()
    await add(...Array.from({ length: 2100 }, (_, index) => ({ title: `entry ${index}`, day: '2025-05-05' })))
    const seen = [0, 1000, 1990, 2050].flatMap((offset) =>
      find('entry', { offset, limit: 50 }).hits.map(({ id }) => id),
    )
    expect(new Set(seen).size).toBe(seen.length)
    expect(find('entry')).toMatchObject({ total: 2000, counted: false })
    expect(find('entry', { offset: 2090 })).toMatchObject({ total: 2100, counted: true })
    expect(find('entry 2099 ')).toMatchObject({ total: 1, counted: true })
  })
})
