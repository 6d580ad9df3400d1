// The transport of the desktop window: the two functions its preload script exposes, and nothing else.
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import type { Transport } from './transport.ts'

export interface Bridge {
  readonly call: (method: string, input: unknown) => Promise<Reply>
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
}

export function createDesktopTransport({ bridge }: { readonly bridge: Bridge }): Transport {
  return {
    call: (method, input) => bridge.call(method, input),
    listen: (onEvent, onLink) => {
      const stop = bridge.onEvent(onEvent)
      onLink('open')
      return stop
    },
  }
}
