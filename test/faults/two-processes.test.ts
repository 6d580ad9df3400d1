// Several processes at one vault: one of them holds it, the others are told who does, and a holder that dies leaves
// nothing behind to clean up.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { wrongWith } from './support/kept.ts'
import { preparedVault } from './support/kills.ts'
import { type Runner, race } from './support/race.ts'
import { sized } from '../support/random.ts'
import { readFolder, scratchFolder } from './support/scratch.ts'
import { codeOfReply, firstPassphrase, foldersOf, openSubject } from './support/subject.ts'

const root = scratchFolder()
const running: Runner[] = []
afterEach(async () => {
  await Promise.all(
    running
      .splice(0)
      .filter((runner) => runner.process.exitCode === null && runner.process.signalCode === null)
      .map((runner) => runner.kill()),
  )
})
const letGo = async (base: string, tasks: Parameters<typeof race>[0]['tasks']) => {
  const runners = await race({ base, tasks })
  running.push(...runners)
  return runners
}
const codes = (runners: readonly Runner[]) => runners.map(({ reply }) => codeOfReply(reply)).toSorted()

describe('processes that race for one vault', () => {
  it('leave it to exactly one, tell the others who it is, and a killed holder frees it at once', async () => {
    const base = join(root, 'open')
    const kept = await preparedVault(base)
    for (let round = 0; round < sized({ small: 1, large: 100 }); round += 1) {
      const runners = await letGo(base, ['open', 'open', 'open', 'open'])
      expect(codes(runners)).toEqual(['VAULT_BUSY', 'VAULT_BUSY', 'VAULT_BUSY', 'fine'])
      const holder = runners.find(({ reply }) => reply.ok)
      const late = await openSubject({ base })
      // Late enough for the holder to have signed its name: whoever comes now is told it.
      expect(await late.attempt('vault.unlockWithDevice')).toMatchObject({
        ok: false,
        error: { code: 'VAULT_BUSY', details: { host: 'web', pid: holder?.pid } },
      })
      await holder?.kill()
      expect(codeOfReply(await late.attempt('vault.unlockWithDevice'))).toBe('fine')
      await late.close()
      await Promise.all(runners.filter((runner) => runner !== holder).map((runner) => runner.kill()))
    }
    expect(await wrongWith({ base, kept })).toEqual([])
  })

  it('create one vault between them, and it is the one that was acknowledged', async () => {
    for (const task of ['create', 'create-and-leave'] as const) {
      const base = join(root, task)
      const runners = await letGo(base, [task, task, task])
      const made = runners.filter(({ reply }) => reply.ok)
      expect(made).toHaveLength(1)
      for (const { reply } of runners) expect(['fine', 'VAULT_BUSY', 'VAULT_EXISTS']).toContain(codeOfReply(reply))
      await Promise.all(runners.map((runner) => runner.kill()))
      const subject = await openSubject({ base })
      const status = await subject.call('vault.unlock', { passphrase: firstPassphrase })
      expect(status.name).toBe(made[0]?.name)
      await subject.close()
    }
  })

  it('delete it once, and not while somebody has it open', async () => {
    const base = join(root, 'delete')
    await preparedVault(base)
    const [holder] = await letGo(base, ['open'])
    const refused = await letGo(base, ['delete'])
    expect(codes(refused)).toEqual(['VAULT_BUSY'])
    await holder?.kill()

    const runners = await letGo(base, ['delete', 'delete', 'open'])
    for (const { reply } of runners) expect(['fine', 'VAULT_BUSY', 'NO_VAULT']).toContain(codeOfReply(reply))
    await Promise.all(runners.map((runner) => runner.kill()))
    const subject = await openSubject({ base })
    const status = await subject.call('vault.status', {})
    const opened = runners.at(-1)?.reply.ok === true
    if (runners.slice(0, 2).some(({ reply }) => reply.ok)) {
      expect(status.state).toBe('none')
      expect([...readFolder(foldersOf(base).folder).keys()].filter((name) => name !== 'lock')).toEqual([])
    } else expect(opened && status.state === 'locked').toBe(true)
    await subject.close()
  })
})

describe('without the hold', () => {
  it('two write one vault: the suite can fail', async () => {
    const base = join(root, 'unheld')
    await preparedVault(base)
    const [one, other] = [await openSubject({ base }), await openSubject({ base })]
    const first = await one.attempt('vault.unlockWithDevice')
    // The name taken away from under the holder: what it holds is no longer what others look at.
    rmSync(join(foldersOf(base).folder, 'lock'))
    const second = await other.attempt('vault.unlockWithDevice')
    expect([first, second].map(codeOfReply)).toEqual(['fine', 'fine'])
    await one.close()
    await other.close()
  })
})
