// A library of five things that differ in whatever lists are narrowed by.
import type { ItemFilter } from '../../../shared/api/items.ts'
import { type TestLibrary, importFile, message, openLibrary } from './support.ts'

const day = (day: string) => ({ when: { day } }) as const
const ada = { name: 'Ada', address: 'ada@example.org', role: 'from' } as const

export async function withItems() {
  const opened = await openLibrary()
  const file = importFile(opened, 1)
  await opened.add(
    [
      message({ same: '1', title: 'old', ...day('1994-03-17'), people: [ada] }),
      message({ same: '2', title: 'mail', type: 'mail', source: 'mbox', ...day('2025-01-01'), tags: ['sea'] }),
      message({ same: '3', title: 'late', when: { at: Date.UTC(2025, 0, 1, 22, 30), offset: 120 }, people: [ada] }),
    ],
    file,
  )
  await opened.add([
    message({ same: '4', title: 'undated', type: 'document', source: 'pdf', when: undefined }),
    message({ same: '5', title: 'secret', type: 'document', source: 'pdf', ...day('2024-05-05'), body: 'PIN: 123456' }),
  ])
  return opened
}

export const titles = ({ library }: TestLibrary, filter: ItemFilter) =>
  library.list({ filter, offset: 0, limit: 60 }).rows.map(({ title }) => title)
