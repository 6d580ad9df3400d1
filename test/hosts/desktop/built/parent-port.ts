// Loaded before a built process: gives plain Node the one thing it has only under Electron, a port to its parent, at which
// other ports may arrive. As with Electron's, what comes before anybody listens waits.
interface FromParent {
  readonly data: unknown
  /** The numbers of the ports that come with it. */
  readonly ports?: readonly number[]
  /** At which port it came; at the parent's own where there is none. */
  readonly port?: number
}

interface Message {
  readonly data: unknown
  readonly ports: readonly object[]
}
type Hear = (message: Message) => void

interface Ear {
  readonly waiting: Message[]
  hear?: Hear
}

const say = (message: object): void => void process.send?.(message)
const own = -1
const ears = new Map<number, Ear>()

function earOf(port: number): Ear {
  const known = ears.get(port) ?? { waiting: [] }
  ears.set(port, known)
  return known
}

function listen(port: number, hear: Hear): void {
  const ear = earOf(port)
  ear.hear = hear
  for (const message of ear.waiting.splice(0)) hear(message)
}

const portOf = (number: number) => ({
  postMessage: (data: unknown) => say({ port: number, data }),
  on: (_event: 'message', hear: Hear) => listen(number, hear),
  start() {},
  close: () => void ears.delete(number),
})

process.on('message', ({ port = own, data, ports = [] }: FromParent) => {
  const ear = earOf(port)
  const message = { data, ports: ports.map(portOf) }
  if (ear.hear === undefined) ear.waiting.push(message)
  else ear.hear(message)
})
const parentPort = {
  on: (_event: 'message', hear: Hear) => listen(own, hear),
  once: (_event: 'message', hear: Hear) =>
    listen(own, (message) => {
      delete earOf(own).hear
      hear(message)
    }),
  postMessage: (data: unknown) => say({ data }),
}
Object.assign(process, { parentPort })
// Electron ends its processes with the app; a test that ends early must not leave one behind.
process.once('disconnect', () => process.exit())
