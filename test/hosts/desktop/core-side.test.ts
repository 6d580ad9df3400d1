// Claims about the core process's side of the bridge when the core itself fails: the process lives on, the failure is
// noted, and nobody is left waiting. The app is the real one, with one act at a time made to fail.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { type App, createApp } from '../../../electron/core/app.ts'
import { serveCore } from '../../../electron/desktop/core-side.ts'
import type { FromCore } from '../../../electron/desktop/messages.ts'
import { AppError } from '../../../shared/errors.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function createScene(failing: Partial<App>) {
  const home = temporaryFolder()
  const stateFolder = join(home, 'state')
  const posted: FromCore[] = []
  let tell = (_message: unknown): void => undefined
  serveCore({
    createApp: async (ports, config) => ({ ...(await createApp(ports, config)), ...failing }),
    clock: createFakeClock(),
    post(message) {
      // As on a computer without a keychain.
      if (message.kind === 'ask') tell({ kind: 'answer', id: message.id, answer: false })
      else posted.push(message)
    },
    listen: (hear) => (tell = hear),
  })
  tell({ kind: 'start', config: { host: 'desktop', version: '1', folder: join(home, 'vault'), stateFolder } })
  await vi.waitFor(() => expect(posted).toEqual([{ kind: 'ready' }]))
  const logged = (): readonly unknown[] =>
    readFileSync(join(stateFolder, 'mindkeep.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const { event, kind, code, reason } = JSON.parse(line) as Record<string, unknown>
        return { event, kind, code, reason }
      })
  return { tell, posted, logged }
}

const damaged = () => Promise.reject(new AppError('KEYS_DAMAGED'))
const broken = () => Promise.reject(new Error('/home/person/secret'))

describe('the core process', () => {
  it('lives on, and notes why, when the vault cannot be locked for sleep', async () => {
    const { tell, posted, logged } = await createScene({ suspend: damaged })
    tell({ kind: 'suspend' })
    await vi.waitFor(() => expect(logged()).toEqual([{ event: 'core.failed', kind: 'suspend', code: 'KEYS_DAMAGED' }]))
    tell({ kind: 'call', id: 1, method: 'vault.status', input: {} })
    await vi.waitFor(() => expect(posted.at(-1)).toMatchObject({ kind: 'reply', id: 1, reply: { ok: true } }))
  })

  it('says that it closed, so that quitting need not wait, when letting go of the vault fails', async () => {
    const { tell, posted, logged } = await createScene({ close: broken })
    tell({ kind: 'close' })
    await vi.waitFor(() => expect(posted.at(-1)).toEqual({ kind: 'closed' }))
    expect(logged()).toEqual([{ event: 'core.failed', kind: 'close', code: 'INTERNAL' }])
  })

  it('answers a call that failed outside every rule, with nothing of why', async () => {
    const { tell, posted } = await createScene({ dispatch: broken })
    tell({ kind: 'call', id: 7, method: 'vault.status', input: {} })
    await vi.waitFor(() =>
      expect(posted.at(-1)).toEqual({
        kind: 'reply',
        id: 7,
        reply: { ok: false, error: new AppError('INTERNAL').toShape() },
      }),
    )
  })

  it('ignores what is not a message of the main process, and notes that it came', async () => {
    const { tell, posted, logged } = await createScene({})
    for (const message of [undefined, 'close', { kind: 'quit' }, { kind: 'call', id: -1 }]) tell(message)
    await setImmediate()
    expect(posted).toEqual([{ kind: 'ready' }])
    const refusal = { event: 'core.refused', reason: 'unknown-message' }
    expect(logged()).toEqual([refusal, refusal, refusal, refusal])
  })
})
