// A process that acts on a vault and says on its output what was acknowledged, one line an act, written before the next
// act begins. It is meant to be killed, and never tidies up by itself unless its acts run out.
import { act, everyday, type ActKind } from './acts.ts'
import type { ChildTask, Report } from './child.ts'
import { keptNow } from './kept.ts'
import { createRandom } from '../../support/random.ts'
import { firstPassphrase, makeVault, openSubject } from './subject.ts'
import { tell } from './tell.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as ChildTask
const report = (line: Report) => tell(JSON.stringify(line))

const random = createRandom(task.seed)
const subject = await openSubject({ base: task.base })
const { kept: before } = task
report({ ready: true })
if (before === null) await makeVault(subject)
else await subject.call('vault.unlockWithDevice', {})
let kept = await keptNow(subject, before ?? { passphrase: firstPassphrase, blobs: [] })
report({ kept })

const next = (done: number): ActKind | undefined =>
  'script' in task ? task.script[done] : random.pick(task.kinds.length > 0 ? task.kinds : everyday)
for (let done = 0; ; done += 1) {
  const kind = next(done)
  if (kind === undefined) break
  kept = await act({ subject, random, announce: (passphrase) => report({ trying: passphrase }) }, kind, kept)
  report({ kept })
}
await subject.close()
