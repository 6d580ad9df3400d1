// A real core with the hub played for it, and a clock that goes on while somebody waits.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Job } from '../../../../shared/api/jobs.ts'
import type { Model } from '../../../../shared/api/models.ts'
import { type PlayedHub, playHub, putModel } from '../../../support/hub.ts'
import type { TestApp, vaultTemplate } from '../../support.ts'

export const fixture = (name: 'tiny-writer' | 'tiny-understanding') =>
  resolve(import.meta.dirname, '../../../fixtures/models', name)

/** Of the catalogue: one of which nothing is on record but its revision, and what it is called on the hub. */
export const unrecorded = { id: 'smollm2-360m-instruct', repository: 'HuggingFaceTB/SmolLM2-360M-Instruct' }
export const weights = 'onnx/model_quantized.onnx'

export interface Shop extends TestApp {
  readonly hub: PlayedHub
  readonly model: (id: string) => Promise<Model>
  /** Starts it, and waits for its end while time goes on. */
  readonly get: (id: string) => Promise<Job>
  readonly ended: (started: { readonly job: string }) => Promise<Job>
  /** Where a file of it lies, or would. */
  readonly at: (id: string, path: string) => string
  /** Everything below its folder. */
  readonly lying: (id: string) => string[]
}

export async function openShop(template: ReturnType<typeof vaultTemplate>): Promise<Shop> {
  const hub = await playHub()
  onTestFinished(hub.stop)
  putModel(hub, unrecorded.repository, fixture('tiny-writer'))
  const app = await template.open({ ports: { outside: hub.outside } })
  await app.call('settings.set', { autoLockMinutes: 240, backupEveryDay: false })
  const at = (id: string, path: string) => join(app.folder, 'models', id, path)
  const ended: Shop['ended'] = async ({ job }) => {
    for (;;) {
      const found = (await app.call('jobs.list')).find(({ id }) => id === job)
      if (found === undefined) throw new Error('the job is not listed')
      if (found.endedAt !== null) return found
      // What waits for a while to pass gets it; what is under way is given far more than it needs.
      await new Promise((next) => setTimeout(next, 25))
      await app.clock.advance(500)
    }
  }
  return {
    ...app,
    hub,
    at,
    ended,
    async model(id) {
      const found = (await app.call('models.list')).models.find((one) => one.id === id)
      if (found === undefined) throw new Error('it is not listed')
      return found
    },
    get: async (id) => ended(await app.call('models.get', { id })),
    lying(id) {
      const folder = at(id, '')
      if (!existsSync(folder)) return []
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(folder, name)).isFile())
        .toSorted()
    },
  }
}

export const contentOf = (folder: string, path: string): Buffer => readFileSync(join(folder, path))
