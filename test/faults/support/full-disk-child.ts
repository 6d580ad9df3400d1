// Runs on a small disk of its own and fills it up again and again while a vault on it is worked with. What failed, how, and
// what was wrong afterwards is its last line of output.
import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, toAppError } from '../../../electron/core/failures.ts'
import { type ActKind, act } from './acts.ts'
import { type Kept, keptNow, wrongWith } from './kept.ts'
import { createRandom } from '../../support/random.ts'
import { type Subject, firstPassphrase, makeVault, openSubject } from './subject.ts'

const [disk = '', seed = '0', wanted = '0'] = process.argv.slice(2)
const random = createRandom(Number(seed))
const base = join(disk, 'base')
const ballast = join(disk, 'ballast')

/** Takes everything that is left but a little, so that the next write fails early, late or in the middle. */
function fill(spare = random.int(12) * 4096): void {
  const file = openSync(ballast, 'a+')
  const block = Buffer.alloc(64 * 1024)
  try {
    for (let bytes = block.length; bytes >= 512; ) {
      try {
        writeSync(file, block, 0, bytes)
      } catch (error) {
        if (codeOf(error) !== 'ENOSPC') throw error
        bytes /= 2
      }
    }
    ftruncateSync(file, Math.max(0, fstatSync(file).size - spare))
  } finally {
    closeSync(file)
  }
}
const free = () => rmSync(ballast, { force: true })

const common: readonly ActKind[] = ['settings', 'settings', 'settings', 'blob', 'blob', 'lock']
const seldom: readonly ActKind[] = ['passphrase', 'kit', 'backup', 'erase']

const report = { failures: 0, acknowledged: 0, byAct: {} as Record<string, number>, wrong: [] as string[] }
let subject: Subject = await openSubject({ base })
await makeVault(subject)
let kept: Kept = await keptNow(subject, { passphrase: firstPassphrase, blobs: [] })

/** With room again everything must be there, and the vault must go on as if nothing had been. */
async function recover(): Promise<void> {
  free()
  await subject.close()
  report.wrong.push(...(await wrongWith({ base, kept })))
  subject = await openSubject({ base })
  await subject.call('vault.unlockWithDevice', {})
  await act({ subject, random, announce: () => undefined }, 'settings', kept)
  kept = await keptNow(subject, { passphrase: kept.passphrase, blobs: kept.blobs.slice(-4) })
}

const failed = (kind: ActKind, error: unknown) => {
  report.failures += 1
  report.byAct[kind] = (report.byAct[kind] ?? 0) + 1
  const code = toAppError(error)?.code ?? String(error)
  if (code !== 'DISK_FULL') report.wrong.push(`${kind} failed with ${code}`)
}

/** A backup of this moment, and then room for a part of what it takes to put it in the place of the vault. */
async function restoreInLittleRoom(): Promise<void> {
  const { passphrase, blobs } = kept
  try {
    const { result } = await subject.finish('backups.create')
    kept = await keptNow(subject, { passphrase, blobs })
    fill(random.int(5 * 1024 * 1024))
    await subject.finish('backups.restore', { id: (result as { backup: string }).backup, passphrase })
    kept = await keptNow(subject, { passphrase, blobs })
    report.acknowledged += 1
  } catch (error) {
    failed('restore', error)
  }
}

async function actWithoutRoom(): Promise<void> {
  fill()
  for (let tries = 0; tries < 12; tries += 1) {
    const kind = random.pick(random.chance(0.03) ? seldom : common)
    try {
      kept = await act({ subject, random, announce: () => undefined }, kind, kept)
      report.acknowledged += 1
    } catch (error) {
      failed(kind, error)
      const { notices, state } = await subject.call('vault.status', {})
      // An act that locked and could not unlock again: the way back in must be open once there is room.
      if (state === 'locked') break
      if (notices.length > 0) {
        free()
        await subject.call('vault.dismissNotice', { kind: 'backup-failed' })
      }
    }
  }
}

while (report.failures < Number(wanted) && report.wrong.length === 0) {
  await (random.chance(0.1) ? restoreInLittleRoom() : actWithoutRoom())
  // Locking must work whatever the disk says.
  const locked = await subject.call('vault.lock', {})
  if (locked.state !== 'locked') report.wrong.push(`the vault is ${locked.state} after locking`)
  await recover()
}
await subject.close()
process.stdout.write(`${JSON.stringify(report)}\n`)
