// Search with the real model in its real process, and a way to wait until everything is understood.
import type { StartProcess } from '../../../../electron/core/ports.ts'
import { searchApi } from '../../../../shared/api/search.ts'
import { jobEnded } from '../../../support/jobs.ts'
import { openSearch, plainTitle } from '../support.ts'

export async function openMeaning(startProcess?: StartProcess) {
  const opened = await openSearch(startProcess)
  const { search, jobs, db } = opened

  /** Answers what came of it. */
  const understand = async () => {
    await search.meaning.resume()
    const job = jobs.list().findLast(({ kind }) => kind === 'understand')
    if (job === undefined) throw new Error('nothing was begun')
    return jobEnded(jobs.list, job.id)
  }
  const ask = async (query: string, more: object = {}) =>
    searchApi['search.find'].output.parse(
      await search.find(searchApi['search.find'].input.parse({ query, limit: 100, ...more })),
    )
  const foundBy = async (query: string, more: object = {}) =>
    (await ask(query, more)).hits.map((hit) => [plainTitle(hit), hit.why.by])
  const count = (table: 'passages' | 'codes' | 'vectors' | 'unread' | 'not_understood') =>
    Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  return { ...opened, understand, ask, foundBy, count }
}

/** A vault of everyday things. */
export const everyday = [
  { title: 'Dentist', body: 'The dentist filled a cavity in my molar. Next check-up in October.' },
  { title: 'Rent', body: 'The landlord raises the monthly rent of the flat by forty pounds from January.' },
  { title: 'Sourdough', body: 'Fed the starter twice, baked two loaves of bread in the oven at 230 degrees.' },
  {
    title: 'Concert',
    body: 'The orchestra played a symphony in the town hall. We sat in the second row of the balcony.',
  },
  { title: 'Puncture', body: 'The rear tyre of my bicycle was flat again. Patched the inner tube by the canal.' },
]
