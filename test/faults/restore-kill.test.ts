// A process killed outright while an export comes back: what is there then is whole and listed, and is either taken back to
// nothing or completed by bringing the export once more.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { exported } from '../../shared/api/exports.ts'
import { childEnv } from './support/child.ts'
import { createRandom, say, seedOf, sized } from '../support/random.ts'
import { scratchFolder } from './support/scratch.ts'
import { type Subject, makeVault, openSubject } from './support/subject.ts'

const suite = 'restore-kill'
const root = scratchFolder()
const seed = seedOf(suite)
const kills = sized({ small: 4, large: 100 })
const notes = 300

const jobOf = async ({ call }: Subject, { job }: { readonly job: string }) => {
  for (;;) {
    const found = (await call('jobs.list', {})).find(({ id }) => id === job)
    if (found !== undefined && found.endedAt !== null) return found
    await pause(5)
  }
}

/** Titles, so that two lists can be compared. */
async function contentOf({ call }: Subject): Promise<string[]> {
  const titles: string[] = []
  for (let offset = 0, total = 1; offset < total; offset += 200) {
    const page = await call('library.list', { offset, limit: 200 })
    total = page.total
    titles.push(...page.rows.map((row) => `${row.title} ${row.tags.join()}`))
  }
  return titles.toSorted()
}

async function newVault(name: string): Promise<Subject & { readonly base: string }> {
  const subject = await openSubject({ base: join(root, name) })
  await makeVault(subject)
  return subject
}

async function makeExport(): Promise<{ readonly file: string; readonly content: string[] }> {
  const subject = await newVault('source')
  for (let n = 0; n < notes; n += 1) await subject.call('library.writeNote', { title: `Note ${n}`, body: `Body ${n}` })
  await subject.call('library.tag', { which: { filter: {} }, add: ['kept'] })
  const job = await jobOf(subject, await subject.call('exports.start', { kind: 'readable' }))
  const { ticket } = exported.parse(job.result)
  const parts: Uint8Array[] = []
  for await (const piece of subject.app.files.take(ticket)?.chunks() ?? []) parts.push(piece)
  mkdirSync(root, { recursive: true })
  const file = join(root, 'export.zip')
  writeFileSync(file, Buffer.concat(parts))
  const content = await contentOf(subject)
  await subject.close()
  return { file, content }
}

/** Whether it was killed before it came to its end. */
async function killed(base: string, file: string, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/restoring-child.ts'), base, file], {
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
  return said !== 'done'
}

describe('an export that is killed while it comes back', () => {
  it('leaves nothing half, is taken back to nothing, and otherwise comes to its end', async () => {
    const { file, content } = await makeExport()
    const random = createRandom(seed)
    let [killsMade, halfway, within] = [0, 0, 120]
    for (let round = 0; killsMade < kills && round < kills * 4; round += 1) {
      const fresh = await newVault(`vault-${round}`)
      await fresh.close()
      if (!(await killed(fresh.base, file, random.int(within)))) {
        // A fast computer is to be killed sooner.
        within = Math.ceil(within / 2)
        continue
      }
      killsMade += 1

      const subject = await openSubject({ base: fresh.base })
      await subject.call('vault.unlockWithDevice', {})
      const there = await contentOf(subject)
      if (there.length > 0 && there.length < content.length) halfway += 1
      expect(there.filter((title) => !content.includes(title))).toEqual([])
      const [listed] = await subject.call('imports.list', {})
      expect(listed?.added ?? 0).toBe(there.length)
      if (round % 2 === 0 && listed !== undefined) {
        expect(listed.state).toBe('interrupted')
        await jobOf(subject, await subject.call('imports.undo', { id: listed.id }))
        expect(await contentOf(subject)).toEqual([])
      } else {
        const [handle = ''] = subject.app.files.offer([file])
        const job = await jobOf(subject, await subject.call('exports.restore', { handle }))
        expect(job.result).toMatchObject({ added: content.length - there.length, duplicate: there.length })
        expect(await contentOf(subject)).toEqual(content)
      }
      await subject.close()
    }
    say(suite, `${killsMade} kills, ${halfway} of them with a part of the items in`)
    expect(killsMade).toBe(kills)
  })
})
