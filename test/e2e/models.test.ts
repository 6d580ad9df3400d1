// Settings, Models: one fetched from the hub, which is played here, with its progress, Stop and Resume; one from a folder;
// what is said before, while and after; and what of it stands under "What left this device".
import { cpSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { playHub, putModel } from '../support/hub.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { expectAccessible } from './browser.ts'
import { startPageHost } from './page-host.ts'
import { button, go, heading, it as inWorld } from './world.ts'

const fixture = (name: string) => resolve(import.meta.dirname, '../fixtures/models', name)
const name = 'SmolLM2-360M-Instruct'
const repository = `HuggingFaceTB/${name}`

/** As in a window that can ask for a folder, with the hub beyond it. */
const it = inWorld
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern what has to be there first
  .extend('hub', async ({}, { onCleanup }) => {
    const hub = await playHub()
    onCleanup(hub.stop)
    putModel(hub, repository, fixture('tiny-writer'))
    return hub
  })
  .extend('own', () => {
    const folder = join(temporaryFolder(), 'mine')
    cpSync(fixture('tiny-understanding'), folder, { recursive: true })
    return folder
  })
  .extend('host', async ({ hub, own }, { onCleanup }) => {
    const host = await startPageHost({
      clock: createFakeClock({ start: new Date().toISOString() }),
      outside: hub.outside,
      pickFiles: async () => [own],
    })
    onCleanup(() => host.stop())
    return host
  })

describe.skipIf(findChromium() === undefined)('the models', () => {
  it('are fetched after their size, place and licence were said, stopped, gone on with, checked and removed', async ({
    hub,
    page,
    watched,
  }) => {
    await go(page, '#/settings/models')
    await heading(page, 'To be had').waitFor()
    await expectAccessible(watched)
    hub.faults.push((_request, response) => {
      response.writeHead(200, { 'content-length': 494_530 }).flushHeaders()
    })
    await button(page, `Get: ${name}`).click()
    const dialog = page.getByRole('dialog', { name: `Get ${name}` })
    await dialog.getByText('Licence: Apache-2.0').waitFor()
    await dialog.getByText('learn your network address').waitFor()
    await expectAccessible(watched)
    await dialog.getByRole('button', { name: 'Get', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const work = page.getByRole('region', { name: 'Work in progress' })
    await work.getByText('Fetching a model').first().waitFor()
    await work.getByRole('button', { name: 'Pause' }).waitFor()
    await expect.poll(() => hub.faults).toEqual([])
    await work.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('What has come so far is kept.').first().waitFor()

    await button(page, `Resume: ${name}`).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Get', exact: true }).click()
    await page.getByText(`${name} is here and was checked.`).waitFor()
    await button(page, `Details: ${name}`).click()
    await page.getByText('SHA-256').first().waitFor()
    await button(page, 'Check its files').click()
    await page.getByText('Every file is what it was when it came.').waitFor()
    await expectAccessible(watched)

    await go(page, '#/left')
    await page.getByText('cdn-lfs.hf.co').first().waitFor()
    await page.getByText('to fetch a model').first().waitFor()
    expect(await page.getByText('Nothing has left this device').count()).toBe(0)
    await expectAccessible(watched)

    await go(page, '#/settings/models')
    await button(page, `Remove: ${name}`).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await button(page, `Get: ${name}`).waitFor()
    await watched.expectNoTrouble()
  })

  it('that somebody has are taken from a folder, or refused with the reason', async ({ own, page, watched }) => {
    await go(page, '#/settings/models')
    await button(page, 'Choose a folder').click()
    await page.getByText('mine is here and was checked.').waitFor()
    await button(page, 'Details: mine').waitFor()
    writeFileSync(join(own, 'pytorch_model.bin'), 'x')
    await button(page, 'Choose a folder').click()
    await page.getByText('There is a file in its folder that could run a program when it is opened.').waitFor()
    await watched.expectNoTrouble()
  })

  it('are not fetched where the network is off', async ({ host, hub, page }) => {
    await host.call('settings.set', { network: false })
    await go(page, '#/settings/models')
    await button(page, `Get: ${name}`).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The network is turned off').waitFor()
    expect(await dialog.getByRole('button', { name: 'Get', exact: true }).isDisabled()).toBe(true)
    expect(hub.seen).toEqual([])
  })

  it('write with what was fetched, tried on this computer', async ({ host, page, watched }) => {
    const { job } = (await host.call('models.get', { id: 'smollm2-360m-instruct' })) as { job: string }
    const ended = async () =>
      ((await host.call('jobs.list')) as { id: string; state: string }[]).find(({ id }) => id === job)?.state
    await expect.poll(ended).toBe('done')
    await go(page, '#/settings/models')
    await button(page, `Try how fast it is: ${name}`).click()
    await page.getByText('Measured just now').waitFor()
    await button(page, `Use for writing: ${name}`).click()
    await page.getByText(`${name} is chosen for writing.`).waitFor()
    await page.getByText('Chosen for writing', { exact: true }).waitFor()
    await expectAccessible(watched)
  })

  it('elsewhere are asked only where a person has allowed the host, which every screen tells', async ({
    host,
    hub,
    page,
    watched,
  }) => {
    hub.fault = (request, response, serve) => {
      if (request.headers.host !== 'models.hf.co') return serve()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ data: [{ id: 'large-and-far' }] }))
      return undefined
    }
    await expect(host.call('writing.modelsAt', { server: 'https://models.hf.co' })).rejects.toThrow('HOST_NOT_ALLOWED')
    await go(page, '#/settings/models')
    await page.getByRole('switch', { name: 'Allow models elsewhere' }).press('Space')
    await page.getByText('reads everything that it is asked').waitFor()
    await page.getByRole('link', { name: 'On this device' }).waitFor()
    const typed = page.getByLabel('Name of the host, such as models.example.org')
    await typed.fill('192.168.0.7')
    await button(page, 'Allow this host').click()
    await page.getByText('That is not the name of a host.').waitFor()
    await typed.fill('Models.HF.co')
    await button(page, 'Allow this host').click()
    await page.getByRole('link', { name: 'Leaves this device' }).waitFor()
    expect(hub.seen).toEqual([])
    await button(page, 'Ask what it has: models.hf.co').click()
    await page.getByText('large-and-far').first().waitFor()
    await expectAccessible(watched)
    await go(page, '#/left')
    await page.getByText('to ask a model elsewhere').first().waitFor()
    await go(page, '#/settings/models')
    await page.getByRole('switch', { name: 'Allow models elsewhere' }).press('Space')
    await page.getByRole('link', { name: 'On this device' }).waitFor()
    await expect(host.call('writing.modelsAt', { server: 'https://models.hf.co' })).rejects.toThrow('HOST_NOT_ALLOWED')
  })

  it('of other programs are looked for when asked, and only on this computer', async ({ page }) => {
    await go(page, '#/settings/models')
    const address = page.getByLabel('Its address', { exact: false })
    await address.fill('http://192.168.1.7:11434')
    await button(page, 'Test').click()
    await page.getByText('That is not an address on this computer.').waitFor()
    await address.fill('http://localhost:9')
    await button(page, 'Test').click()
    await page.getByText('Nobody answers at that address.').waitFor()
  })
})
