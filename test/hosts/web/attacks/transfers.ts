// Attacks on files on their way in and out: the rightful upload or download with one thing changed. The ticket is a real one,
// and must still be good afterwards.
import { outgoingTicket } from '../support/small-app.ts'
import { type RequestParts, type Target, change, goodDownload, goodUpload } from '../support/served.ts'
import { type Attack, attack } from './attack.ts'

type Headers = Readonly<Record<string, string | null>>

const uploading = (name: string, status: number, headers: Headers | ((target: Target) => Headers)): Attack =>
  attack(`an upload: ${name}`, status, (target) =>
    change(goodUpload(target), typeof headers === 'function' ? headers(target) : headers),
  )

const uploadAt = (name: string, status: number, line: string): Attack =>
  attack(`an upload: ${name}`, status, (target) => ({ ...goodUpload(target), line }))

const adding = (name: string, status: number, ...header: readonly [string, string]): Attack =>
  attack(`an upload: ${name}`, status, (target) => {
    const request = goodUpload(target)
    return { ...request, headers: [...request.headers, header] }
  })

export const uploadAttacks: readonly Attack[] = [
  uploading('from another origin', 403, { Origin: 'http://evil.example' }),
  uploading('from no origin', 403, { Origin: null }),
  uploading('from a sandboxed page', 403, { Origin: 'null' }),
  uploading('from another port', 403, { Origin: 'http://127.0.0.1:1' }),
  uploading('from another site', 403, { 'Sec-Fetch-Site': 'cross-site' }),
  uploading('from a sibling name', 403, { 'Sec-Fetch-Site': 'same-site' }),
  uploading('as a navigation', 403, { 'Sec-Fetch-Mode': 'navigate' }),
  uploading('as a beacon of a page that leaves', 403, { 'Sec-Fetch-Mode': 'no-cors' }),
  uploading('to another host', 421, { Host: 'evil.localhost' }),
  uploading('without the key of its tab', 401, { 'X-Mindkeep-Tab': null }),
  uploading('with the key of another browser', 401, ({ other }) => ({ 'X-Mindkeep-Tab': other.tab })),
  uploading('with the cookie of another browser', 401, ({ other }) => ({ Cookie: other.cookie })),
  uploading('without a cookie', 401, { Cookie: null }),
  uploading('as a form', 415, { 'Content-Type': 'multipart/form-data; boundary=x' }),
  uploading('as text, which any page may send', 415, { 'Content-Type': 'text/plain' }),
  uploading('of no type', 415, { 'Content-Type': null }),
  uploading('of a type with more to it', 415, { 'Content-Type': 'application/octet-stream; a=b' }),
  uploading('without a name', 400, { 'X-Mindkeep-Name': null }),
  uploading('with an empty name', 400, { 'X-Mindkeep-Name': '' }),
  uploading('with a name that spells nothing', 400, { 'X-Mindkeep-Name': '%E0%A4%A' }),
  uploading('with half a percent sign', 400, { 'X-Mindkeep-Name': '%' }),
  uploading('with half a letter for a name', 400, { 'X-Mindkeep-Name': '%ED%A0%80' }),
  uploading('with bytes for a name', 400, { 'X-Mindkeep-Name': '\u00e2\u0080\u00ae.txt' }),
  uploading('with a zero in its name', 400, { 'X-Mindkeep-Name': 'a\u0000b' }),
  uploading('with a new line in its name', 400, { 'X-Mindkeep-Name': 'a\nb' }),
  uploading('with a name of 4,097 letters', 400, { 'X-Mindkeep-Name': 'a'.repeat(4097) }),
  uploading('with a name of 10,000 letters', 431, { 'X-Mindkeep-Name': 'a'.repeat(10_000) }),
  uploading('changed at no time', 400, { 'X-Mindkeep-Changed': '' }),
  uploading('changed before there were computers', 400, { 'X-Mindkeep-Changed': '-1' }),
  uploading('changed at no number', 400, { 'X-Mindkeep-Changed': 'yesterday' }),
  uploading('changed when no clock will show it', 400, { 'X-Mindkeep-Changed': '9'.repeat(15) }),
  adding('under two names', 400, 'X-Mindkeep-Name', 'b.txt'),
  attack('an upload: with 70 headers', 431, (target) => {
    const request = goodUpload(target)
    const more = Array.from({ length: 70 }, (_, at) => [`X-${at}`, '1'] as const)
    return { ...request, headers: [...request.headers, ...more] }
  }),
  adding('with a header of 9,000 letters', 431, 'X-Long', 'a'.repeat(9_000)),
  uploading('without a length', 411, { 'Content-Length': null }),
  uploading('in pieces of no known number', 411, { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }),
  uploading('longer than any disk', 413, { 'Content-Length': '9'.repeat(16) }),
  uploading('of a negative length', 400, { 'Content-Length': '-1' }),
  adding('of two lengths', 400, 'Content-Length', '4'),
  uploading('packed, to swell afterwards', 415, { 'Content-Encoding': 'gzip' }),
  uploading('that wants to be asked for', 417, { Expect: '100-continue' }),
  uploadAt('by GET', 400, 'GET /api/upload HTTP/1.1'),
  uploadAt('by PUT', 405, 'PUT /api/upload HTTP/1.1'),
  uploadAt('with its name in the address', 404, 'POST /api/upload?name=a HTTP/1.1'),
  uploadAt('to a path below', 404, 'POST /api/upload/../../a HTTP/1.1'),
]

