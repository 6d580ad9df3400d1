// The real built page, served by the real web server from a core that tells it whatever a test wants, in a real Chromium,
// with a sink that listens. After every text it can be asked whether that text was anything but text.
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readPageFiles } from '../../../../electron/web/files.ts'
import { createWebServer } from '../../../../electron/web/server.ts'
import { buildRenderer } from '../../../../tools/renderer-build.ts'
import { openPage } from '../../../e2e/browser.ts'
import { launchChromium } from '../../../support/chromium.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'
import { type SinkServer, openSink } from '../support/sink-server.ts'
import type { Injection } from './corpus.ts'
import { type Seen, look, seenOf } from './look.ts'
import { type TellingApp, createTellingApp } from './telling-app.ts'

const root = resolve(import.meta.dirname, '../../../..')

declare global {
  interface Window {
    hits?: string[]
  }
}

interface Place<T> {
  /** Brings a text onto the page. */
  readonly put: (text: T) => Promise<unknown> | void
  /** How often the page then says it. */
  readonly times: number
}

export interface Stage {
  readonly app: TellingApp
  readonly page: Page
  readonly sink: SinkServer
  /** Goes to a screen as a link would, and waits for its heading. */
  readonly go: (hash: string, heading: RegExp) => Promise<void>
  readonly reload: () => Promise<void>
  /** Shows every text at this place, one after the other, and checks after each that it is text and nothing else. */
  readonly showEach: (injections: readonly Injection[], place: Place<string>) => Promise<void>
  /** Shows them by the handful, where a screen has room for several. */
  readonly showTogether: (
    injections: readonly Injection[],
    place: Place<readonly string[]> & { readonly room: number },
  ) => Promise<void>
  readonly close: () => Promise<void>
}

/** As long as the texts it stands for are alike to the screen: not empty, and found nowhere else. */
const plain = (at: number): string => `plain words ${at} of nobody`

export async function openStage(): Promise<Stage> {
  await buildRenderer({ root })
  const app = createTellingApp()
  const clock = createFakeClock()
  const files = readPageFiles(join(root, 'out/renderer'))
  const server = createWebServer({ app, files, clock, log: { write() {} } })
  const address = await server.listen({ port: 0 })
  const sink = await openSink({ name: 'looked-up.localhost' })
  const browser = await launchChromium()
  const watched = await openPage(browser, server.startLink())
  const { page, context } = watched
  const elsewhere: string[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).origin !== address) elsewhere.push(request.url())
  })
  context.on('page', (opened) => elsewhere.push(`a window at ${opened.url()}`))

  /** Waits until the page says all of these, as often as it should. */
  const shown = async (texts: readonly string[], awaited: string, times: number): Promise<Seen> => {
    const sought = texts.map(seenOf)
    let seen = await look(page, awaited)
    const missing = async () => {
      const absent = sought.filter((text) => seen.words.split(text).length - 1 < times)
      if (absent.length > 0) seen = await look(page, awaited)
      return absent
    }
    await expect.poll(missing, { timeout: 10_000, interval: 10 }).toEqual([])
    return seen
  }
  const check = (seen: Seen, skeleton: readonly string[], texts: readonly string[]): void => {
    const about = texts.join('\n')
    expect(seen.ran, about).toEqual([])
    expect([...sink.take()], about).toEqual([])
    expect(elsewhere, about).toEqual([])
    expect(seen.skeleton, about).toEqual(skeleton)
  }

  const showTogether: Stage['showTogether'] = async (injections, { put, times, room }) => {
    const skeletons = new Map<number, readonly string[]>()
    const skeletonFor = async (size: number) => {
      const known = skeletons.get(size)
      if (known !== undefined) return known
      const texts = Array.from({ length: size }, (_, at) => plain(at))
      await put(texts)
      const { skeleton } = await shown(texts, plain(size - 1), times)
      skeletons.set(size, skeleton)
      return skeleton
    }
    for (let from = 0; from < injections.length; from += room) {
      const some = injections.slice(from, from + room)
      const skeleton = await skeletonFor(some.length)
      const texts = some.map(({ text }) => text)
      await put(texts)
      const mark = some.at(-1)?.mark ?? ''
      // A field that is full may have cut it off.
      const awaited = texts.at(-1)?.includes(mark) === true ? mark : ''
      check(await shown(texts, awaited, times), skeleton, texts)
      // Time stands still otherwise, and with it what a tab may ask for in a while.
      await clock.advance(10_000)
    }
    await watched.expectNoTrouble()
    // Whatever left late.
    expect([...sink.take(), ...elsewhere]).toEqual([])
  }

  return {
    app,
    page,
    sink,
    showTogether,
    async go(hash, heading) {
      await page.evaluate((to) => void (window.location.hash = to), hash)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    },
    async reload() {
      await clock.advance(60_000)
      await page.reload()
    },
    showEach: (injections, { put, times }) =>
      showTogether(injections, { put: ([text = '']) => put(text), times, room: 1 }),
    async close() {
      await browser.close()
      await server.close()
      sink.close()
    },
  }
}
