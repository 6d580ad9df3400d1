// A worker that does what it is told.
import { serveThread } from '../../../electron/core/workers.ts'

export type Question = 'answer' | 'leave' | 'fall over' | 'refuse' | 'think'

serveThread<Question, string>((question, { progress }) => {
  if (question === 'answer') {
    progress(1, 2)
    return 'answered'
  }
  if (question === 'leave') process.exit(0)
  if (question === 'refuse') throw Object.assign(new Error('private words'), { code: 'ENOSPC' })
  if (question === 'fall over')
    setImmediate(() => {
      throw new Error('private words')
    })
  return new Promise(() => {})
})
