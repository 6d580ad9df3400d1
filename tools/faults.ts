// `npm run test:faults`: the fault and attack suites in their large sizes. They take long, so `npm test` runs small ones.
import { resolve } from 'node:path'
import { buildRenderer } from './renderer-build.ts'
import { runTests } from './run-tests.ts'

process.env['MINDKEEP_FAULTS'] = 'large'
await buildRenderer({ root: resolve(import.meta.dirname, '..'), say: console.log })
process.exit(
  await runTests({
    args: [
      '--project',
      'faults',
      '--project',
      'hosts',
      '--project',
      'contract',
      '--project',
      'core',
      ...process.argv.slice(2),
    ],
  }),
)
