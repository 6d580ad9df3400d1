// Files of every format and archives of every kind, hurt in thousands of ways: items and problems come out, never a crash,
// never without end, and never more memory than a reader has. Seeded, so that a failure comes again. They are read in a
// process of their own, which is watched from here; and some by the real reader of a real vault.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { createRandom, say, seedOf, sized } from '../../../support/random.ts'
import { vaultTemplate } from '../../support.ts'
import { bring, outcome, uploaded } from '../support.ts'
import { seedOfInput, subjects } from './fuzz-subjects.ts'
import { hurt } from './hurting.ts'

const suite = 'fuzz'
const seed = seedOf(suite)
const inputs = sized({ small: 5000, large: 1_000_000 })
/** What a reader may have (heapMiB in imports.ts), and what it may weigh. */
const heapMiB = 256
const mostMiB = 512
/** A dog that is fed before each input and bites after so many looks. A computer too busy to read is too busy to look. */
const lookEveryMs = 250
/** As others on the same computer may need: whether it hangs is the dog's to say. */
const patience = sized({ small: 600_000, large: 24 * 3_600_000 })
const mostLooks = 20

interface Run {
  /** Where it got to. */
  readonly at: number
  readonly ended: 'done' | 'hung' | 'died'
  readonly wrong: readonly string[]
  readonly heaviest: number
}

async function read(from: number, to: number): Promise<Run> {
  const program = fileURLToPath(new URL('./fuzzing.process.ts', import.meta.url))
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMiB}`, program, `${seed}`, `${from}`, `${to}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const wrong: string[] = []
  let [at, heaviest, looks, hung] = [from - 1, 0, 0, false]
  // It has its programs to load before it says anything.
  const dog = setInterval(() => {
    if (at < from || (looks += 1) <= mostLooks) return
    hung = true
    child.kill('SIGKILL')
  }, lookEveryMs)
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    looks = 0
    const [, word, rest = ''] = /^(\w+) (.*)$/.exec(line) ?? []
    if (word === 'at') at = Number(rest)
    else if (word === 'heaviest') heaviest = Number(rest)
    else wrong.push(rest)
  }
  const [code] = (await exited) as [number | null]
  clearInterval(dog)
  return { at, ended: hung ? 'hung' : code === 0 ? 'done' : 'died', wrong, heaviest }
}

describe('hurt files', () => {
  it('are of every format', () => {
    const formats = new Set(subjects.map(({ format }) => format))
    const missing = importers.map(({ format }) => format).filter((format) => !formats.has(format))
    expect(missing).toEqual([])
    expect([...formats]).toEqual(expect.arrayContaining(['zip', 'tar', 'gzip']))
  })

  it(
    `come to items and problems, ${inputs} of them`,
    async () => {
      const wrong: string[] = []
      let heaviest = 0
      for (let from = 0; from < inputs; ) {
        const run = await read(from, inputs)
        wrong.push(...run.wrong)
        if (run.ended !== 'done') wrong.push(`${run.at}: ${run.ended}`)
        heaviest = Math.max(heaviest, run.heaviest / 1024 / 1024)
        from = run.ended === 'done' ? inputs : run.at + 1
        // A program that does not even begin would be started for ever.
        expect(run.at).toBeGreaterThanOrEqual(0)
      }
      say(suite, `${inputs} inputs for ${subjects.length} files, ${Math.round(heaviest)} MiB at most`)
      expect(wrong).toEqual([])
      expect(heaviest).toBeGreaterThan(0)
      expect(heaviest).toBeLessThan(mostMiB)
    },
    patience,
  )
})

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

describe('the reader of a vault', () => {
  it('comes through hurt files of every format and says of each what became of it', async () => {
    const files = Object.fromEntries(
      subjects.map(({ format, bytes }, at) => {
        const random = createRandom(seedOfInput(seed, -at - 1))
        return [`${at}.${format}`, hurt(bytes, random, random.pick(subjects).bytes)] as const
      }),
    )
    const app = await template.open()
    const { import: id, job } = await bring(app, await uploaded(app, files), { password: 'open sesame' })
    expect(job.error).toBeNull()
    const { state, problems, files: states } = await outcome(app, id)
    expect(state).toBe('done')
    expect(Object.values(states).filter((one) => one === 'waiting' || one === 'reading')).toEqual([])
    const ofReader = Object.entries(problems).filter(([, why]) =>
      ['reader-failed', 'too-slow', 'out-of-memory'].includes(why),
    )
    expect(ofReader).toEqual([])
  })
})
