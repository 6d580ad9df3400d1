// `npm test`: every suite, with a real browser where there is one. Says plainly what it had to skip and how to run it.
import { resolve } from 'node:path'
import { findChromium } from './find-chromium.ts'
import { canInstallChromium, installChromium } from './debian-chromium.ts'
import { buildRenderer } from './renderer-build.ts'
import { runTests } from './run-tests.ts'

const withoutBrowser =
  'Tests that need a browser were skipped: there is no Chromium here. Install one, or set CHROMIUM_PATH to it, and run npm test again.'

try {
  if (findChromium() === undefined && canInstallChromium()) installChromium({ say: console.log })
  await buildRenderer({ root: resolve(import.meta.dirname, '..'), say: console.log })
  const args = process.argv.slice(2)
  process.exit(await runTests({ args, remarks: () => (findChromium() === undefined ? [withoutBrowser] : []) }))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
