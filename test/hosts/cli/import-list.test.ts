// What `imports` says to a person of what was not brought to its end: only ways that lead on.
import { expect, it } from 'vitest'
import { listText } from '../../../electron/cli/import-list.ts'
import type { ImportSummary } from '../../../shared/api/imports.ts'

const summary = (changes: Partial<ImportSummary>): ImportSummary => ({
  id: '11111111-1111-4111-8111-111111111111',
  name: { first: 'letters.zip', more: 0, isSample: false },
  of: 'files',
  state: 'interrupted',
  at: '2026-03-01T10:00:00.000Z',
  endedAt: null,
  files: 1,
  job: null,
  canGoOn: true,
  needs: null,
  added: 1,
  changed: 0,
  duplicate: 0,
  skipped: 0,
  failed: 0,
  ...changes,
})
const ways = (changes: Partial<ImportSummary>) =>
  listText([summary(changes)])
    .split('\n')
    .slice(1)

it.each(['interrupted', 'stopped'] as const)('an import that was %s goes on where it can', (state) => {
  expect(ways({ state })).toEqual([expect.stringContaining(`import --resume ${summary({}).id}`)])
  expect(ways({ state, canGoOn: false })).toEqual([])
})

it.each(['interrupted', 'stopped'] as const)(
  'an export that was %s while it came back is to be restored again',
  (state) => {
    const [way, ...others] = ways({ of: 'export', state, canGoOn: false })
    expect(others).toEqual([])
    expect(way).toContain('letters.zip')
    expect(way).toContain('mindkeep restore')
    expect(way).not.toContain('--resume')
  },
)

it('nothing is said of what came to its end, or is being read', () => {
  expect(ways({ state: 'done', canGoOn: false })).toEqual([])
  expect(ways({ state: 'running', job: '22222222-2222-4222-8222-222222222222', canGoOn: false })).toEqual([])
})
