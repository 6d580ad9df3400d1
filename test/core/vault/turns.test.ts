// Work on the vault's files as a whole goes one after the other, and who is still at them is waited for.
import { readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobContext } from '../../../electron/core/jobs/jobs.ts'
import { openDatabase } from '../../../electron/core/vault/db.ts'
import { randomKey } from '../../../electron/core/vault/keys/keys.ts'
import { createRewriter } from '../../../electron/core/vault/rewriter.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { failure, passphrase, vaultTemplate } from '../support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('work that waits for a paused backup', () => {
  const open = async () => {
    const opened = await template.open()
    const { call, finished } = opened
    await call('settings.set', { backupEveryDay: false })
    const { result } = await finished(await call('backups.create'))
    const paused = await call('backups.create')
    await call('jobs.pause', { id: paused.job })
    const id = result !== null && 'backup' in result ? result.backup : ''
    const stateOf = async ({ job }: { job: string }) => (await call('jobs.list')).find((one) => one.id === job)
    return { ...opened, id, paused, stateOf }
  }

  it('says that it waits, and is not called stalled', async () => {
    const { call, clock, stateOf } = await open()
    const erasing = await call('vault.deepErase')
    await clock.advance(10_000)
    expect(await stateOf(erasing)).toMatchObject({ state: 'running', waiting: true, stalled: false })
  })

  it.each(['vault.deepErase', 'backups.create', 'backups.restore'] as const)(
    'does not keep the vault from locking itself: %s',
    async (method) => {
      const { call, clock, id } = await open()
      if (method === 'backups.restore') await call(method, { id, passphrase })
      else await call(method)
      await clock.advance(11 * 60_000)
      expect((await call('vault.status')).state).toBe('locked')
    },
  )

  it('leaves at once when it is stopped, and the backup goes on when it may', async () => {
    const { call, finished, id, paused } = await open()
    const restoring = await call('backups.restore', { id, passphrase })
    await call('jobs.cancel', { id: restoring.job })
    expect((await finished(restoring)).state).toBe('cancelled')
    await call('jobs.resume', { id: paused.job })
    expect((await finished(paused)).state).toBe('done')
    expect((await failure(call('jobs.cancel', { id: restoring.job }))).code).toBe('NO_SUCH_JOB')
  })
})

/** What this process has open in a folder. */
const openIn = (folder: string): string[] =>
  readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(join('/proc/self/fd', descriptor))
      return path.startsWith(folder) ? [path] : []
    } catch {
      // Closed in the meantime.
      return []
    }
  })

describe.runIf(process.platform === 'linux')('a rewrite that is stopped', () => {
  it('has ended when that is said: nobody is at the files any more', async () => {
    const folder = temporaryFolder()
    const [from, to] = [join(folder, 'from.db'), join(folder, 'to.db')]
    const key = randomKey()
    const db = openDatabase({ path: from, key, cipher: 'chacha20', create: true })
    db.exec('CREATE TABLE noise (bytes BLOB)')
    const add = db.prepare('INSERT INTO noise VALUES (randomblob(1000000))')
    for (let count = 0; count < 60; count += 1) add.run()
    db.close()
    const rewriter = createRewriter({ clock: createFakeClock() })
    const abort = new AbortController()
    const context: JobContext = {
      signal: abort.signal,
      progress: () => undefined,
      pace: () => Promise.resolve(),
      wait: (turn) => turn,
    }
    const copying = failure(rewriter.copy({ from, to, key, newKey: key, cipher: 'chacha20' }, context))
    // One call into SQLite by now, which nobody can interrupt.
    while (!openIn(folder).includes(to)) await setTimeout(5)
    abort.abort()
    expect((await copying).code).toBe('CANCELLED')
    expect(openIn(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })
})
