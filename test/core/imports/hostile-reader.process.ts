// The real reader with importers that do what a hijacked parser could do, besides one that behaves.
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns/promises'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net, { connect } from 'node:net'
import tls from 'node:tls'
import { Worker } from 'node:worker_threads'
import { certainty, type Found, type Importer } from '../../../electron/core/imports/reader/importer.ts'
import { serveReader } from '../../../electron/core/imports/reader/reader.ts'

const word = (line: string): RegExpExecArray | null => /^hostile: (\w+) ?(.*)/.exec(line)

const item = (same: string, title: string): Found => ({
  item: { same: `hostile:${same}`, type: 'note', title, body: '', source: 'hostile' },
})

/** What no reader may say: a number that is none. */
const lie = {
  same: 'hostile:lie',
  type: 'note',
  title: 'a lie',
  body: '',
  source: 'hostile',
  facts: { much: Infinity },
} as const

/** Every way out that Node has, each tried with an address where somebody listens. */
const waysOut: Readonly<Record<string, (port: number) => unknown>> = {
  'net.connect': (port) => net.connect(port, '127.0.0.1'),
  'connect, imported by name': (port) => connect(port, '127.0.0.1'),
  'new net.Socket': (port) => new net.Socket().connect(port, '127.0.0.1'),
  'net.createServer': (port) => net.createServer().listen(port + 1),
  'tls.connect': (port) => tls.connect(port, '127.0.0.1'),
  'http.get': (port) => http.get({ port, host: '127.0.0.1' }),
  'http.Agent': (port) => new http.ClientRequest(`http://127.0.0.1:${port}`),
  'https.get': (port) => https.get({ port, host: '127.0.0.1' }),
  'http2.connect': (port) => http2.connect(`http://127.0.0.1:${port}`),
  fetch: (port) => fetch(`http://127.0.0.1:${port}`),
  WebSocket: (port) => new WebSocket(`ws://127.0.0.1:${port}`),
  'dgram.send': (port) => dgram.createSocket('udp4').send('x', port, '127.0.0.1'),
  'dns.lookup': () => dns.lookup('localhost'),
  'dns.Resolver': (port) => {
    const resolver = new dns.Resolver()
    resolver.setServers([`127.0.0.1:${port}`])
    return resolver.resolve4('secret.example.org')
  },
  'child_process.spawn': (port) => childProcess.spawnSync('curl', [`http://127.0.0.1:${port}`]),
  'child_process.exec': (port) => childProcess.execSync(`curl http://127.0.0.1:${port}`),
  'another thread': (port) => new Worker(`fetch('http://127.0.0.1:${port}')`, { eval: true }),
  'a builtin asked for again': (port) => process.getBuiltinModule('node:net').connect(port, '127.0.0.1'),
  'an import of its own': async (port) => (await import('node:net')).connect(port, '127.0.0.1'),
  'a binding': () => {
    const binding = Reflect.get(process, 'binding') as ((name: string) => unknown) | undefined
    return binding?.('tcp_wrap')
  },
}

async function outcomeOf(way: (port: number) => unknown, port: number): Promise<string> {
  try {
    await way(port)
    return 'let out'
  } catch (error) {
    return error instanceof Error ? error.name : 'refused'
  }
}

const hostile: Importer = {
  format: 'hostile',
  counts: 'records',
  recognises: ({ text }) => (text !== null && word(text) !== null ? certainty.certain : certainty.no),
  async *read(entry) {
    const [, act, detail = ''] = word(new TextDecoder().decode(await entry.whole(10_000))) ?? []
    yield item(`${act} ${detail} before`, `before ${act}`)
    if (act === 'behave') yield item(`${detail} after`, `after ${detail}`)
    if (act === 'lie') yield { item: { ...lie, position: Number(detail) } }
    if (act === 'hang') for (;;) continue
    if (act === 'wait') await new Promise(() => {})
    if (act === 'fill')
      for (const held: string[][] = []; ; ) held.push(Array.from({ length: 10_000 }, (_, at) => `${at}`))
    if (act === 'map') for (const held = new Map<string, string>(); ; ) held.set(`key ${held.size}`, `${held.size}`)
    // At once, and 4 GB of it.
    if (act === 'allocate') yield item(`${Array.from({ length: 2 ** 29 }, () => 1.5).length}`, 'more than there is')
    if (act === 'touch') for (const held: Buffer[] = []; ; ) held.push(Buffer.alloc(64 * 1024 * 1024, 1))
    if (act === 'leave') process.exit(0)
    if (act === 'throw') throw new Error('secret words of the file')
    if (act === 'recurse') {
      const deeper = (): number => deeper() + 1
      deeper()
    }
    if (act === 'count') for (let at = 0; at < Number(detail); at += 1) yield item(`${at}`, `item ${at}`)
    if (act === 'call') {
      for (const [name, way] of Object.entries(waysOut))
        yield item(name, `${name}: ${await outcomeOf(way, Number(detail))}`)
    }
  },
}

serveReader([hostile])
