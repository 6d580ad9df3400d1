// Tries mutants one after the other: each is compiled alone, run under the double, and held against every claim until one
// breaks. A mutant that throws, hangs or is refused by the compiler is found as well.
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Claim } from '../claims/claim.ts'
import { type ModuleCache, compile, createLoader, desktopFolder } from '../double/sources.ts'
import { type Stage, createStage, sourcesOf } from '../double/target.ts'
import type { Mutant } from './mutate.ts'

interface HuntParts {
  readonly claims: readonly Claim[]
  readonly appFolder: string
  readonly cache: ModuleCache
}

const patienceMs = 2_000

/** Answers the claim that noticed, or undefined where none did. */
export function createHunt({
  claims,
  appFolder,
  cache,
}: HuntParts): (mutant: Mutant | undefined) => Promise<string | undefined> {
  /**
   * A claim that found a mutant of a file is likely to find its neighbours, and is asked first; one that found it by waiting
   * in vain is asked last.
   */
  const orders = new Map<string | undefined, readonly Claim[]>()

  return async (mutant) => {
    const stage = mutant === undefined ? stageFor(undefined) : tryStage(mutant)
    if (stage === undefined) return 'the compiler'
    const order = orders.get(mutant?.file) ?? claims
    for (const claim of order) {
      const found = await breaks(claim, stage)
      if (found === undefined) continue
      const others = order.filter((other) => other !== claim)
      orders.set(mutant?.file, found === 'late' ? [...others, claim] : [claim, ...others])
      return claim.says
    }
    return undefined
  }

  function tryStage(mutant: Mutant): Stage | undefined {
    try {
      return stageFor(mutant)
    } catch {
      // What does not compile never runs.
      return undefined
    }
  }

  function stageFor(mutant: Mutant | undefined): Stage {
    const changed = new Map(
      mutant === undefined ? [] : [[resolve(desktopFolder, mutant.file), compile(mutant.file, mutant.text)]],
    )
    return createStage(sourcesOf(createLoader({ changed, cache })), appFolder)
  }
}

async function breaks(claim: Claim, stage: Stage): Promise<'at once' | 'late' | undefined> {
  const patience = new AbortController()
  try {
    const late = setTimeout(patienceMs, 'late' as const, { signal: patience.signal })
    late.catch(() => undefined)
    return (await Promise.race([claim.holds(stage), late])) ?? undefined
  } catch {
    // Any failure will do: an assertion, or an error of the mutant itself.
    return 'at once'
  } finally {
    patience.abort()
  }
}
