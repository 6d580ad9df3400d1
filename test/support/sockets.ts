// Which internet sockets a process and all that it started have open, as `lsof` would tell: from /proc, looked at again and
// again. What lives for less than a look is seen by strace alone.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const lookEveryMs = 10
const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6', 'icmp', 'icmp6', 'udplite', 'udplite6']

export interface SocketWatch {
  /** Every one that was seen, as `tcp 0100007F:1F90`: its table and where it is on this computer. */
  readonly stop: () => Promise<ReadonlySet<string>>
}

export function watchSockets(pid: number): SocketWatch {
  const seen = new Set<string>()
  const over = new AbortController()
  const watching = (async () => {
    while (!over.signal.aborted) {
      for (const socket of socketsOf(pid)) seen.add(socket)
      await sleep(lookEveryMs)
    }
  })()
  return {
    async stop() {
      over.abort()
      await watching
      return seen
    },
  }
}

/** In the kernel's notation: an address of this computer alone, old or new, and the old inside the new. */
export const isLoopback = (socket: string): boolean =>
  / (?:0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):/.test(socket)

function socketsOf(pid: number): string[] {
  return [pid, ...childrenOf(pid)].flatMap((process) => {
    const inodes = new Set(
      listed(`/proc/${process}/fd`).flatMap(
        (fd) => /^socket:\[(\d+)\]$/.exec(link(`/proc/${process}/fd/${fd}`))?.[1] ?? [],
      ),
    )
    return tables.flatMap((table) =>
      text(`/proc/${process}/net/${table}`)
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((columns) => inodes.has(columns[9] ?? ''))
        .map(([, local = '']) => `${table} ${local}`),
    )
  })
}

function childrenOf(pid: number): number[] {
  const own = listed(`/proc/${pid}/task`).flatMap((task) =>
    text(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
  )
  return own.flatMap((child) => [child, ...childrenOf(child)])
}

/** A process may end while it is looked at: then it has nothing. */
const orNothing =
  <T>(read: (path: string) => T, nothing: T) =>
  (path: string): T => {
    try {
      return read(path)
    } catch {
      return nothing
    }
  }
const listed = orNothing((path) => readdirSync(path), [])
const link = orNothing((path) => readlinkSync(path), '')
const text = orNothing((path) => readFileSync(path, 'utf8'), '')
