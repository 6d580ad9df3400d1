import { describe, expect, it } from 'vitest'
import { plain } from '../support.ts'
import { everyday, openMeaning } from './support.ts'

describe('meaning', () => {
  it('finds what says the same in other words, and says that it is found by that', async () => {
    const { add, understand, foundBy } = await openMeaning()
    await add(...everyday)
    expect(await understand()).toMatchObject({ state: 'done', result: { understood: 5, items: 5, failed: 0 } })
    expect((await foundBy('tooth doctor'))[0]).toEqual(['Dentist', 'meaning'])
    expect((await foundBy('bike repair'))[0]).toEqual(['Puncture', 'meaning'])
  })

  it('says of a hit whether its words, its meaning or both were found', async () => {
    const { add, understand, ask } = await openMeaning()
    await add(...everyday, { title: 'Stamps', body: 'The dentist on the stamp is from a series about professions.' })
    await understand()
    const [first] = (await ask('dentist molar')).hits
    expect(first?.why).toMatchObject({ by: 'both', words: expect.any(Number), meaning: expect.any(Number) })
    expect(first?.why.meaning).toBeGreaterThan(0.3)
  })

  it('shows the passage that is meant, and not how the item begins', async () => {
    const { add, understand, ask } = await openMeaning()
    const long = Array.from({ length: 120 }, (_, at) => `Line ${at} of the agenda of a board meeting about budgets.`)
    await add(...everyday, {
      title: 'Minutes',
      body: `${long.join(' ')}\n\n# Afterwards\n\nMy tooth aches; the dentist says the molar has a cavity.`,
    })
    await understand()
    const minutes = (await ask('tooth doctor')).hits.find(({ title }) => plain(title) === 'Minutes')
    expect(plain(minutes?.snippet ?? [])).toContain('My tooth aches')
  })

  it('finds nothing where nothing is near', async () => {
    const { add, understand, ask } = await openMeaning()
    await add(...everyday)
    await understand()
    expect(await ask('the launch of a rocket into space')).toMatchObject({ total: 0, meaning: 'asked' })
    expect(await ask('zzyzx qwrtp')).toMatchObject({ total: 0 })
  })

  it('stays within filters, and out of the Trash', async () => {
    const { add, understand, foundBy, library, uidOf } = await openMeaning()
    const ids = await add(...everyday, { title: 'Mail', type: 'mail', body: 'Your appointment with the dentist.' })
    await understand()
    expect((await foundBy('tooth doctor type:mail')).map(([title]) => title)).toEqual(['Mail'])
    expect((await foundBy('tooth doctor', { filter: { types: ['note'] } })).map(([title]) => title)).toContain(
      'Dentist',
    )
    expect((await foundBy('tooth doctor -type:note')).map(([title]) => title)).not.toContain('Dentist')
    library.trash({ which: { ids: [uidOf(ids[0] ?? 0)] } })
    expect((await foundBy('tooth doctor')).map(([title]) => title)).not.toContain('Dentist')
    expect((await foundBy('tooth doctor', { filter: { trashed: true } })).map(([title]) => title)).toEqual(['Dentist'])
  })

  it('leaves quotes to the letter: nothing in them is found by meaning', async () => {
    const { add, understand, ask } = await openMeaning()
    await add(...everyday)
    await understand()
    expect(await ask('"tooth doctor"')).toMatchObject({ total: 0, meaning: 'no-words' })
  })

  it('says that it does not know a language, finds by words there, and lists what it could not understand', async () => {
    const { add, understand, ask, search } = await openMeaning()
    const german =
      'Der Zahnarzt hat gestern meinen Backenzahn gefüllt, und ich muss im Oktober wiederkommen. Bis dahin soll ich vorsichtig kauen.'
    await add(...everyday, { title: 'Zahnarzt', body: german })
    expect(await understand()).toMatchObject({ state: 'done', result: { understood: 5, items: 6, failed: 1 } })
    expect(await ask('Zahnarzt Backenzahn gefüllt')).toMatchObject({
      meaning: 'other-language',
      hits: [{ why: { by: 'words' } }],
    })
    expect(await search.meaning.notUnderstood({ offset: 0, limit: 10 })).toMatchObject({
      rows: [{ title: 'Zahnarzt', why: 'other-language' }],
      total: 1,
    })
  })

  it('understands anew what was changed, and keeps what stayed', async () => {
    const { understand, library, foundBy, db, count } = await openMeaning()
    const about = (what: string) => `# Teeth\n\nThe dentist filled a cavity in my molar.\n\n# More\n\n${what}`
    const { id } = library.writeNote({ title: 'Two things', body: about('The orchestra played a symphony.') })
    await understand()
    const codes = () => db.prepare('SELECT passage, hex(code) AS code FROM codes ORDER BY passage').all()
    const before = codes()
    expect(before).toHaveLength(2)
    library.writeNote({ id, title: 'Two things', body: about('The rear tyre of my bicycle was flat.') })
    expect(count('unread')).toBe(1)
    await understand()
    expect(codes()[0]).toEqual(before[0])
    expect(codes()[1]).not.toEqual(before[1])
    expect(await foundBy('bike repair')).toEqual([['Two things', 'meaning']])
    expect(await foundBy('classical music performance')).toEqual([])
  })

  it('forgets what is erased', async () => {
    const { add, understand, foundBy, count, db } = await openMeaning()
    await add(...everyday)
    await understand()
    db.prepare('DELETE FROM items').run()
    expect([count('passages'), count('codes'), count('vectors'), count('unread')]).toEqual([0, 0, 0, 0])
    expect(await foundBy('tooth doctor')).toEqual([])
  })

  it('understands nothing twice: asked again, it has nothing to do', async () => {
    const { add, understand, db } = await openMeaning()
    await add(...everyday)
    await understand()
    const passages = () => db.prepare('SELECT * FROM passages').all()
    const before = passages()
    await understand()
    expect(passages()).toEqual(before)
  })
})
