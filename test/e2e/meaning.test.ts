// Found by meaning: on the first start, with nothing but what ships, a paraphrase finds its answer; and how far understanding
// has come is said where one looks for it.
import { expect } from 'vitest'
import { go, it } from './world.ts'
import { rows, search } from './library-page.ts'

const paraphrase = 'teeth cleaning '

it('a paraphrase that shares no word with its answer finds it in the sample, by keyboard alone, and says why', async ({
  page,
  host,
}) => {
  await host.call('imports.addSample', {})
  await expect.poll(() => understood(host), { timeout: 60_000 }).toBe(true)
  await go(page, '#/library')
  await search(page).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type(paraphrase)
  await page.getByText('Nothing holds all of these words. These come nearest.').waitFor()
  const dentist = rows(page).filter({ hasText: 'Dentist' }).filter({ hasText: 'Found by meaning' })
  await dentist.first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('article').waitFor()
  await go(page, '#/settings/library')
  await page.getByText(/^2,038 of 2,038 understood$/u).waitFor()
})

async function understood(host: { readonly call: (method: string, input: unknown) => Promise<unknown> }) {
  const { state } = (await host.call('search.understood', {})) as {
    state: { understood: number; items: number; failed: number } | null
  }
  return state !== null && state.items > 2000 && state.understood + state.failed === state.items
}
