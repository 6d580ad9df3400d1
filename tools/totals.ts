// Counts what a test run did and puts it in one line. A file that could not be read, and an error outside any test, count
// as failures: a run is never green because something broke before it could be counted.
import type { TestModule, Vitest } from 'vitest/node'

export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export function countTests(vitest: Vitest): Totals {
  const modules = vitest.state.getTestModules()
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
  const count = (...wanted: readonly string[]) => states.filter((state) => wanted.includes(state)).length
  return {
    passed: count('passed'),
    // A test that is still pending when the run is over was started and never came back.
    failed:
      count('failed', 'pending') + modules.filter(failedOutsideTests).length + vitest.state.getUnhandledErrors().length,
    skipped: count('skipped'),
  }
}

function failedOutsideTests(module: TestModule): boolean {
  return module.errors().length > 0 || [...module.children.allSuites()].some((suite) => suite.errors().length > 0)
}

export function totalsLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** A run that did nothing proves nothing, so it does not count as success. */
export function isGood({ passed, failed }: Totals): boolean {
  return failed === 0 && passed > 0
}
