// How a host that runs in a terminal hears that it is to end. It never ends the process by itself, except for a person who
// presses Ctrl-C again because the end takes too long.

/** A Ctrl-C sent to a whole group also comes back through whoever started us; what follows this late was pressed again. */
const pressedAgainAfter = 2000

/**
 * Calls `end` once, at the first sign that the process is to end. Signals come more than once (a closed terminal tells the
 * whole group, and the launcher passes on what it hears), so later ones change nothing; only a second Ctrl-C ends at once.
 * The returned function stops listening, unless an end has begun: then it has to be left in peace.
 */
export function onEnding(end: () => void): () => void {
  let begunAt: number | undefined
  const hear = (signal: NodeJS.Signals) => {
    if (begunAt === undefined) {
      begunAt = performance.now()
      end()
    } else if (signal === 'SIGINT' && performance.now() - begunAt > pressedAgainAfter) process.exit(130)
  }
  const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of endings) process.on(signal, hear)
  return () => {
    if (begunAt !== undefined) return
    for (const signal of endings) process.removeListener(signal, hear)
  }
}
