import { expect, it } from 'vitest'
import { createIfPossible } from '../../../electron/core/imports/if-possible.ts'
import { AppError } from '../../../shared/errors.ts'
import { openLibrary } from '../library/support.ts'

it('says why something could not be written: a full disk is no lock', async () => {
  const { db } = await openLibrary()
  const logged: unknown[] = []
  const ifPossible = createIfPossible({ log: { write: (event, fields) => void logged.push({ event, ...fields }) } })
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`)
  const write = (title: string) =>
    void db.prepare("INSERT INTO drafts (name, title, body, at) VALUES ('new', ?, '', '')").run(title)
  ifPossible(() => write('x'.repeat(1_000_000)))
  ifPossible(() => {
    throw new AppError('VAULT_LOCKED')
  })
  ifPossible(() => write('short'))
  const event = 'import.left'
  expect(logged).toEqual([
    { event, code: 'DISK_FULL' },
    { event, code: 'VAULT_LOCKED' },
  ])
})
