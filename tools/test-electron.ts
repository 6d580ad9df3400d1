// `npm run test:electron`: drives the real desktop app. Where Electron's binary is not installed it says so and fails,
// because a run that tested nothing must not look like one that passed.
import { resolve } from 'node:path'
import { findElectron } from './electron-binary.ts'
import { buildDesktop } from './desktop-build.ts'
import { runTests } from './run-tests.ts'

const root = resolve(import.meta.dirname, '..')

if (findElectron({ root }) === undefined) {
  console.error(
    'Electron is not installed here, so its tests cannot run. Run npm start once where there is a display and a network connection, then this again.',
  )
  process.exit(1)
}
await buildDesktop({ root, say: console.log })
process.env['MINDKEEP_SUITE'] = 'electron'
process.exit(await runTests({ args: process.argv.slice(2) }))
