// A process killed outright at a random moment of its work: everything it said it had done is there afterwards, and the
// keys open. The power stays on, so this is about what the core holds back in memory, not about the disk.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { everyday, everything } from './support/acts.ts'
import { rowsOf, runHasty } from './support/hasty.ts'
import { killOverAndOver } from './support/kills.ts'
import { createRandom, say, seedOf, sized } from '../support/random.ts'
import { scratchFolder } from './support/scratch.ts'

const suite = 'kill'
const base = scratchFolder()
const seed = seedOf(suite)

describe('a process killed while it writes', () => {
  it('loses nothing it acknowledged, and the vault opens every time', async () => {
    const kills = sized({ small: 50, large: 2000 })
    const round = (kill: number) =>
      kill % 5 === 0 ? { kinds: everything, longestMs: 700, after: 0 } : { kinds: everyday, longestMs: 60, after: 2 }
    const { wrong, acknowledged } = await killOverAndOver({ base, seed, kills, round })
    say(suite, `${kills} kills, ${acknowledged} acknowledged acts`)
    expect(wrong).toEqual([])
    // Otherwise the kills came before the work began, and prove nothing.
    expect(acknowledged).toBeGreaterThan(kills / 2)
  })

  it('would notice a loss: a writer that acknowledges before it commits loses acts', async () => {
    const random = createRandom(seed)
    let lost = 0
    for (let kill = 0; kill < 5; kill += 1) {
      const path = join(base, `hasty-${kill}.db`)
      const acknowledged = await runHasty({ path, task: 'acknowledge-early', until: () => pause(10 + random.int(40)) })
      expect(acknowledged).toBeGreaterThan(0)
      lost += Math.max(0, acknowledged - rowsOf(path))
    }
    expect(lost).toBeGreaterThan(0)
  })
})
