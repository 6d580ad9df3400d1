// Claims about app://vault/: what it serves, with which headers, and what it will not find.
import assert from 'node:assert/strict'
import { pageFiles } from '../double/target.ts'
import type { World } from '../double/world.ts'
import { hostile } from './addresses.ts'
import type { Claim } from './claim.ts'

export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

export const everyAnswer = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const findable: readonly (readonly [url: string, name: keyof typeof pageFiles, type: string])[] = [
  ['', 'index.html', 'text/html; charset=utf-8'],
  ['?fresh=1', 'index.html', 'text/html; charset=utf-8'],
  ['#/settings', 'index.html', 'text/html; charset=utf-8'],
  ['index.html', 'index.html', 'text/html; charset=utf-8'],
  ['assets/main.js', 'assets/main.js', 'text/javascript; charset=utf-8'],
  ['assets/main.js?v=2', 'assets/main.js', 'text/javascript; charset=utf-8'],
  ['assets/main.css', 'assets/main.css', 'text/css; charset=utf-8'],
  ['assets/deep/words.json', 'assets/deep/words.json', 'application/json; charset=utf-8'],
  ['icon.svg', 'icon.svg', 'image/svg+xml'],
  ['logo.png', 'logo.png', 'image/png'],
  ['favicon.ico', 'favicon.ico', 'image/x-icon'],
  ['photo.webp', 'photo.webp', 'image/webp'],
  ['robots.txt', 'robots.txt', 'text/plain; charset=utf-8'],
]

/** Ways out of the folder, things beside it, and a file of no known type. */
const unfound: readonly string[] = [
  '../secret.json',
  '..%2fsecret.json',
  '%2e%2e/secret.json',
  '/index.html',
  './index.html',
  'assets/../index.html',
  'assets//main.js',
  'assets\\main.js',
  'assets',
  'assets/',
  'index.html/',
  'index.html%00.js',
  'INDEX.HTML',
  'index',
  'notes.exe',
  'font.woff2',
  'package.json',
  'constructor',
  '__proto__',
  'etc/passwd',
]

export async function ask(world: World, url: string, method = 'GET'): Promise<Response> {
  const session = world.record.sessions.find(({ partition }) => partition === 'vault')
  const handler = session?.served.get('app')
  assert.ok(handler)
  // Not a Request: its parser would tidy the very addresses that are to be tried.
  return await handler({ url, method } as Request)
}

const isRefused = async (answer: Response, status: number, why: string): Promise<void> => {
  assert.equal(answer.status, status, why)
  assert.equal(await answer.text(), '', why)
  assert.deepEqual(Object.fromEntries(answer.headers), everyAnswer, why)
}

export const protocolClaims: readonly Claim[] = [
  {
    says: 'registers one scheme, with an origin of its own and no way round the policy',
    async holds({ load }) {
      const privileges = { standard: true, secure: true, supportFetchAPI: true }
      assert.deepEqual((await load()).record.schemes, [{ scheme: 'app', privileges }])
    },
  },
  {
    says: 'serves app:// to the page’s session alone, and no other scheme',
    async holds({ start }) {
      const { record } = await start()
      assert.deepEqual(
        record.sessions
          .filter(({ served }) => served.size > 0)
          .map(({ partition, served }) => [partition, ...served.keys()]),
        [['vault', 'app']],
      )
    },
  },
  {
    says: 'serves every file of the page, with its type and every security header',
    async holds({ start }) {
      const world = await start()
      for (const [path, name, type] of findable) {
        const answer = await ask(world, `app://vault/${path}`)
        assert.equal(answer.status, 200, path)
        assert.equal(await answer.text(), pageFiles[name], path)
        assert.deepEqual(Object.fromEntries(answer.headers), { ...everyAnswer, 'content-type': type }, path)
      }
    },
  },
  {
    says: 'answers HEAD without a body',
    async holds({ start }) {
      const answer = await ask(await start(), 'app://vault/index.html', 'HEAD')
      assert.equal(answer.status, 200)
      assert.equal(await answer.text(), '')
    },
  },
  {
    says: 'finds nothing that is not a file of the page',
    async holds({ start }) {
      const world = await start()
      for (const path of unfound) await isRefused(await ask(world, `app://vault/${path}`), 404, path)
    },
  },
  {
    says: 'answers no other address, however alike',
    async holds({ start }) {
      const world = await start()
      for (const url of hostile) await isRefused(await ask(world, url), 403, url)
    },
  },
  {
    says: 'answers no method that could change something',
    async holds({ start }) {
      const world = await start()
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT', 'TRACE', 'get', '']) {
        await isRefused(await ask(world, 'app://vault/index.html', method), 405, method)
      }
    },
  },
]
