// Requests that hold no key, bent at random in two ways: as requests (headers dropped, doubled, renamed, reworded) and as
// bytes (flipped, cut, doubled, planted). None of it can mend what is wrong with them.
import * as fc from 'fast-check'
import { type RequestParts, type Target, change, goodCall, goodListen, goodSignIn, write } from '../support/served.ts'

/** Rightful in all but one thing that no few bytes can repair. */
const crimes: Readonly<Record<string, (target: Target) => RequestParts>> = {
  'a foreign origin': (target) => change(goodCall(target), { Origin: 'http://evil.example' }),
  'a foreign host': (target) => goodCall({ ...target, host: 'evil.example' }),
  'another site': (target) => change(goodCall(target), { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' }),
  'no tab token': (target) => change(goodCall(target), { 'X-Mindkeep-Tab': null }),
  'no cookie': (target) => change(goodCall(target), { Cookie: null }),
  'keys of two browsers': (target) => goodCall({ ...target, tab: target.other.tab }),
  'a spent start token': (target) => goodSignIn(target.host, target.spent),
  'events without a tab token': (target) => change(goodListen(target), { 'X-Mindkeep-Tab': null }),
}

type Bend<T> = (from: T) => T

/** A place, as a share of the length; without fast-check's liking for the ends, where the Host stands. */
const place = fc.noBias(fc.nat(9999)).map((share) => share / 10_000)
const at = (share: number, of: { readonly length: number }): number => Math.floor(share * of.length)

const rewordings: readonly Bend<string>[] = [
  () => '',
  (value) => value.toUpperCase(),
  (value) => value.toLowerCase(),
  (value) => `${value}, ${value}`,
  (value) => `${value}; a=b`,
  (value) => `"${value}"`,
  (value) => value.slice(1),
  (value) => value.slice(0, -1),
  (value) => `${value}\t`,
  (value) => encodeURIComponent(value),
  (value) => value.split('').toReversed().join(''),
  (value) => value.repeat(20),
  () => 'null',
  () => '*',
  () => 'same-origin',
  () => 'application/json',
  () => '0',
  () => '65536',
]

const names = [
  'Host',
  'Origin',
  'Cookie',
  'X-Mindkeep-Tab',
  'Content-Type',
  'Content-Length',
  'Sec-Fetch-Site',
  'Sec-Fetch-Mode',
]
const strange: readonly (readonly [string, string])[] = [
  ['X-HTTP-Method-Override', 'POST'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Original-URL', '/api/vault.lock'],
  ['Authorization', 'Bearer a'],
  ['Transfer-Encoding', 'chunked'],
  ['Expect', '100-continue'],
  ['Upgrade', 'websocket'],
  ['Content-Encoding', 'gzip'],
  ['Service-Worker', 'script'],
  ['Range', 'bytes=0-'],
  ['Referer', 'http://evil.example/'],
]
const lines = [
  'GET /api/vault.lock HTTP/1.1',
  'HEAD / HTTP/1.1',
  'PUT /api/vault.lock HTTP/1.1',
  'POST /api/vault.status HTTP/1.1',
  'POST /api/vault.delete HTTP/1.1',
  'POST /api/session HTTP/1.1',
  'POST /api/events HTTP/1.1',
  'POST /api/vault.lock HTTP/1.0',
  'POST /api/../api/vault.lock HTTP/1.1',
  'POST / HTTP/1.1',
]

const withHeaders = (request: RequestParts, headers: RequestParts['headers']): RequestParts => ({ ...request, headers })
const header = fc.record({ which: place, rewording: fc.constantFrom(...rewordings), name: fc.constantFrom(...names) })

type Header = RequestParts['headers'][number]

/** Puts others in the place of one header. A request that has lost them all stays as it is. */
const inPlaceOf =
  (which: number, others: (header: Header) => readonly Header[]): Bend<RequestParts> =>
  (request) => {
    const found = request.headers[at(which, request.headers)]
    if (found === undefined) return request
    return withHeaders(request, request.headers.toSpliced(at(which, request.headers), 1, ...others(found)))
  }

const requestBend: fc.Arbitrary<Bend<RequestParts>> = fc.oneof(
  header.map(({ which }) => inPlaceOf(which, () => [])),
  header.map(({ which, rewording }) => inPlaceOf(which, ([name, value]) => [[name, rewording(value)]])),
  header.map(({ which, name }) => inPlaceOf(which, ([, value]) => [[name, value]])),
  header.map(({ which, rewording }) =>
    inPlaceOf(which, ([name, value]) => [
      [name, value],
      [name, rewording(value)],
    ]),
  ),
  header.map(({ which }) => inPlaceOf(which, ([name, value]) => [[name.toLowerCase(), value]])),
  fc.constantFrom(...strange).map(
    (extra): Bend<RequestParts> =>
      (request) =>
        withHeaders(request, [extra, ...request.headers]),
  ),
  fc.constantFrom(...lines).map(
    (line): Bend<RequestParts> =>
      (request) => ({ ...request, line }),
  ),
  fc.json().map(
    (body): Bend<RequestParts> =>
      (request) => ({
        ...change(request, { 'Content-Length': String(Buffer.byteLength(body)) }),
        body: Buffer.from(body).toString('latin1'),
      }),
  ),
)

const planted = [
  'Transfer-Encoding: chunked\r\n',
  'Content-Length: 0\r\n',
  'Connection: Upgrade\r\nUpgrade: websocket\r\n',
  'Host: evil.example\r\n',
  '\r\n\r\n',
  '\r\n ',
  '\r',
  '\n',
  '\x00',
  '%2f',
  '{"__proto__":{}}',
  '[[[[[[[[',
  '\xff\xfe',
  'GET / HTTP/1.1\r\n\r\n',
]

const byteBend: fc.Arbitrary<Bend<string>> = fc.oneof(
  fc.record({ where: place, code: fc.nat(255) }).map(
    ({ where, code }): Bend<string> =>
      (bytes) =>
        bytes.slice(0, at(where, bytes)) + String.fromCodePoint(code) + bytes.slice(at(where, bytes) + 1),
  ),
  fc.record({ where: place, text: fc.constantFrom(...planted) }).map(
    ({ where, text }): Bend<string> =>
      (bytes) =>
        bytes.slice(0, at(where, bytes)) + text + bytes.slice(at(where, bytes)),
  ),
  fc.record({ from: place, length: fc.nat(40) }).map(
    ({ from, length }): Bend<string> =>
      (bytes) =>
        bytes.slice(0, at(from, bytes)) + bytes.slice(at(from, bytes) + length),
  ),
  fc.record({ from: place, length: fc.nat(200) }).map(
    ({ from, length }): Bend<string> =>
      (bytes) =>
        bytes.slice(0, at(from, bytes) + length) + bytes.slice(at(from, bytes)),
  ),
)

export interface Bent {
  readonly crime: string
  readonly requestBends: readonly Bend<RequestParts>[]
  readonly byteBends: readonly Bend<string>[]
}

/** Most stay requests, so that they meet the guard and not only the parser. */
export const bent: fc.Arbitrary<Bent> = fc.record({
  crime: fc.constantFrom(...Object.keys(crimes)),
  requestBends: fc.array(requestBend, { minLength: 1, maxLength: 4 }),
  byteBends: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(byteBend, { minLength: 1, maxLength: 3 }) },
  ),
})

export function bytesOf(target: Target, { crime, requestBends, byteBends }: Bent): string {
  const whole = crimes[crime]?.(target)
  if (whole === undefined) throw new Error(`There is no crime named ${crime}.`)
  const request = requestBends.reduce((bending, bend) => bend(bending), whole)
  return byteBends.reduce((bytes, bend) => bend(bytes), write(request))
}
