// Attacks by key: one of the two missing, keys of somebody else, keys bent out of shape, tokens used again.
import { adding, attack, type Attack, getting, withHeaders } from './attack.ts'
import { change, goodCall, goodSignIn, withBody } from '../support/served.ts'

const valueOf = (cookie: string): string => cookie.slice('mindkeep='.length)
const wrong = 'A'.repeat(43)

export const keyAttacks: readonly Attack[] = [
  withHeaders('no keys', 401, () => ({ Cookie: null, 'X-Mindkeep-Tab': null })),
  withHeaders('the cookie alone', 401, () => ({ 'X-Mindkeep-Tab': null })),
  withHeaders('the tab token alone', 401, () => ({ Cookie: null })),
  withHeaders('a wrong cookie', 401, () => ({ Cookie: `mindkeep=${wrong}` })),
  withHeaders('a wrong tab token', 401, () => ({ 'X-Mindkeep-Tab': wrong })),
  withHeaders('the cookie of another browser', 401, ({ other }) => ({ Cookie: other.cookie })),
  withHeaders('the tab token of another browser', 401, ({ other }) => ({ 'X-Mindkeep-Tab': other.tab })),
  withHeaders('the keys the wrong way round', 401, ({ cookie, tab }) => ({
    Cookie: `mindkeep=${tab}`,
    'X-Mindkeep-Tab': valueOf(cookie),
  })),
  withHeaders('the cookie in both places', 401, ({ cookie }) => ({ 'X-Mindkeep-Tab': valueOf(cookie) })),
  withHeaders('an unused start token as tab token', 401, ({ unused }) => ({ 'X-Mindkeep-Tab': unused })),
  withHeaders('the spent start token as both', 401, ({ spent }) => ({
    Cookie: `mindkeep=${spent}`,
    'X-Mindkeep-Tab': spent,
  })),
  withHeaders('an empty tab token', 401, () => ({ 'X-Mindkeep-Tab': '' })),
  withHeaders('a tab token one short', 401, ({ tab }) => ({ 'X-Mindkeep-Tab': tab.slice(0, -1) })),
  withHeaders('a tab token one too long', 401, ({ tab }) => ({ 'X-Mindkeep-Tab': `${tab}A` })),
  withHeaders('a tab token of one letter', 401, ({ tab }) => ({ 'X-Mindkeep-Tab': tab.slice(0, 1) })),
  withHeaders('a tab token of 4,000 letters', 401, () => ({ 'X-Mindkeep-Tab': 'A'.repeat(4000) })),
  withHeaders('a padded tab token', 401, ({ tab }) => ({ 'X-Mindkeep-Tab': `${tab}=` })),
  withHeaders('a quoted tab token', 401, ({ tab }) => ({ 'X-Mindkeep-Tab': `"${tab}"` })),
  withHeaders('two tab tokens in one', 401, ({ tab }) => ({ 'X-Mindkeep-Tab': `${tab}, ${tab}` })),
  withHeaders('a tab token in hexadecimal', 401, ({ tab }) => ({
    'X-Mindkeep-Tab': Buffer.from(tab, 'base64url').toString('hex'),
  })),
  adding('the tab token twice', 400, ({ tab }) => ['X-Mindkeep-Tab', tab]),
  adding('the cookie header twice', 400, ({ cookie }) => ['Cookie', cookie]),
  withHeaders('the cookie beside a planted one', 401, ({ cookie }) => ({ Cookie: `mindkeep=${wrong}; ${cookie}` })),
  withHeaders('a planted cookie beside the cookie', 401, ({ cookie }) => ({ Cookie: `${cookie}; mindkeep=${wrong}` })),
  withHeaders('the cookie beside an empty one', 401, ({ cookie }) => ({ Cookie: `mindkeep; ${cookie}` })),
  withHeaders('the cookie under a prefixed name', 401, ({ cookie }) => ({ Cookie: `__Host-${cookie}` })),
  withHeaders('the cookie under a name in capitals', 401, ({ cookie }) => ({
    Cookie: cookie.replace('mindkeep', 'Mindkeep'),
  })),
  withHeaders('a quoted cookie', 401, ({ cookie }) => ({ Cookie: `mindkeep="${valueOf(cookie)}"` })),
  withHeaders('a cookie one short', 401, ({ cookie }) => ({ Cookie: cookie.slice(0, -1) })),
  withHeaders('the keys as a bearer token', 401, ({ tab }) => ({
    'X-Mindkeep-Tab': null,
    Authorization: `Bearer ${tab}`,
  })),
  attack('the tab token in the address', 404, (target) => ({
    ...change(goodCall(target), { 'X-Mindkeep-Tab': null }),
    line: `POST /api/vault.lock?tab=${target.tab} HTTP/1.1`,
  })),
  attack('the tab token in the body', 401, (target) =>
    withBody(change(goodCall(target), { 'X-Mindkeep-Tab': null }), JSON.stringify({ tab: target.tab })),
  ),
  getting('events without keys', 401, 'GET /api/events HTTP/1.1', () => ({ Cookie: null, 'X-Mindkeep-Tab': null })),
  getting('events by the cookie alone', 401, 'GET /api/events HTTP/1.1', () => ({ 'X-Mindkeep-Tab': null })),
  getting('events by the tab token alone', 401, 'GET /api/events HTTP/1.1', () => ({ Cookie: null })),
  getting('events of another browser', 401, 'GET /api/events HTTP/1.1', ({ other }) => ({
    'X-Mindkeep-Tab': other.tab,
  })),
  getting('events with the tab token in the address', 404, `GET /api/events?tab=${wrong} HTTP/1.1`),
]

