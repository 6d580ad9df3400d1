// Takes the pictures in docs/screenshots anew: `node test/e2e/screenshots.ts`. Real core, real page, a vault made up for
// the purpose.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launchChromium } from '../support/chromium.ts'
import { createVault, startPageHost } from './page-host.ts'

const folder = resolve(import.meta.dirname, '../../docs/screenshots')
mkdirSync(folder, { recursive: true })

const host = await startPageHost()
const browser = await launchChromium()
try {
  const page = await browser.newPage({
    viewport: { width: 1024, height: 640 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  const shoot = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.goto(host.startLink())
  await page.getByRole('button', { name: 'Suggest one' }).click()
  await page.getByText('Nobody will guess this soon.').waitFor()
  await page.mouse.move(0, 0)
  await shoot('welcome-dark')

  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await createVault(host)
  await page.getByText('“Plum Harbour” is open on this computer.').waitFor()
  await host.call('backups.create')
  await page.getByText('A backup was made and checked by restoring it.').waitFor()
  await host.call('settings.set', { autoLockMinutes: 15 })
  await page.getByText('After 15 minutes without you').waitFor()
  await page.getByText('from 10 minutes to 15 minutes').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.mouse.move(0, 0)
  await shoot('home-light')
} finally {
  await browser.close()
  await host.stop()
}
