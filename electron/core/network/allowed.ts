// Where a connection may lead, for each reason to make one. A list in code and not in a file: nobody can lengthen it by
// editing data. What is not on it is refused before a name is looked up.
import type { DepartureReason } from '../../../shared/api/network.ts'
import { AppError } from '../../../shared/errors.ts'

export interface Destination {
  readonly url: URL
  /** As it is written down: with the port where that is not the usual one. */
  readonly host: string
  /** The name alone; of an address in brackets, the address. */
  readonly name: string
  readonly port: number
  /** Another program on this computer. */
  readonly here: boolean
}

/** What this computer is called, and where that is. Nobody is asked where `localhost` lies: an answer could lead elsewhere. */
const thisComputer: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  '127.0.0.1': ['127.0.0.1'],
  '::1': ['::1'],
}

export const addressesHere = (name: string): readonly string[] => thisComputer[name] ?? []
export const isHere = (address: string | undefined): boolean => address === '127.0.0.1' || address === '::1'

/** The hub answers under its own name, and sends on to whichever of its stores has the file. */
const isHub = (name: string): boolean =>
  name === 'huggingface.co' || /^[a-z0-9.-]+\.(?:huggingface\.co|hf\.co)$/.test(name)

type Allows = (destination: Destination, remoteHosts: readonly string[]) => boolean

const isAllowed: Readonly<Record<DepartureReason, Allows>> = {
  'model-download': ({ name, port, here }) => !here && port === 443 && isHub(name),
  'local-server': ({ here }) => here,
  'remote-model': ({ host, here }, remoteHosts) => !here && remoteHosts.includes(host),
}

/** Without encryption only where nothing leaves this computer. */
export function destinationOf(address: string, reason: DepartureReason, remoteHosts: readonly string[]): Destination {
  const url = URL.parse(address)
  if (url === null) throw new AppError('HOST_NOT_ALLOWED', { host: '' })
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const here = Object.hasOwn(thisComputer, name)
  const isPlain = url.protocol === 'http:'
  const port = url.port === '' ? (isPlain ? 80 : 443) : Number(url.port)
  const destination = { url, host: url.host, name, port, here }
  const isKnownWay = here ? isPlain : url.protocol === 'https:'
  if (!isKnownWay || url.username !== '' || url.password !== '' || !isAllowed[reason](destination, remoteHosts)) {
    throw new AppError('HOST_NOT_ALLOWED', { host: url.host })
  }
  return destination
}
