// An import in the middle of a person's day: the vault is locked and opened, the import is paused and goes on, and its reader is
// killed, at random. Whatever happens in whatever order, it ends by itself, with every item once and figures that add up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StartProcess } from '../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../electron/core/processes.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Random, createRandom, say, seedOf, sized } from '../../support/random.ts'
import { passphrase, vaultTemplate } from '../support.ts'
import { calendar, folderOf, note } from './support.ts'
import { zipOf } from './reader/archives/zips.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const suite = 'interrupted imports'
const rounds = sized({ small: 1, large: 60 })
const records = sized({ small: 1000, large: 2500 })
const interruptions = sized({ small: 6, large: 60 })
const longestWaitMs = 150

type App = Awaited<ReturnType<typeof template.open>>
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Every reader that is alive, so that one can be killed as the system would. */
function killable() {
  let kill = () => {}
  const start: StartProcess = (program, events) => {
    const started = startNodeProcess(program, events)
    kill = started.kill
    return started
  }
  return { start, kill: () => kill() }
}

const broken = 25
/** Some lines are no records: they are counted wherever reading was cut short. */
const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString()
    const line = JSON.stringify({ id: at, title: `Record ${at}`, text: `What stands in ${at}`, date })
    return at % Math.ceil(count / broken) === 30 ? `{"broken": ${at}` : line
  }).join('\n')

const notesInZip = 400

function source() {
  return folderOf({
    'cal.ics': calendar(records),
    'log.ndjson': lines(records),
    'notes.zip': zipOf(Array.from({ length: notesInZip }, (_, at) => ({ name: `notes/${at}.md`, content: note(at) }))),
    ...Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`single/${at}.md`, note(notesInZip + at)])),
  })
}

const brokenLines = lines(records)
  .split('\n')
  .filter((line) => line.startsWith('{"broken"')).length
const inAll = records + (records - brokenLines) + notesInZip + 50

const summaryOf = async (app: App, id: string) => (await app.call('imports.get', { id })).summary

async function jobOf(app: App): Promise<string | undefined> {
  return (await app.call('jobs.list')).find(({ kind, endedAt }) => kind === 'import' && endedAt === null)?.id
}

/** Of a job that may end at any moment. */
async function unlessOver(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NO_SUCH_JOB') throw error
  }
}

function interruptionsOf(app: App, id: string, random: Random, kill: () => void) {
  let killedAt = -1
  const recordsRead = async () => {
    const { added, changed, duplicate, skipped, failed } = await summaryOf(app, id)
    return added + changed + duplicate + skipped + failed
  }
  return {
    async lock() {
      await app.call('vault.lock')
      await wait(random.int(20))
      await app.call('vault.unlock', { passphrase })
    },
    async pause() {
      const job = await jobOf(app)
      if (job === undefined) return
      await unlessOver(app.call('jobs.pause', { id: job }))
      await wait(random.int(longestWaitMs))
      await unlessOver(app.call('jobs.resume', { id: job }))
    },
    /** Twice at one place would be that file's doing. */
    async kill() {
      const read = await recordsRead()
      if (read === killedAt) return
      killedAt = read
      kill()
    },
  }
}

async function interrupted(app: App, random: Random, kill: () => void): Promise<string> {
  const { import: id } = await app.call('imports.start', { handles: app.app.files.offer([source()]) })
  const acts = interruptionsOf(app, id, random, kill)
  for (let left = interruptions; left > 0; left -= 1) {
    await wait(random.int(longestWaitMs))
    if ((await summaryOf(app, id)).state === 'done') break
    await acts[random.pick(['lock', 'pause', 'kill'] as const)]()
  }
  await expect.poll(async () => (await summaryOf(app, id)).state, { interval: 20 }).not.toBe('running')
  return id
}

async function titles(app: App): Promise<string[]> {
  const found: string[] = []
  for (let offset = 0; ; offset = found.length) {
    const { rows } = await app.call('library.list', { offset, limit: 200 })
    if (rows.length === 0) return found
    found.push(...rows.map(({ title }) => title))
  }
}

describe('an import that is interrupted over and over', () => {
  const seed = seedOf(suite)

  it.each(Array.from({ length: rounds }, (_, at) => at))('brings everything once (round %i)', async (round) => {
    const readers = killable()
    const app = await template.open({ host: 'web', ports: { startProcess: readers.start } })
    const id = await interrupted(app, createRandom(seed + round), readers.kill)
    const { files, summary } = await app.call('imports.get', { id, limit: 200 })
    say(suite, `round ${round}: ${summary.added} added, ${summary.failed} could not be read`)
    expect(summary).toMatchObject({ state: 'done', added: inAll, changed: 0, duplicate: 0, failed: brokenLines })
    expect(files.filter(({ state }) => state !== 'done')).toEqual([])
    const all = await titles(app)
    expect([all.length, new Set(all).size]).toEqual([inAll, inAll])
    const problems = (await app.call('imports.get', { id, limit: 200 })).problemsInAll
    expect(problems).toBe(brokenLines)
  })
})
