// Attacks by who asks: foreign origins, Fetch Metadata of other sites, methods and content types a form can send.
import { adding, asking, attack, type Attack, getting, withHeaders } from './attack.ts'
import { change, goodCall } from '../support/served.ts'

const nameOf = (host: string): string => host.split(':')[0] ?? ''
const portOf = (host: string): string => host.split(':')[1] ?? ''

export const originAttacks: readonly Attack[] = [
  withHeaders('no Origin', 403, () => ({ Origin: null })),
  withHeaders('an empty Origin', 403, () => ({ Origin: '' })),
  withHeaders('a foreign Origin', 403, () => ({ Origin: 'http://evil.example' })),
  withHeaders('the Origin of a sandbox', 403, () => ({ Origin: 'null' })),
  withHeaders('the Origin of a file', 403, () => ({ Origin: 'file://' })),
  withHeaders('the Origin of an extension', 403, () => ({
    Origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  })),
  withHeaders('our Origin over https', 403, ({ host }) => ({ Origin: `https://${host}` })),
  withHeaders('our Origin without the port', 403, ({ host }) => ({ Origin: `http://${nameOf(host)}` })),
  withHeaders('our Origin on another port', 403, ({ host }) => ({ Origin: `http://${nameOf(host)}:1` })),
  withHeaders('our Origin as 127.0.0.1', 403, ({ host }) => ({ Origin: `http://127.0.0.1:${portOf(host)}` })),
  withHeaders('our Origin as localhost', 403, ({ host }) => ({ Origin: `http://localhost:${portOf(host)}` })),
  withHeaders('our Origin with a slash', 403, ({ host }) => ({ Origin: `http://${host}/` })),
  withHeaders('our Origin in capitals', 403, ({ host }) => ({ Origin: `HTTP://${host.toUpperCase()}` })),
  withHeaders('an Origin that begins with ours', 403, ({ host }) => ({ Origin: `http://${host}.evil.example` })),
  withHeaders('two Origins in one', 403, ({ host }) => ({ Origin: `http://${host} http://evil.example` })),
  withHeaders('a Referer of ours instead of an Origin', 403, ({ host }) => ({
    Origin: null,
    Referer: `http://${host}/`,
  })),
  adding('a second Origin', 400, () => ['Origin', 'http://evil.example']),
  getting('a foreign Origin on the start page', 403, 'GET / HTTP/1.1', () => ({ Origin: 'http://evil.example' })),
  getting('a foreign Origin on a file', 403, 'GET /assets/main.js HTTP/1.1', () => ({ Origin: 'null' })),
  getting('a foreign Origin on events', 403, 'GET /api/events HTTP/1.1', () => ({ Origin: 'http://evil.example' })),
]

const from = (site: string, mode: string, dest: string) => () => ({
  'Sec-Fetch-Site': site,
  'Sec-Fetch-Mode': mode,
  'Sec-Fetch-Dest': dest,
})

export const fetchMetadataAttacks: readonly Attack[] = [
  withHeaders('a call from another site', 403, from('cross-site', 'cors', 'empty')),
  withHeaders('a call from another port of the same site', 403, from('same-site', 'cors', 'empty')),
  withHeaders('a call from no site', 403, from('none', 'cors', 'empty')),
  withHeaders('a site that does not exist', 403, from('same-origins', 'cors', 'empty')),
  withHeaders('a site in capitals', 403, from('Same-Origin', 'cors', 'empty')),
  withHeaders('an empty site', 403, from('', 'cors', 'empty')),
  adding('two sites', 400, () => ['Sec-Fetch-Site', 'cross-site']),
  withHeaders('a call that may not read its answer', 403, from('same-origin', 'no-cors', 'empty')),
  withHeaders('a call that is a form', 403, from('same-origin', 'navigate', 'document')),
  withHeaders('a call that is a WebSocket', 403, from('same-origin', 'websocket', 'websocket')),
  withHeaders('a call that is an image', 403, from('same-origin', 'cors', 'image')),
  withHeaders('a call that is a script', 403, from('same-origin', 'cors', 'script')),
  withHeaders('a call that is a worker', 403, from('same-origin', 'same-origin', 'worker')),
  withHeaders('a call that is a report', 403, from('same-origin', 'cors', 'report')),
  getting('events for an image', 403, 'GET /api/events HTTP/1.1', from('same-origin', 'cors', 'image')),
  getting('events for another site', 403, 'GET /api/events HTTP/1.1', from('cross-site', 'cors', 'empty')),
  getting('events typed into the address bar', 403, 'GET /api/events HTTP/1.1', from('none', 'navigate', 'document')),
  getting('the start page in a frame of another site', 403, 'GET / HTTP/1.1', from('cross-site', 'navigate', 'iframe')),
  getting(
    'the start page in an object of another site',
    403,
    'GET / HTTP/1.1',
    from('cross-site', 'navigate', 'object'),
  ),
  getting('the start page in a fenced frame', 403, 'GET / HTTP/1.1', from('cross-site', 'navigate', 'fencedframe')),
  getting('the start page fetched by another site', 403, 'GET / HTTP/1.1', from('cross-site', 'no-cors', 'empty')),
  getting('the start page as an image of another site', 403, 'GET / HTTP/1.1', from('cross-site', 'no-cors', 'image')),
  getting(
    'the start page asked by HEAD from another site',
    403,
    'HEAD / HTTP/1.1',
    from('cross-site', 'navigate', 'document'),
  ),
  getting(
    'a script of ours in another site',
    403,
    'GET /assets/main.js HTTP/1.1',
    from('cross-site', 'no-cors', 'script'),
  ),
  getting(
    'a style of ours on another port',
    403,
    'GET /assets/main.css HTTP/1.1',
    from('same-site', 'no-cors', 'style'),
  ),
  getting(
    'a picture of ours opened by another site',
    403,
    'GET /assets/logo.svg HTTP/1.1',
    from('cross-site', 'navigate', 'document'),
  ),
  getting('a document nobody navigates to', 403, 'GET / HTTP/1.1', from('cross-site', 'no-cors', 'document')),
  attack('a form posted at the start page', 403, (target) => ({
    ...change(goodCall(target), { ...from('cross-site', 'navigate', 'document')(), 'Content-Type': 'text/plain' }),
    line: 'POST / HTTP/1.1',
  })),
]