const fetching = (name: string, status: number, change_: (request: RequestParts, target: Target) => RequestParts) =>
  attack(`a download: ${name}`, status, (target) => change_(goodDownload(target, outgoingTicket), target))

const fetchingAs = (name: string, status: number, headers: Headers): Attack =>
  fetching(name, status, (request) => change(request, headers))

const ticketed = (name: string, status: number, path: string): Attack =>
  fetching(name, status, (request) => ({ ...request, line: `GET ${path} HTTP/1.1` }))

export const downloadAttacks: readonly Attack[] = [
  fetchingAs('without a session', 401, { Cookie: null }),
  fetchingAs('with a guessed cookie', 401, { Cookie: `mindkeep=${'A'.repeat(43)}` }),
  fetchingAs('by the key of a tab alone', 401, { Cookie: null, 'X-Mindkeep-Tab': 'A'.repeat(43) }),
  fetchingAs('from another site', 403, { 'Sec-Fetch-Site': 'cross-site' }),
  fetchingAs('as a link on another site', 403, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }),
  fetchingAs('typed into the address bar', 403, { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }),
  fetchingAs('from another origin', 403, { Origin: 'http://evil.example' }),
  fetchingAs('on another host', 421, { Host: '127.0.0.1' }),
  fetchingAs('kept by a service worker', 403, { 'Service-Worker': 'script' }),
  fetchingAs('with a body', 400, { 'Content-Length': '1' }),
  fetching('by HEAD', 405, (request) => ({ ...request, line: `HEAD /download/${outgoingTicket} HTTP/1.1` })),
  fetching('by POST', 405, (request, { host }) => ({
    ...change(request, { Origin: `http://${host}`, 'Content-Length': '0' }),
    line: `POST /download/${outgoingTicket} HTTP/1.1`,
  })),
  ticketed('with a guessed ticket', 404, `/download/${'A'.repeat(32)}`),
  ticketed('with a ticket one short', 404, `/download/${outgoingTicket.slice(1)}`),
  ticketed('with a ticket one too long', 404, `/download/${outgoingTicket}T`),
  ticketed('with no ticket', 404, '/download/'),
  ticketed('with more behind the ticket', 404, `/download/${outgoingTicket}?as=page`),
  ticketed('with a way out of the folder', 404, '/download/../vault.keys'),
  ticketed('with an encoded way out', 404, '/download/%2e%2e%2fvault.keys'),
  ticketed('in capitals', 404, `/DOWNLOAD/${outgoingTicket}`),
]
