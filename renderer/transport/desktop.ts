// The transport of the desktop window: the two functions its preload script exposes, and
// files over the window's own scheme.
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import type { Transport } from './transport.ts'
import { createUpload } from './upload.ts'

export interface Bridge {
  readonly call: (method: string, input: unknown) => Promise<Reply>
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
}

interface DesktopParts {
  readonly bridge: Bridge
  /** Of the window's own page. */
  readonly origin: string
}

export function createDesktopTransport({ bridge, origin }: DesktopParts): Transport {
  return {
    call: (method, input) => bridge.call(method, input),
    upload: createUpload({ origin, headers: {} }),
    listen: (onEvent, onLink) => {
      const stop = bridge.onEvent(onEvent)
      onLink('open')
      return stop
    },
  }
}