export const methodAttacks: readonly Attack[] = [
  getting('GET on a method', 405, 'GET /api/vault.lock HTTP/1.1'),
  getting('HEAD on a method', 405, 'HEAD /api/vault.lock HTTP/1.1'),
  getting('GET on the sign-in', 405, 'GET /api/session HTTP/1.1'),
  getting('HEAD on events', 405, 'HEAD /api/events HTTP/1.1'),
  asking('POST on events', 405, 'POST /api/events HTTP/1.1'),
  asking('POST on the start page', 405, 'POST / HTTP/1.1'),
  asking('POST on a file', 405, 'POST /assets/main.js HTTP/1.1'),
  ...['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE', 'QUERY', 'LINK', 'M-SEARCH'].map((method) =>
    asking(method, 405, `${method} /api/vault.lock HTTP/1.1`),
  ),
  getting('OPTIONS, the preflight of another site', 405, 'OPTIONS /api/vault.lock HTTP/1.1', () => ({
    Origin: 'http://evil.example',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'x-mindkeep-tab',
  })),
  getting('OPTIONS, the preflight to a private network', 405, 'OPTIONS / HTTP/1.1', () => ({
    Origin: 'http://evil.example',
    'Access-Control-Request-Private-Network': 'true',
  })),
  getting('OPTIONS on everything', 405, 'OPTIONS * HTTP/1.1'),
  getting('CONNECT through us', 405, 'CONNECT evil.example:443 HTTP/1.1'),
  getting('CONNECT to ourselves', 405, 'CONNECT 127.0.0.1:22 HTTP/1.1'),
  getting('a method overridden by a header', 405, 'GET /api/vault.lock HTTP/1.1', () => ({
    'X-HTTP-Method-Override': 'POST',
  })),
  getting('a method overridden in the query', 404, 'GET /api/vault.lock?_method=POST HTTP/1.1'),
  asking('a method in small letters', 400, 'post /api/vault.lock HTTP/1.1'),
  asking('a method nobody knows', 400, 'BREW /api/vault.lock HTTP/1.1'),
]

const typed = (name: string, status: number, type: string | null): Attack =>
  withHeaders(name, status, () => ({ 'Content-Type': type }))

export const contentTypeAttacks: readonly Attack[] = [
  typed('no content type', 415, null),
  typed('an empty content type', 415, ''),
  typed('text/plain, which a form can send', 415, 'text/plain'),
  typed('a form', 415, 'application/x-www-form-urlencoded'),
  typed('a form with parts', 415, 'multipart/form-data; boundary=x'),
  typed('JSON as a parameter of text', 415, 'text/plain; application/json'),
  typed('JSON after text', 415, 'text/plain, application/json'),
  typed('text after JSON', 415, 'application/json, text/plain'),
  typed('JSON in another alphabet', 415, 'application/json; charset=utf-16'),
  typed('JSON with a boundary', 415, 'application/json; boundary=x'),
  typed('a kind of JSON', 415, 'application/json-patch+json'),
  typed('a longer word than JSON', 415, 'application/jsonx'),
  typed('content-type sniffing bait', 415, 'text/json'),
  adding('two content types', 400, () => ['Content-Type', 'text/plain']),
  adding('a compressed body', 415, () => ['Content-Encoding', 'gzip']),
  adding('a body compressed by nothing', 415, () => ['Content-Encoding', 'identity']),
]
