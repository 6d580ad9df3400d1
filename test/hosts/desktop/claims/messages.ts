// One message of every kind that the two processes say to each other, and the ways in which each can be wrong.

export type Message = Readonly<Record<string, unknown>>

const bytes = Uint8Array.of(1)
const flow: readonly Message[] = [
  { kind: 'more', id: 1 },
  { kind: 'piece', id: 1, bytes },
  { kind: 'end', id: 1, whole: true },
  { kind: 'stop', id: 1 },
]
const config = { host: 'desktop', version: '1', folder: '/vault', stateFolder: '/state' }

export const allToCore: readonly Message[] = [
  { kind: 'start', config },
  { kind: 'call', id: 1, method: 'vault.status', input: {} },
  { kind: 'upload', id: 1, name: 'a', bytes: 1 },
  { kind: 'take', id: 1, ticket: 'a ticket' },
  { kind: 'processStarted', id: 1 },
  { kind: 'processWeighs', id: 1, bytes: 1 },
  { kind: 'processEnded', id: 1, isFull: true },
  { kind: 'suspend' },
  { kind: 'close' },
  { kind: 'answer', id: 1, answer: true },
  { kind: 'refusal', id: 1, code: 'INTERNAL' },
  ...flow,
]

export const allFromCore: readonly Message[] = [
  { kind: 'ready' },
  { kind: 'failed', error: { code: 'INTERNAL', message: 'A sentence.', details: {} } },
  { kind: 'reply', id: 1, reply: { ok: true, value: 1 } },
  { kind: 'event', event: { event: 'backups.changed', payload: {} } },
  { kind: 'ask', id: 1, question: { port: 'secret.usable' } },
  { kind: 'ask', id: 1, question: { port: 'secret.seal', secret: bytes } },
  { kind: 'ask', id: 1, question: { port: 'secret.open', sealed: bytes } },
  { kind: 'ask', id: 1, question: { port: 'saveFile', name: 'a', text: 'b' } },
  { kind: 'ask', id: 1, question: { port: 'pickFiles', what: 'files' } },
  { kind: 'startProcess', id: 1, name: 'reader.process', heapMiB: 1 },
  { kind: 'killProcess', id: 1 },
  { kind: 'closed' },
  ...flow,
]

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)

/** Takes anything at all, so that it cannot be wrong; it can be missing. */
const anything = new Set(['input', 'value', 'payload', 'details'])

/** With one entry more, with each one missing, and with each one of another kind. */
export function spoilt(message: Message): readonly Message[] {
  const each = Object.entries(message).flatMap(([name, value]): readonly Message[] => {
    const { [name]: _, ...without } = message
    if (anything.has(name)) return []
    if (!isMessage(value)) return [without, { ...message, [name]: wrongly(value) }]
    return [
      without,
      ...(name === 'reply' || name === 'event' ? [] : spoilt(value)).map((inner) => ({ ...message, [name]: inner })),
    ]
  })
  return [{ ...message, more: 1 }, ...each]
}

const wrongly = (value: unknown): unknown => (typeof value === 'number' ? -1 : 41)
