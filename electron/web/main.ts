// Starts Mindkeep as a page on loopback. Nothing else is loaded before the runtime is known to be new enough: the
// database addon takes an older Node down without a word.
import { errorMessages } from '../../shared/errors.ts'
import { isNodeNewEnough } from '../../shared/runtime.ts'

if (!isNodeNewEnough(process.versions.node)) {
  console.error(errorMessages.NODE_TOO_OLD)
  process.exitCode = 1
} else {
  const { runHost } = await import('./host.ts')
  const status = await runHost({ args: process.argv.slice(2), say: console.log, complain: console.error })
  // Not left to end by itself: Node then stops listening a moment before it is gone, and a second signal, passed on late by
  // whoever started us, would make an end in good order look like a crash.
  process.exit(status)
}
