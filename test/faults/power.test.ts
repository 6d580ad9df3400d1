// Power cuts: every write and flush of a real run is recorded, and a vault is rebuilt as a disk might leave it when the
// power goes at any of those moments. Each must open with everything acknowledged until then.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ActKind } from './support/acts.ts'
import { type ChildTask, actingChild, reportFrom } from './support/child.ts'
import { createDisk } from './support/disk.ts'
import { type HastyTask, hastyChild, rowsOf } from './support/hasty.ts'
import { type InFlight, type Kept, keptNow, wrongWith } from './support/kept.ts'
import { type Random, createRandom, say, seedOf, sized } from '../support/random.ts'
import { readFolder, scratchFolder, writeFolder } from './support/scratch.ts'
import { type Call, howToGetStrace, readTrace, straceIsHere, traceNode } from './support/strace.ts'
import { firstPassphrase, makeVault, openSubject } from './support/subject.ts'

const suite = 'power'
const base = scratchFolder()
const seed = seedOf(suite)
const canTrace = straceIsHere()
if (!canTrace) say(suite, howToGetStrace)

interface Recording {
  readonly root: string
  readonly before: ReadonlyMap<string, Buffer>
  readonly calls: readonly Call[]
}

async function record(root: string, args: readonly string[]): Promise<Recording> {
  const before = readFolder(root)
  const log = `${root}.strace`
  traceNode({ log, args })
  return { root, before, calls: await Array.fromAsync(readTrace(log)) }
}

interface Cut {
  readonly said: string
  readonly remains: ReturnType<ReturnType<typeof createDisk>['cutPower']>
}

/** Cuts the power at `count` moments, drawn evenly over everything that touched the disk. */
function* cuts({ root, before, calls }: Recording, count: number, random: Random): Generator<Cut> {
  const moments = calls.map(() => 0)
  for (let cut = 0; cut < count; cut += 1) {
    const moment = random.int(calls.length)
    moments[moment] = (moments[moment] ?? 0) + 1
  }
  const disk = createDisk({ root, files: before })
  let said = ''
  for (const [index, call] of calls.entries()) {
    disk.feed(call)
    if (call.name === 'write' && call.args[0] === '1') said += String(call.args[1])
    for (let cut = moments[index] ?? 0; cut > 0; cut -= 1) yield { said, remains: disk.cutPower(random) }
  }
}

function acknowledged(said: string): { kept: Kept | null; inFlight: InFlight } {
  let kept: Kept | null = null
  let passphrase: string | null = null
  for (const report of said.split('\n').map(reportFrom)) {
    if (report === undefined) continue
    if ('trying' in report) passphrase = report.trying
    else if ('kept' in report) [kept, passphrase] = [report.kept, null]
  }
  return { kept, inFlight: { passphrase } }
}

const script: readonly ActKind[] = [
  ...([
    'settings',
    'blob',
    'settings',
    'settings',
    'lock',
    'import',
    'settings',
    'passphrase',
    'blob',
    'settings',
    'backup',
  ] as const),
  ...(['settings', 'erase', 'settings', 'kit', 'lock', 'blob', 'settings', 'restore', 'settings', 'backup'] as const),
]

describe.runIf(canTrace)('a power cut', () => {
  let ofWork: Recording
  let ofCreating: Recording
  let start: Kept

  beforeAll(async () => {
    const root = join(base, 'working')
    const subject = await openSubject({ base: root })
    await makeVault(subject)
    start = await keptNow(subject, { passphrase: firstPassphrase, blobs: [] })
    await subject.close()
    const task: ChildTask = { base: root, seed, kept: start, script }
    ofWork = await record(root, [actingChild, JSON.stringify(task)])

    const fresh = join(base, 'creating')
    writeFolder(fresh, new Map())
    ofCreating = await record(fresh, [
      actingChild,
      JSON.stringify({ base: fresh, seed, kept: null, script: [] } satisfies ChildTask),
    ])
  })

  it('at any moment of the work leaves a vault with everything acknowledged', async () => {
    const random = createRandom(seed)
    const scratch = join(base, 'cut')
    const wrong: string[] = []
    let cut = 0
    for (const { said, remains } of cuts(ofWork, sized({ small: 130, large: 19_000 }), random)) {
      cut += 1
      const { kept, inFlight } = acknowledged(said)
      writeFolder(scratch, remains.files, remains.folders)
      const found = await wrongWith({ base: scratch, kept: kept ?? start, inFlight })
      wrong.push(...found.map((what) => `cut ${cut}: ${what}`))
      if (wrong.length > 10) break
    }
    say(suite, `${cut} cuts over ${ofWork.calls.length} calls`)
    expect(wrong).toEqual([])
  })

  it('while a vault is being created leaves no vault or a whole one', async () => {
    const random = createRandom(seed + 1)
    const scratch = join(base, 'cut')
    const wrong: string[] = []
    const found = new Set<string>()
    let remade = 0
    for (const { said, remains } of cuts(ofCreating, sized({ small: 20, large: 1000 }), random)) {
      writeFolder(scratch, remains.files, remains.folders)
      const { kept } = acknowledged(said)
      if (kept !== null) {
        wrong.push(...(await wrongWith({ base: scratch, kept })))
        continue
      }
      const subject = await openSubject({ base: scratch })
      const status = await subject.attempt('vault.status')
      const state = status.ok ? (status.value as { state: string }).state : status.error.code
      found.add(state)
      if (state === 'locked') await subject.call('vault.unlock', { passphrase: firstPassphrase })
      else if (state !== 'none') wrong.push(`a vault that was never acknowledged is ${state}`)
      else if (remade < 2) {
        // What was left behind is in nobody's way; making a vault is slow, so this is tried on the first few.
        await makeVault(subject, { deviceKey: 'off' })
        remade += 1
      }
      await subject.close()
    }
    expect(wrong).toEqual([])
    expect(found.has('none')).toBe(true)
  })
})

describe.runIf(canTrace)('the recorder and its disk', () => {
  const lost = async (task: HastyTask) => {
    const root = join(base, `hasty-${task}`)
    writeFolder(root, new Map())
    const recording = await record(root, [hastyChild, join(root, 'acts.db'), task, '25'])
    const random = createRandom(seed)
    const scratch = join(base, 'cut-hasty')
    let losses = 0
    for (const { said, remains } of cuts(recording, 60, random)) {
      writeFolder(scratch, remains.files, remains.folders)
      const rows = Number(said.split('\n').at(-2) ?? 0)
      try {
        if (rows > 0 && rowsOf(join(scratch, 'acts.db')) < rows) losses += 1
      } catch {
        // Not readable any more: lost, too.
        losses += 1
      }
    }
    return losses
  }

  it('would notice a loss: SQLite that flushes too little loses acknowledged rows, and flushing fully loses none', async () => {
    expect(await lost('OFF')).toBeGreaterThan(0)
    expect(await lost('NORMAL')).toBeGreaterThan(0)
    expect(await lost('FULL')).toBe(0)
  })
})
