// A process that races others for one vault: it does what it is told once told to go, says how that ended, and then stays
// as it is until it is killed.
import { once } from 'node:events'
import { tell } from './tell.ts'
import { createInterface } from 'node:readline'
import type { Reply } from '../../../shared/api/api.ts'
import { firstPassphrase, openSubject, retypedFrom, vaultName } from './subject.ts'

const [base = '', task = ''] = process.argv.slice(2)
const say = (line: object) => tell(JSON.stringify(line))
const lines = createInterface({ input: process.stdin })

const subject = await openSubject({ base })
const kit = await subject.call('vault.draftKit', {})
// The judge of passphrases takes a while to start; the race is not about that.
await subject.call('vault.measurePassphrase', { passphrase: firstPassphrase })
say({ ready: true })
await once(lines, 'line')

const name = `by ${process.pid}`
const created = () =>
  subject.attempt('vault.create', { name, passphrase: firstPassphrase, draft: kit.draft, retyped: retypedFrom(kit) })
const tasks: Readonly<Record<string, () => Promise<Reply>>> = {
  open: () => subject.attempt('vault.unlockWithDevice'),
  create: created,
  async 'create-and-leave'() {
    const reply = await created()
    await subject.close()
    return reply
  },
  delete: () => subject.attempt('vault.delete', { name: vaultName }),
}
const reply = await tasks[task]?.()
say({ pid: process.pid, name, reply })
