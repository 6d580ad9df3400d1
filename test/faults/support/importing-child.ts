// A process that imports a folder, or goes on with an import that was cut short, and says when it has begun to keep things
// and when it is done. It is meant to be killed.
import { openSubject } from './subject.ts'
import { tell } from './tell.ts'

const [base = '', folder = ''] = process.argv.slice(2)
const subject = await openSubject({ base })
const alive = setInterval(() => {}, 60_000)
let begun = false
const ended = new Promise<string>((resolve) => {
  subject.app.onEvent(({ event, payload }) => {
    if (event !== 'job.changed' || payload.kind !== 'import') return
    if (!begun) tell('begun')
    begun = true
    if (payload.endedAt !== null) resolve(payload.state)
  })
})
await subject.call('vault.unlockWithDevice', {})
const before = await subject.call('imports.list', {})
if (before.length === 0) await subject.call('imports.start', { handles: subject.app.files.offer([folder]) })
const [only] = before
const unfinished = only !== undefined && only.state !== 'done'
// Cut short twice before it kept anything: it waits to be told.
if (unfinished && only.job === null) await subject.call('imports.resume', { id: only.id })
tell(before.length === 0 || unfinished ? await ended : 'done')
clearInterval(alive)
await subject.close()
