// Values of the api for tests that are about how values travel: one job and one status, so that a new field is said once.
import type { JobOf } from '../../shared/api/jobs.ts'
import type { VaultStatus } from '../../shared/api/vault.ts'

export const aJob = (changes: Partial<JobOf<'backup'>> = {}): JobOf<'backup'> => ({
  id: 'job-1',
  kind: 'backup',
  state: 'running',
  done: 0,
  pausable: true,
  total: null,
  detail: null,
  stalled: false,
  waiting: false,
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: null,
  error: null,
  result: null,
  ...changes,
})

export const lockedStatus: VaultStatus = {
  state: 'locked',
  name: 'My vault',
  createdAt: '2026-01-01T00:00:00.000Z',
  locksAt: null,
  deviceKey: 'unavailable',
  openElsewhere: null,
  notices: [],
}
