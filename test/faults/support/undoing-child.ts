// A process that takes back the one import there is, and says when it has begun and when it is done. It is meant to be killed.
import { openSubject } from './subject.ts'
import { tell } from './tell.ts'

const [base = ''] = process.argv.slice(2)
const subject = await openSubject({ base })
const alive = setInterval(() => {}, 60_000)
let begun = false
const ended = new Promise<string>((resolve) => {
  subject.app.onEvent(({ event, payload }) => {
    if (event !== 'job.changed' || payload.kind !== 'import-undo') return
    if (!begun && payload.done > 0) {
      tell('begun')
      begun = true
    }
    if (payload.endedAt !== null) resolve(payload.state)
  })
})
await subject.call('vault.unlockWithDevice', {})
const [only] = await subject.call('imports.list', {})
if (only !== undefined && only.state !== 'undone') {
  if (only.job === null) await subject.call('imports.undo', { id: only.id })
  tell(await ended)
} else tell('done')
clearInterval(alive)
await subject.close()
