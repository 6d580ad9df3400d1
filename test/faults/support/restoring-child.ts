// A process that brings an export back and says when it has begun and when it is done. It is meant to be killed.
import { openSubject } from './subject.ts'
import { tell } from './tell.ts'

const [base = '', file = ''] = process.argv.slice(2)
const subject = await openSubject({ base })
const alive = setInterval(() => {}, 60_000)
let begun = false
const ended = new Promise<string>((resolve) => {
  subject.app.onEvent(({ event, payload }) => {
    if (event !== 'job.changed' || payload.kind !== 'export-restore') return
    // Half of its work is looking the export over.
    if (!begun && payload.total !== null && payload.done * 2 >= payload.total) {
      tell('begun')
      begun = true
    }
    if (payload.endedAt !== null) resolve(payload.state)
  })
})
await subject.call('vault.unlockWithDevice', {})
const [handle = ''] = subject.app.files.offer([file])
await subject.call('exports.restore', { handle })
tell(await ended)
clearInterval(alive)
await subject.close()
