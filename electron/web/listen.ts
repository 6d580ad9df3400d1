// Binds one port on both loopback addresses and nowhere else. Browsers may try ::1 before 127.0.0.1 for a `.localhost`
// name, so leaving ::1 open would let another account on this machine answer in our name and be handed the start token.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../shared/errors.ts'

interface ListenParts {
  readonly newServer: () => Server
  /** 0 for any free port. */
  readonly port: number
}

/** Free on one address and taken on the other happens by chance; more often than this it is not chance. */
const mostTries = 20

export interface Bound {
  readonly servers: readonly Server[]
  readonly port: number
}

export async function listenOnLoopback({ newServer, port }: ListenParts): Promise<Bound> {
  for (let tried = 0; tried < (port === 0 ? mostTries : 1); tried += 1) {
    const first = newServer()
    if ((await bind(first, '127.0.0.1', port)) === 'taken') continue
    const bound = (first.address() as AddressInfo).port
    const second = newServer()
    const outcome = await bind(second, '::1', bound)
    if (outcome === 'bound') return { servers: [first, second], port: bound }
    if (outcome === 'absent') return { servers: [first], port: bound }
    first.close()
  }
  throw new AppError('PORT_TAKEN')
}

function bind(server: Server, host: string, port: number): Promise<'bound' | 'taken' | 'absent'> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve('taken')
      // No IPv6 on this machine: then no browser on it can try it either.
      else if (host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')) resolve('absent')
      else reject(error)
    }
    server.once('error', fail)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', fail)
      resolve('bound')
    })
  })
}
