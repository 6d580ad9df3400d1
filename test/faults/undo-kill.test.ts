// A process killed outright while it takes an import back: where the vault is opened again that goes on by itself, until
// nothing of the import is left.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { childEnv } from './support/child.ts'
import { writeImportFiles } from './support/import-files.ts'
import { createRandom, say, seedOf, sized } from '../support/random.ts'
import { scratchFolder } from './support/scratch.ts'
import { makeVault, openSubject } from './support/subject.ts'

const suite = 'undo-kill'
const root = scratchFolder()
const random = createRandom(seedOf(suite))
const rounds = sized({ small: 2, large: 40 })

/** Killed so long after something of it is gone; whether it was done before that. */
async function undoAndKill(base: string, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/undoing-child.ts'), base], {
    env: childEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let said = ''
  for await (const line of createInterface({ input: child.stdout })) {
    said = line
    if (line === 'begun') void pause(afterMs).then(() => child.kill('SIGKILL'))
  }
  await ended
  return said === 'done'
}

async function importedVault(name: string, folder: string): Promise<string> {
  const base = join(root, name)
  const subject = await openSubject({ base })
  await makeVault(subject)
  const { import: id } = await subject.call('imports.start', { handles: subject.app.files.offer([folder]) })
  await expect.poll(() => stateOf(subject, id), { timeout: 120_000 }).toBe('done')
  await subject.close()
  return base
}

const stateOf = async (subject: Awaited<ReturnType<typeof openSubject>>, id: string) =>
  (await subject.call('imports.get', { id })).summary.state

describe('an import that is being taken back, killed', () => {
  it('is taken back to its end when the vault is opened again', async () => {
    const folder = join(root, 'files')
    writeImportFiles(folder, { events: 3000, notes: 50, mails: 50 })
    let killed = 0
    for (let round = 0; round < rounds; round += 1) {
      const base = await importedVault(`vault-${round}`, folder)
      for (let tried = 0; tried < 2; tried += 1) if (!(await undoAndKill(base, random.int(60)))) killed += 1
      const subject = await openSubject({ base })
      await subject.call('vault.unlockWithDevice', {})
      const [only] = await subject.call('imports.list', {})
      await expect.poll(() => stateOf(subject, only?.id ?? ''), { timeout: 120_000 }).toBe('undone')
      expect((await subject.call('library.list', {})).total).toBe(0)
      const acts = (await subject.call('ledger.list', { limit: 50 })).entries.filter(
        ({ act }) => act.act === 'import.undone',
      )
      expect(acts).toHaveLength(1)
      await subject.close()
    }
    say(suite, `${killed} kills`)
    expect(killed).toBeGreaterThan(0)
  })
})
