// A whole session, from start to end, with somebody looking at every socket: the host, its readers and its models open none
// that leads out of this computer. Where strace is there, every system call that could is looked at, too.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Output } from '../../../shared/api/api.ts'
import { signIn } from '../../contract/transports/http-page.ts'
import { straceIsHere } from '../../faults/support/strace.ts'
import { jobEnded } from '../../support/jobs.ts'
import { isLoopback, watchSockets } from '../../support/sockets.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { startWebHost } from '../../support/web-host.ts'

const passphrase = 'orbit lantern gravel whisper tundra'

/** What strace says of a call that names an address of the internet. */
const addresses = (trace: string): string[] =>
  trace.split('\n').filter((line) => /sa_family=AF_(?!UNIX|NETLINK|UNSPEC)/.test(line))
const staysHere = (line: string): boolean =>
  /inet_addr\("127\.0\.0\.1"\)|inet_pton\(AF_INET6, "::1"|inet_pton\(AF_INET6, "::ffff:127\.0\.0\.1"/.test(line)

describe.runIf(process.platform === 'linux')('a session in which nothing is asked for that is elsewhere', () => {
  it('opens no socket but on this computer', async () => {
    const folder = temporaryFolder()
    const log = join(folder, 'calls.strace')
    const traced = straceIsHere()
    const under = traced ? ['strace', '-D', '-f', '-qq', '-e', 'trace=%network', '-o', log] : []
    const host = await startWebHost({ folder, under })
    onTestFinished(host.stop)
    const watch = watchSockets(host.process.pid ?? 0)
    const { call } = await signIn(new URL(host.link))
    const ask = async (method: string, input: unknown = {}): Promise<unknown> => {
      const reply = await call(method, input)
      if (!reply.ok) throw new Error(`${method} answered ${reply.error.code}`)
      return reply.value
    }

    const kit = (await ask('vault.draftKit')) as Output<'vault.draftKit'>
    const retyped = kit.ask.map((at) => ({ at, word: kit.words[at - 1] ?? '' }))
    await ask('vault.create', { name: 'Mine', passphrase, draft: kit.draft, retyped })
    const { job } = (await ask('imports.addSample')) as { job: string }
    await jobEnded(async () => (await ask('jobs.list')) as Output<'jobs.list'>, job)
    expect(((await ask('search.find', { query: 'harbour' })) as Output<'search.find'>).total).toBeGreaterThan(0)
    await ask('settings.set', { autoLockMinutes: 30 })
    expect(await ask('network.list')).toEqual({ departures: [], total: 0, left: 0 })
    await ask('backups.create')
    await ask('vault.lock')
    await ask('vault.unlock', { passphrase })
    expect(await ask('network.list')).toEqual({ departures: [], total: 0, left: 0 })

    const seen = await watch.stop()
    await host.stop()
    // The server itself, and the connections of the page: whoever looks sees something.
    expect(seen.size).toBeGreaterThan(1)
    expect([...seen].filter((socket) => !isLoopback(socket))).toEqual([])
    if (!traced) return
    const named = addresses(readFileSync(log, 'utf8'))
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((line) => !staysHere(line))).toEqual([])
  })

  it('is looked at by somebody who would see a socket that leads out', async () => {
    const log = join(temporaryFolder(), 'calls.strace')
    const traced = straceIsHere()
    // One that listens to everybody, and one that calls an address that is kept for examples.
    const leaks = `
      require('node:net').createServer().listen(0, '0.0.0.0', () => {
        require('node:net').connect(9, '192.0.2.1').on('error', () => {})
        console.log('open')
      })
      setInterval(() => {}, 1000)`
    const node = [process.execPath, '-e', leaks]
    const [program = '', ...args] = traced
      ? ['strace', '-D', '-f', '-qq', '-e', 'trace=%network', '-o', log, ...node]
      : node
    const leaking = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(leaking.stdout, 'data')
    const watch = watchSockets(leaking.pid ?? 0)
    await expect
      .poll(async () => [...(await watchSockets(leaking.pid ?? 0).stop())].some((one) => !isLoopback(one)))
      .toBe(true)
    const ended = once(leaking, 'exit')
    leaking.kill()
    await ended
    expect([...(await watch.stop())].some((socket) => !isLoopback(socket))).toBe(true)
    if (traced) {
      await expect
        .poll(() => addresses(readFileSync(log, 'utf8')).filter((line) => !staysHere(line)).length)
        .toBeGreaterThan(1)
    }
  })
})
