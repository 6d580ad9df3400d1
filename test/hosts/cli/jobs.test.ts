// Progress of a job at a terminal that goes away while the work goes on.
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import type { Job } from '../../../shared/api/jobs.ts'
import type { AppEvent } from '../../../shared/api/events.ts'
import { followJobs } from '../../../electron/cli/jobs.ts'
import { AppError } from '../../../shared/errors.ts'
import { aJob } from '../../support/canned.ts'
import type { Core } from '../../../electron/cli/core.ts'

it('ends with the result of the job although its progress cannot be shown', async () => {
  const listeners = new Set<(event: AppEvent) => void>()
  const core: Core = {
    ask: () => Promise.reject(new Error('not asked here')),
    dispatch: () => Promise.reject(new Error('not asked here')),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    offer: () => [],
    take: () => undefined,
    beforeStop: () => () => {},
  }
  const tell = (payload: Job) => {
    for (const listener of listeners) listener({ event: 'job.changed', payload })
  }
  let refused = 0
  const note = () => {
    refused += 1
    return Promise.reject(new Error('the terminal is gone'))
  }
  const output = { json: false, note, print: note, fail: note, show: async () => false }
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }
  const folders = { folder: '', stateFolder: '' }
  const jobs = followJobs({ core, context: { ...streams, output, folders, values: {}, operands: [], canAsk: true } })
  const ended = jobs.ended('job-1')
  tell(aJob({ total: 10, done: 5 }))
  tell(aJob({ total: 10, done: 10, state: 'done', result: { backup: 'b' } }))
  // A rejection nobody hears fails the run of this file.
  expect(await ended).toEqual({ backup: 'b' })
  expect(await jobs.result('backup', 'job-1')).toEqual({ backup: 'b' })
  // Forgotten, or of other work: nothing that could be taken for what was asked for.
  await expect(jobs.result('verify-log', 'job-1')).rejects.toThrow(new AppError('VAULT_LOCKED'))
  expect(refused).toBe(2)
})
