// No transport at all: the core's own dispatch, in the test's process.
import { type App, createApp } from '../../../electron/core/app.ts'
import type { Folders } from '../../../electron/core/folders.ts'
import { systemClock } from '../../../electron/core/ports.ts'
import { lightStretching } from '../../support/light-stretching.ts'
import type { HostName } from '../../../shared/api/about.ts'
import { type Transport, unlocked } from '../transport.ts'

/** A core as a host opens it, with nowhere to log to and with the quickest passphrase check there is. */
export const openCore = (folders: Folders, host: HostName): Promise<App> =>
  createApp(
    { clock: systemClock, log: { write() {} } },
    { host, version: '0.0.0-test', ...folders, stretching: lightStretching },
  )

export const direct: Transport = {
  name: 'direct',
  host: 'desktop',
  oneProcess: true,
  async connect(folders, passphrase) {
    const app = await openCore(folders, 'desktop')
    return unlocked({ call: app.dispatch, close: app.close }, passphrase)
  },
}