const startingWith = (name: string, status: number, token: (unused: string) => unknown): Attack =>
  attack(name, status, ({ host, unused }) => withBody(goodSignIn(host, ''), JSON.stringify({ token: token(unused) })))

export const startTokenAttacks: readonly Attack[] = [
  attack('the start token a second time', 401, ({ host, spent }) => goodSignIn(host, spent)),
  attack('a guessed start token', 401, ({ host }) => goodSignIn(host, wrong)),
  startingWith('an empty start token', 401, () => ''),
  startingWith('a start token one short', 401, (unused) => unused.slice(0, -1)),
  startingWith('a start token one too long', 401, (unused) => `${unused}A`),
  startingWith('a start token in a list', 401, (unused) => [unused]),
  startingWith('a start token in an object', 401, (unused) => ({ token: unused })),
  startingWith('a start token that is a number', 401, () => 0),
  startingWith('a start token that is nothing', 401, () => null),
  startingWith('a start token with a space', 401, (unused) => ` ${unused}`),
  attack('no start token', 401, ({ host }) => withBody(goodSignIn(host, ''), '{}')),
  attack('a start token in place of the body', 401, ({ host, unused }) =>
    withBody(goodSignIn(host, ''), JSON.stringify(unused)),
  ),
  attack('a rightful start token from another origin', 403, ({ host, unused }) =>
    change(goodSignIn(host, unused), { Origin: 'http://evil.example' }),
  ),
  attack('a rightful start token without an Origin', 403, ({ host, unused }) =>
    change(goodSignIn(host, unused), { Origin: null }),
  ),
  attack('a rightful start token from another site', 403, ({ host, unused }) =>
    change(goodSignIn(host, unused), { 'Sec-Fetch-Site': 'cross-site' }),
  ),
  attack('a rightful start token on 127.0.0.1', 421, ({ port, unused }) => goodSignIn(`127.0.0.1:${port}`, unused)),
  attack('a rightful start token in a form', 415, ({ host, unused }) =>
    change(goodSignIn(host, unused), { 'Content-Type': 'application/x-www-form-urlencoded' }),
  ),
]
