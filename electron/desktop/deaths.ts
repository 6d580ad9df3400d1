// Decides whether something that died may be started once more: three times within a minute, and not again. It starts
// nothing itself, and what died earlier than that is forgotten.
import type { Clock } from '../core/ports.ts'

const mostDeaths = 3
const withinMs = 60_000

/** Called at each death; answers whether that was one too many. */
export function createDeathCount({ clock }: { readonly clock: Clock }): () => boolean {
  let deaths: number[] = []
  return () => {
    const now = clock.now().getTime()
    deaths = [...deaths.filter((at) => now - at < withinMs), now]
    return deaths.length > mostDeaths
  }
}
