// Where a host of the outside lies, by the names the system knows. A name of the outside that leads back to this computer is
// no host of the outside: it would reach programs here that take whoever reaches them for the person.
import { lookup } from 'node:dns/promises'
import { BlockList } from 'node:net'
import { AppError } from '../../../shared/errors.ts'

export interface Place {
  readonly address: string
  readonly port: number
}

export interface Outside {
  readonly find: (name: string, port: number) => Promise<readonly Place[]>
  /** A certificate to trust besides those that everybody trusts. */
  readonly trusted?: string
}

/** So many are tried, and no more. */
const mostPlaces = 4

const back = new BlockList()
back.addSubnet('127.0.0.0', 8)
back.addSubnet('0.0.0.0', 8)
back.addAddress('::1', 'ipv6')
back.addAddress('::', 'ipv6')

/** An address of the old kind inside one of the new is taken for what it is. */
export const leadsBack = (address: string): boolean => back.check(address, address.includes(':') ? 'ipv6' : 'ipv4')

export const systemOutside: Outside = {
  async find(name, port) {
    const found = await lookup(name, { all: true, order: 'ipv4first' }).catch((error: unknown) => {
      throw new AppError('HOST_UNREACHABLE', { host: name }, { cause: error })
    })
    const places = found.filter(({ address }) => !leadsBack(address))
    if (places.length === 0) throw new AppError('HOST_NOT_ALLOWED', { host: name })
    return places.slice(0, mostPlaces).map(({ address }) => ({ address, port }))
  },
}
