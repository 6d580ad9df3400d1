// Loaded before a built process: gives plain Node the one thing it has only under Electron, a port to its parent, at which
// other ports may arrive.
interface FromParent {
  readonly data: unknown
  readonly ports?: readonly number[]
  readonly port?: number
}

const say = (message: object): void => void process.send?.(message)
const hearers = new Map<number, (message: { readonly data: unknown }) => void>()

const portOf = (number: number) => ({
  postMessage: (data: unknown) => say({ port: number, data }),
  on: (_event: 'message', hear: (message: { readonly data: unknown }) => void) => void hearers.set(number, hear),
  start() {},
  close: () => void hearers.delete(number),
})

type Hear = (message: { readonly data: unknown; readonly ports: readonly ReturnType<typeof portOf>[] }) => void
const hearing = (hear: Hear) => (message: FromParent) => {
  if (message.port === undefined) hear({ data: message.data, ports: (message.ports ?? []).map(portOf) })
}

process.on('message', ({ port, data }: FromParent) => {
  if (port !== undefined) hearers.get(port)?.({ data })
})
Object.assign(process, {
  parentPort: {
    on: (_event: 'message', hear: Hear) => void process.on('message', hearing(hear)),
    once: (_event: 'message', hear: Hear) => void process.once('message', hearing(hear)),
    postMessage: (data: unknown) => say({ data }),
  },
})
// Electron ends its processes with the app; a test that ends early must not leave one behind.
process.once('disconnect', () => process.exit())
