// A bar that is filled once: long work in several steps, each with its share of the whole. Bytes of one step and files of
// another are not compared, so the shares are fixed.
import type { JobContext } from '../jobs/jobs.ts'

export function inSteps<Name extends string>(
  context: JobContext,
  shares: Readonly<Record<Name, number>>,
): (step: Name) => JobContext {
  const names = Object.keys(shares) as Name[]
  const whole = names.reduce((sum, name) => sum + shares[name], 0)
  return (step) => {
    const before = names.slice(0, names.indexOf(step)).reduce((sum, name) => sum + shares[name], 0)
    return {
      ...context,
      progress: (done, total, detail) =>
        context.progress(before + (total === 0 ? 0 : (shares[step] * done) / total), whole, detail),
    }
  }
}
