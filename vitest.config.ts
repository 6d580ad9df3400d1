// One project per folder of test/, so that any of them runs alone: `npm test -- --project core`. Driving the real
// Electron is left out on purpose: its binary is not everywhere, so it has its own command (npm run test:electron).
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

interface Suite {
  readonly folder: string
  /**
   * How long one test may take before it counts as hung. It says nothing about speed: some take a minute on two idle cores,
   * and five where others use the same two.
   */
  readonly patience: number
  /** In the large sizes only these of its files: the others have no size. */
  readonly sized?: readonly string[]
}

const suites: readonly Suite[] = [
  {
    folder: 'core',
    patience: 120_000,
    sized: [
      'test/core/imports/interrupted.test.ts',
      'test/core/imports/reader/fuzz.test.ts',
      'test/core/library/undo.test.ts',
    ],
  },
  { folder: 'contract', patience: 120_000 },
  { folder: 'hosts', patience: 120_000 },
  { folder: 'renderer', patience: 120_000 },
  { folder: 'tooling', patience: 120_000 },
  { folder: 'faults', patience: 600_000 },
  { folder: 'e2e', patience: 120_000 },
]

const large = process.env['MINDKEEP_FAULTS'] === 'large'
/** The longest of the large ones takes an hour of a quiet computer, and several of a busy one. */
const longest = 6 * 3_600_000
const electron: readonly Suite[] = [{ folder: 'electron', patience: 120_000 }]
const folders = process.env['MINDKEEP_SUITE'] === 'electron' ? electron : suites

export default defineConfig({
  test: {
    // Forked processes, not threads: the database addon and libsodium stay out of each other's way, and a crash is seen.
    pool: 'forks',
    // On two cores the default is one process, which leaves one core idle whenever a test waits for a browser.
    maxWorkers: Math.max(2, availableParallelism()),
    passWithNoTests: false,
    // Without this most tests here count as slow, and a log would name them all; a line for each file is enough.
    slowTestThreshold: 30_000,
    projects: folders.map(({ folder, patience, sized }) => ({
      test: {
        name: folder,
        include: large && sized !== undefined ? [...sized] : [`test/${folder}/**/*.test.{ts,tsx}`],
        environment: 'node',
        setupFiles: ['test/support/seeded.ts'],
        testTimeout: large ? longest : patience,
        hookTimeout: large ? longest : patience,
        // How long `expect.poll` looks; its own default of a second is a claim about how busy the computer is.
        expect: { poll: { timeout: patience / 4 } },
      },
    })),
  },
})
