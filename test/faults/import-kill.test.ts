// A process killed outright in the middle of an import: the next one goes on after the last record that was kept. In the end
// there is exactly what one undisturbed import brings, each record counted once, and nothing half-written.
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

const suite = 'import-kill'
const root = scratchFolder()
const seed = seedOf(suite)
const kills = sized({ small: 6, large: 200 })

interface Run {
  readonly base: string
  readonly folder: string
  /** Killed so long after it began to keep things; absent: it runs to its end. */
  readonly killAfterMs?: number
}

/** Whether it came to its end. */
async function runChild({ base, folder, killAfterMs }: Run): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/importing-child.ts'), base, folder], {
    env: childEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let said = ''
  for await (const line of createInterface({ input: child.stdout })) {
    said = line
    if (line === 'begun' && killAfterMs !== undefined) {
      void pause(killAfterMs).then(() => child.kill('SIGKILL'))
    }
  }
  await ended
  return said === 'done'
}

async function newVault(name: string): Promise<string> {
  const base = join(root, name)
  const subject = await openSubject({ base })
  await makeVault(subject)
  await subject.close()
  return base
}

/** Everything an import left, in an order of its own. */
async function contentOf(base: string) {
  const subject = await openSubject({ base })
  await subject.call('vault.unlockWithDevice', {})
  const imports = await subject.call('imports.list', {})
  const items: string[] = []
  for (let offset = 0, total = 1; offset < total; offset += 200) {
    const page = await subject.call('library.list', { offset, limit: 200 })
    total = page.total
    items.push(
      ...page.rows.map(({ type, title, day, people, attachments }) =>
        JSON.stringify({ type, title, day, people, attachments }),
      ),
    )
  }
  await subject.close()
  const [only, ...others] = imports
  if (only === undefined || others.length > 0) throw new Error('there is not one import')
  const { state, files, added, changed, duplicate, skipped, failed } = only
  return { state, files, added, changed, duplicate, skipped, failed, items: items.toSorted() }
}

describe('an import that is killed over and over', () => {
  it('brings in the end exactly what an undisturbed one brings', async () => {
    const folder = join(root, 'files')
    writeImportFiles(folder, { events: 3000, notes: 150, mails: 150 })
    const undisturbed = await newVault('undisturbed')
    expect(await runChild({ base: undisturbed, folder })).toBe(true)
    const expected = await contentOf(undisturbed)
    expect(expected).toMatchObject({ state: 'done', added: 2700 + 150 + 150 + 150, failed: 300 })

    const random = createRandom(seed)
    let [killed, round] = [0, 0]
    const wrong: string[] = []
    while (killed < kills) {
      const base = await newVault(`killed-${round++}`)
      let done = false
      // As many kills as one import takes; the last one runs to its end.
      for (let tried = 0; tried < 4 && killed < kills && !done; tried += 1) {
        done = await runChild({ base, folder, killAfterMs: random.int(1500) })
        if (!done) killed += 1
      }
      if (!done) await runChild({ base, folder })
      const found = await contentOf(base)
      if (JSON.stringify(found) !== JSON.stringify(expected))
        wrong.push(`vault ${round}: ${difference(found, expected)}`)
      if (round > kills * 4) break
    }
    say(suite, `${killed} kills in ${round} imports of ${expected.items.length} items`)
    expect(wrong).toEqual([])
    expect(killed).toBe(kills)
  })
})

function difference(found: object, expected: object): string {
  const short = (value: object) => JSON.stringify({ ...value, items: undefined })
  return `${short(found)} in place of ${short(expected)}`
}
