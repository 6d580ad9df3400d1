// Starts the Chromium that this computer already has, with an empty profile. Where there is none, tests that need it are
// skipped (`describe.skipIf(findChromium() === undefined)`), and `npm test` says so and how to run them.
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../tools/find-chromium.ts'

export { findChromium }

export interface ChromiumOptions {
  /** Further command line switches, for tests that attack the page from the network's side. */
  readonly args?: readonly string[]
}

export async function launchChromium({ args = [] }: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium on this computer. Install one, or set CHROMIUM_PATH.')
  return chromium.launch({
    executablePath,
    args: [
      // Root has no user namespace for the sandbox in most containers; the pages under test are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      ...args,
    ],
  })
}
