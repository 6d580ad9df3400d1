// A web server under test with one tab signed in, and the request that this tab may make: every attack is that request
// with one thing changed.
import { createWebServer, type WebServer } from '../../../../electron/web/server.ts'
import type { PageFiles } from '../../../../electron/web/files.ts'
import { type FakeClock, createFakeClock } from '../../../support/fake-clock.ts'
import { smallPage } from './page.ts'
import { type SmallApp, createSmallApp } from './small-app.ts'
import { type Answer, type Bytes, send } from './wire.ts'

export interface Keys {
  /** `mindkeep=…`, as a browser sends it back. */
  readonly cookie: string
  readonly tab: string
}

/** What an attack may know about its target. The keys are real: an attack must fail although they are. */
export interface Target extends Keys {
  readonly host: string
  readonly port: number
  /** A start token nobody has used yet. */
  readonly unused: string
  /** The start token that signed the tab in. */
  readonly spent: string
  /** A second browser's session. */
  readonly other: Keys
}

export interface Served {
  readonly app: SmallApp
  readonly clock: FakeClock
  readonly server: WebServer
  readonly target: Target
  readonly close: () => Promise<void>
}

export async function serve({ files = smallPage }: { readonly files?: PageFiles } = {}): Promise<Served> {
  const app = createSmallApp()
  const clock = createFakeClock()
  const server = createWebServer({ app, files, clock, log: { write() {} } })
  const address = new URL(await server.listen({ port: 0 }))
  const at = { host: address.host, port: Number(address.port) }
  const spent = newToken(server)
  const keys = await signIn(at, spent)
  const other = await signIn(at, newToken(server))
  const target = { ...at, ...keys, other, spent, unused: newToken(server) }
  return { app, clock, server, target, close: server.close }
}

export const newToken = (server: WebServer): string => new URL(server.startLink()).hash.slice('#start='.length)

type Header = readonly [string, string]

export interface RequestParts {
  readonly line: string
  readonly headers: readonly Header[]
  readonly body: string
}

/** What the signed-in page sends to lock the vault: accepted as it stands. */
export const goodCall = ({ host, cookie, tab }: Pick<Target, 'host'> & Keys): RequestParts => ({
  line: 'POST /api/vault.lock HTTP/1.1',
  headers: [
    ['Host', host],
    ['Origin', `http://${host}`],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Mode', 'cors'],
    ['Sec-Fetch-Dest', 'empty'],
    ['Content-Type', 'application/json'],
    ['Content-Length', '2'],
    ['Cookie', cookie],
    ['X-Mindkeep-Tab', tab],
  ],
  body: '{}',
})

/** What the signed-in page sends to hand a file in: accepted as it stands. */
export const goodUpload = (keys: Pick<Target, 'host'> & Keys, name = 'a.txt', body = 'abc'): RequestParts =>
  withBody(
    {
      ...change(goodCall(keys), { 'Content-Type': 'application/octet-stream', 'X-Mindkeep-Name': name }),
      line: 'POST /api/upload HTTP/1.1',
    },
    body,
  )

export const goodDownload = ({ host, cookie }: Pick<Target, 'host' | 'cookie'>, ticket: string): RequestParts => ({
  line: `GET /download/${ticket} HTTP/1.1`,
  headers: [
    ['Host', host],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Cookie', cookie],
  ],
  body: '',
})

export const goodSignIn = (host: string, token: string): RequestParts => {
  const body = JSON.stringify({ token })
  return {
    line: 'POST /api/session HTTP/1.1',
    headers: [
      ['Host', host],
      ['Origin', `http://${host}`],
      ['Sec-Fetch-Site', 'same-origin'],
      ['Content-Type', 'application/json'],
      ['Content-Length', String(Buffer.byteLength(body))],
    ],
    body,
  }
}

export const goodListen = ({ host, cookie, tab }: Pick<Target, 'host'> & Keys): RequestParts => ({
  line: 'GET /api/events HTTP/1.1',
  headers: [
    ['Host', host],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Cookie', cookie],
    ['X-Mindkeep-Tab', tab],
  ],
  body: '',
})

export const write = ({ line, headers, body }: RequestParts): string =>
  `${line}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`

/** The request with headers replaced, added or, with null, left out. */
export function change(request: RequestParts, headers: Readonly<Record<string, string | null>>): RequestParts {
  const changed = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const kept = request.headers.filter(([name]) => !changed.has(name.toLowerCase()))
  const added = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
  return { ...request, headers: [...kept, ...added] }
}

/** The request with another body of the right length. */
export const withBody = (request: RequestParts, body: string): RequestParts => ({
  ...change(request, { 'Content-Length': String(Buffer.byteLength(body, 'latin1')) }),
  body,
})

export async function ask(port: number, request: Bytes | RequestParts): Promise<Answer> {
  const bytes = typeof request === 'string' || Buffer.isBuffer(request) ? request : write(request)
  // Making a vault stretches a passphrase, which takes long where others use the same cores.
  const [answer] = await send({ port, patience: 60_000 }, [bytes])
  if (answer === undefined) throw new Error('The server closed the connection without an answer.')
  return answer
}

export interface ReplyText {
  readonly ok: boolean
  readonly value?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: string; readonly message: string }
}

export const replyIn = (answer: Answer): ReplyText => JSON.parse(answer.body) as ReplyText

export async function signIn({ host, port }: Pick<Target, 'host' | 'port'>, token: string): Promise<Keys> {
  const answer = await ask(port, goodSignIn(host, token))
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  const tab = replyIn(answer).value?.['tab']
  if (cookie === undefined || typeof tab !== 'string') throw new Error(`Signing in was answered with ${answer.status}.`)
  return { cookie, tab }
}
