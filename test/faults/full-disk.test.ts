// A disk that is full, a real one: a few megabytes of memory mounted as a disk in a namespace of their own. Every failed
// act says DISK_FULL and has not happened; everything acknowledged before stays; locking always works.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { toAppError } from '../../electron/core/failures.ts'
import { giveUpReserve, keepReserve } from '../../electron/core/vault/reserve.ts'
import { childEnv } from './support/child.ts'
import { say, seedOf, sized } from '../support/random.ts'
import { scratchFolder } from './support/scratch.ts'

const suite = 'full-disk'
const seed = seedOf(suite)
const disk = join(scratchFolder(), 'disk')
mkdirSync(disk)

/** Runs a program with a small disk mounted at `disk`, seen by it alone and gone with it. */
const onSmallDisk = (megabytes: number, ...command: readonly string[]) =>
  spawnSync(
    'unshare',
    ['-rm', 'sh', '-c', `mount -t tmpfs -o size=${megabytes}m,mode=700 none "$0" && exec "$@"`, disk, ...command],
    {
      env: childEnv,
      encoding: 'utf8',
    },
  )
const canMount = process.platform === 'linux' && onSmallDisk(1, 'true').status === 0
if (!canMount)
  say(
    suite,
    'this computer lets nobody mount a small disk (Linux with user namespaces does), so this suite was not run',
  )

interface Report {
  readonly failures: number
  readonly acknowledged: number
  readonly byAct: Readonly<Record<string, number>>
  readonly wrong: readonly string[]
}

describe.runIf(canMount)('a full disk', () => {
  const report = { failures: 0, acknowledged: 0, byAct: {} as Record<string, number>, wrong: [] as string[] }
  const wanted = 200
  // A fresh disk for each round, with room for what its acts leave for good: the record, blobs and backups. Whatever is
  // left of it is taken each time, so its size makes nothing easier.
  const rounds = sized({ small: 1, large: 25 })

  beforeAll(() => {
    const child = join(import.meta.dirname, 'support/full-disk-child.ts')
    for (let round = 0; round < rounds; round += 1) {
      const run = onSmallDisk(24, process.execPath, child, disk, String(seed + round), String(wanted))
      expect(run.stderr).toBe('')
      const one = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}') as Report
      report.failures += one.failures
      report.acknowledged += one.acknowledged
      report.wrong.push(...one.wrong)
      for (const [act, times] of Object.entries(one.byAct)) report.byAct[act] = (report.byAct[act] ?? 0) + times
    }
    say(suite, `${report.failures} failed acts, ${report.acknowledged} acknowledged: ${JSON.stringify(report.byAct)}`)
  })

  it('loses nothing acknowledged, calls every failure DISK_FULL, locks always, and goes on once there is room', () => {
    expect(report.wrong).toEqual([])
    expect(report.failures).toBeGreaterThanOrEqual(wanted * rounds)
    expect(report.acknowledged).toBeGreaterThan(0)
  })

  it('was really full: settings, blobs and restores have failed, so the suite can fail', () => {
    expect(Object.keys(report.byAct)).toEqual(expect.arrayContaining(['settings', 'blob', 'restore']))
  })
})

describe('the reserve', () => {
  it('is kept at its full size and given up for good until the next opening', () => {
    keepReserve(disk)
    expect(existsSync(join(disk, 'reserve'))).toBe(true)
    giveUpReserve(disk)
    expect(existsSync(join(disk, 'reserve'))).toBe(false)
  })

  it('is no reason not to open: only what a full disk says becomes DISK_FULL', () => {
    expect(toAppError(Object.assign(new Error('no space'), { code: 'ENOSPC' }))).toEqual(new AppError('DISK_FULL'))
    expect(toAppError(new Error('other'))).toBeUndefined()
  })
})
