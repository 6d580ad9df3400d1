// `serve`: the web host as a process of its own, its output and its end passed through.
import { request } from 'node:http'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildRenderer } from '../../../tools/renderer-build.ts'
import { cliOptions, createPlace, ended, runCli, startCli } from './spawn-cli.ts'

const place = createPlace()
beforeAll(() => buildRenderer({ root: resolve(import.meta.dirname, '../../..') }))
afterAll(place.remove)

const launcher = resolve(import.meta.dirname, '../../../launch.mjs')

/** As a person starts it, in a group of its own: the launcher, the terminal host, the browser host. */
const startGroup = (args: readonly string[]) =>
  spawn(process.execPath, [launcher, 'mindkeep', ...cliOptions(place), 'serve', ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })

async function serve(
  args: readonly string[],
  start = (all: readonly string[]) => startCli({ place, args: ['serve', ...all] }),
) {
  const child = start(args)
  const end = ended(child)
  if (child.stdout === null) throw new Error('no output to read')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, end, line }
}

/** The name under *.localhost is for the Host header; not every resolver knows it. */
function statusOf(address: URL): Promise<number | undefined> {
  return new Promise((done, reject) => {
    const sent = request({ host: '127.0.0.1', port: address.port, headers: { host: address.host } }, (answer) => {
      answer.resume()
      done(answer.statusCode)
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('serving the page', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'prints where it is, answers there, and ends with %s',
    async (signal) => {
      const { child, end, line } = await serve(['--json'])
      const { address, link } = JSON.parse(line) as { address: string; link: string }
      expect(new URL(link).host).toBe(new URL(address).host)
      expect(await statusOf(new URL(address))).toBe(200)
      child.kill(signal)
      const { status, stderr } = await end
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      await expect(statusOf(new URL(address))).rejects.toThrow('ECONNREFUSED')
    },
  )

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends in order with a %s that reaches the whole group: none of the three dies of it',
    async (signal) => {
      const { child, end, line } = await serve(['--json'], startGroup)
      const { address } = JSON.parse(line) as { address: string }
      process.kill(-Number(child.pid), signal)
      const { status, stderr } = await end
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      await expect(statusOf(new URL(address))).rejects.toThrow('ECONNREFUSED')
    },
  )

  it('listens on the port asked for, and says so when it is taken', async () => {
    const first = await serve(['--json'])
    const { address } = JSON.parse(first.line) as { address: string }
    const { port } = new URL(address)
    const refused = await runCli({ place, args: ['serve', '--port', port] })
    first.child.kill('SIGTERM')
    await first.end
    expect(refused.status).toBe(1)
    expect(refused.stderr.trim().split('\n')).toHaveLength(1)
    const second = await serve(['--json', '--port', port])
    second.child.kill('SIGTERM')
    await second.end
    expect(new URL((JSON.parse(second.line) as { address: string }).address).port).toBe(port)
  })

  it.each(['x', '65536', '-1'])('refuses the port %s as wrong usage', async (port) => {
    const { status } = await runCli({ place, args: ['serve', `--port=${port}`] })
    expect(status).toBe(2)
  })
})
