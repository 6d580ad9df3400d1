// The double of Electron's MessageChannelMain: two ends, and what is posted at one is heard at the other once that has been
// started, as with the real ones.
import type { MessagePortMain } from 'electron'

interface End {
  readonly port: MessagePortMain
  readonly deliver: (data: unknown) => void
}

function createEnd(peer: () => End): End {
  const hearers: ((message: { readonly data: unknown }) => void)[] = []
  const waiting: unknown[] = []
  let state: 'waiting' | 'started' | 'closed' = 'waiting'
  const deliver = (data: unknown) => {
    if (state === 'waiting') waiting.push(data)
    if (state === 'started') for (const hear of hearers) hear({ data })
  }
  const double = {
    postMessage: (data: unknown) => {
      const copy: unknown = structuredClone(data)
      queueMicrotask(() => peer().deliver(copy))
    },
    on: ((_event: 'message', hear: (message: { readonly data: unknown }) => void) =>
      hearers.push(hear)) as unknown as MessagePortMain['on'],
    start: () => {
      state = 'started'
      for (const data of waiting.splice(0)) deliver(data)
    },
    close: () => void (state = 'closed'),
  } satisfies Partial<MessagePortMain>
  return { port: double as unknown as MessagePortMain, deliver }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const one: End = createEnd(() => two)
    const two: End = createEnd(() => one)
    this.port1 = one.port
    this.port2 = two.port
  }
}
