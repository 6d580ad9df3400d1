// Starts the real desktop app in Electron, with a vault folder of its own, and hands over its window.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ElectronApplication, type Page, _electron } from 'playwright-core'
import type { Reply } from '../../shared/api/api.ts'
import { findElectron } from '../../tools/electron-binary.ts'

const root = resolve(import.meta.dirname, '../..')

export interface Desktop {
  readonly app: ElectronApplication
  readonly page: Page
  /** Calls the api the way the page does. */
  readonly call: (method: string, input?: object) => Promise<Reply>
  readonly close: () => Promise<void>
}

/** What the preload gives the page; written down here because page code is checked apart from it. */
interface Given {
  readonly mindkeep: { readonly call: (method: string, input: object) => Promise<Reply> }
}

export async function startDesktop(extra: readonly string[] = []): Promise<Desktop> {
  const executablePath = findElectron({ root })
  if (executablePath === undefined)
    throw new Error('Electron is not installed here; run npm run test:electron for how to get it.')
  const home = mkdtempSync(join(tmpdir(), 'mindkeep-electron-'))
  // Chromium refuses to start as root with its sandbox on; tests in containers run as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...asRoot, root, `--vault=${join(home, 'vault')}`, `--state=${join(home, 'state')}`, ...extra]
  const app = await _electron.launch({ executablePath, args })
  const page = await app.firstWindow()
  await page.waitForLoadState('domcontentloaded')
  return {
    app,
    page,
    call: (method, input = {}) =>
      page.evaluate(([name, value]) => (globalThis as unknown as Given).mindkeep.call(name, value), [
        method,
        input,
      ] as const),
    async close() {
      await app.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
