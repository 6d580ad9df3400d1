// Kills a process over and over while it works on a vault, and checks the vault after each kill with the real core. What
// an earlier kill left behind is what the next one meets.
import { rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ActKind } from './acts.ts'
import { runChild } from './child.ts'
import { type Kept, keptNow, wrongWith } from './kept.ts'
import { createRandom } from '../../support/random.ts'
import { firstPassphrase, makeVault, openSubject } from './subject.ts'

export async function preparedVault(folder: string): Promise<Kept> {
  const subject = await openSubject({ base: folder })
  await makeVault(subject)
  const kept = await keptNow(subject, { passphrase: firstPassphrase, blobs: [] })
  await subject.close()
  return kept
}

/** What the process does and for how long at most, for one kill. */
interface Round {
  readonly kinds: readonly ActKind[]
  readonly longestMs: number
  /** How many acknowledgements come before the time begins to run. */
  readonly after: number
}

interface Killing {
  readonly base: string
  readonly seed: number
  readonly kills: number
  readonly round: (kill: number) => Round
}

/** The whole record is checked after each, and grows with each: in one vault, two thousand take hours. */
const killsOfOne = 100

export interface Toll {
  readonly wrong: string[]
  acknowledged: number
}

export async function killOverAndOver({ base, seed, kills, round }: Killing): Promise<Toll> {
  const lanes = Math.max(2, Math.min(8, cpus().length))
  const toll: Toll = { wrong: [], acknowledged: 0 }
  const lane = async (number: number) => {
    const random = createRandom(seed + number)
    let folder = ''
    let kept: Kept | undefined
    for (let kill = number; kill < kills && toll.wrong.length === 0; kill += lanes) {
      const turn = Math.floor(kill / lanes)
      if (kept === undefined || turn % killsOfOne === 0) {
        if (folder !== '') rmSync(folder, { recursive: true })
        folder = join(base, `lane-${number}-${turn}`)
        kept = await preparedVault(folder)
      }
      const { kinds, longestMs, after } = round(kill)
      const task = { base: folder, seed: random.int(2 ** 31), kept, kinds }
      const ending = await runChild(task, { until: () => pause(random.int(longestMs)), after })
      if (ending.complaints !== '') toll.wrong.push(ending.complaints)
      const known = ending.kept ?? kept
      toll.acknowledged += known.seq - kept.seq + (known.blobs.length - kept.blobs.length)
      const wrong = await wrongWith({ base: folder, kept: known, inFlight: { passphrase: ending.trying } })
      toll.wrong.push(...wrong.map((what) => `lane ${number}, kill ${kill}: ${what}`))
      kept = await afterwards(folder, known, ending.trying)
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
  return toll
}

/** What counts as acknowledged from here on: the vault as it was found, the act in flight done or not. */
async function afterwards(folder: string, known: Kept, trying: string | null): Promise<Kept> {
  const subject = await openSubject({ base: folder })
  await subject.call('vault.unlockWithDevice', {})
  const found = await keptNow(subject, known)
  await subject.close()
  return found.slot === known.slot || trying === null ? found : { ...found, passphrase: trying }
}
