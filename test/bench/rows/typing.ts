// From a key to what it finds on the screen, in a real Chromium over a real vault: typing as a person does it, and each
// key waited for until the list shows something else: other rows, or more of their words marked.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { signIn } from '../../contract/transports/http-page.ts'
import { createVaultIn, passphrase } from '../bench-vault.ts'
import { openBrowser } from '../browser.ts'
import type { Bench } from '../harness.ts'
import { ndjson } from '../import-sources.ts'
import { root, scratch, startWebHost, stop } from '../support.ts'

const items = 100_000
/** Words of the records (import-sources.ts): each letter narrows what is found. */
const words = ['w1a', 'w2b', 'w3c', 'w10', 'w2z', 'wa4', 'w1k', 'w5d']

export const typing: Bench = {
  name: 'search-screen',
  says: 'p95 from a key in the search field to other rows on the screen, over 100,000 items; baseline: from a key to the next picture of an empty page',
  unit: 'ms',
  better: 'lower',
  goal: 100,
  judged: 'figure',
  rounds: 1,
  async open() {
    const library = await openLibrary(items)
    const empty = await library.page.context().newPage()
    await empty.setContent('<main><input type="search" aria-label="Search the Library"></main>')
    return {
      figure: () => slowest(library.page),
      baseline: () => slowest(empty),
      close: library.close,
    }
  },
}

async function openLibrary(count: number) {
  const folder = scratch()
  const made = await startWebHost(folder.path)
  const tab = await signIn(new URL(made.link))
  await createVaultIn({ dispatch: tab.call })
  await stop(made.child)
  const secret = join(folder.path, 'passphrase')
  writeFileSync(secret, passphrase, { mode: 0o600 })
  const where = ['--vault', join(folder.path, 'vault'), '--state', join(folder.path, 'state')]
  const args = ['--passphrase-file', secret, 'import', ndjson(folder.path, count)]
  execFileSync(process.execPath, [join(root, 'electron/cli/main.ts'), ...where, ...args], { stdio: 'ignore' })
  const { child, link } = await startWebHost(folder.path)
  const browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto(link)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Library', exact: true }).click()
  await page.getByRole('grid').waitFor()
  return {
    page,
    async close() {
      await browser.close()
      await stop(child)
      folder.remove()
    },
  }
}

/** In the page, so that nothing of the way to it is counted: from the event of the key until the change of the list is drawn. */
async function slowest(page: Page): Promise<number> {
  const field = page.getByRole('searchbox', { name: 'Search the Library' })
  const took: number[] = []
  for (const word of words) {
    await field.fill('')
    await page.waitForTimeout(400)
    for (const letter of word) {
      const shown = page.evaluate(() => {
        const list = document.querySelector('main [role="grid"]')
        const before = list?.innerHTML
        return new Promise<number>((resolve) => {
          let pressed = 0
          document.addEventListener('keydown', () => (pressed = performance.now()), { once: true, capture: true })
          const look = () => {
            if (pressed === 0 || (list !== null && list.innerHTML === before)) requestAnimationFrame(look)
            else requestAnimationFrame(() => resolve(performance.now() - pressed))
          }
          look()
        })
      })
      await field.press(letter)
      took.push(await shown)
      await page.waitForTimeout(150)
    }
  }
  return took.toSorted((one, other) => one - other)[Math.floor(took.length * 0.95)] ?? Number.NaN
}
