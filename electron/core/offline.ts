// Cuts a process off from the network and from other programs, before it reads what others have written. Readers and models
// need neither; this is what is left to stop them if a hostile file ever gets a parser or a model to run something.
import childProcess from 'node:child_process'
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import inspector from 'node:inspector'
import module from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import workerThreads from 'node:worker_threads'

class Offline extends Error {
  override readonly name = 'Offline'
}

/** No arrow: some of these are called with `new`. */
function refuse(): never {
  throw new Offline('this process has no network and starts nothing')
}

/** What opens a connection, listens, asks for a name, or starts something that could. */
const ways: readonly (readonly [object, readonly string[]])[] = [
  [net, ['connect', 'createConnection', 'createServer']],
  [net.Socket.prototype, ['connect']],
  [net.Server.prototype, ['listen']],
  [tls, ['connect', 'createServer']],
  [http, ['request', 'get', 'createServer']],
  [https, ['request', 'get', 'createServer']],
  [http2, ['connect', 'createServer', 'createSecureServer']],
  [dgram, ['createSocket']],
  [dgram.Socket.prototype, ['bind', 'connect', 'send']],
  [dns, ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']],
  [dns.promises, ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']],
  [dns.Resolver.prototype, ['resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']],
  [dns.promises.Resolver.prototype, ['resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']],
  [childProcess, ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']],
  [childProcess.ChildProcess.prototype, ['spawn']],
  [cluster, ['fork']],
  [inspector, ['open']],
  [workerThreads, ['Worker']],
  [globalThis, ['fetch', 'WebSocket', 'EventSource']],
  // The bindings beneath all of these.
  [process, ['binding', '_linkedBinding']],
]

/** Under Node's permission model a program may also give up what it was allowed. */
interface Permission {
  readonly drop: (scope: string) => void
}

/** Node's types do not know that yet, and Electron may have none. */
const { permission }: { readonly permission?: Permission } = process as object

/** For good: nothing in this process can take it back. Whatever of ours is native has to be loaded by then. */
export function cutOff(): void {
  for (const [owner, names] of ways) {
    for (const name of names) {
      if (name in owner) Object.defineProperty(owner, name, { value: refuse, writable: false, configurable: false })
    }
  }
  // What was imported by name sees the same.
  module.syncBuiltinESMExports()
  permission?.drop('addon')
  // Until here it could keep what Node made of our sources.
  module.flushCompileCache()
  permission?.drop('fs.write')
}
