// Attacks by body: too long, cut short, framed in two ways, JSON that is not what it looks like.
import { adding, attack, type Attack, carrying, getting, withHeaders } from './attack.ts'
import { change, goodCall, withBody, write } from '../support/served.ts'

export const framingAttacks: readonly Attack[] = [
  withHeaders('no length', 411, () => ({ 'Content-Length': null })),
  withHeaders('a length of a gigabyte, announced', 413, () => ({ 'Content-Length': '999999999' })),
  withHeaders('a length past all numbers', 400, () => ({ 'Content-Length': '9'.repeat(40) })),
  withHeaders('a negative length', 400, () => ({ 'Content-Length': '-2' })),
  withHeaders('a length with a sign', 400, () => ({ 'Content-Length': '+2' })),
  withHeaders('a length in hexadecimal', 400, () => ({ 'Content-Length': '0x2' })),
  withHeaders('a length twice in one line', 400, () => ({ 'Content-Length': '2, 2' })),
  withHeaders('an empty length', 400, () => ({ 'Content-Length': '' })),
  adding('two lengths that differ', 400, () => ['Content-Length', '3']),
  adding('two lengths that agree', 400, () => ['Content-Length', '2']),
  attack('a body in chunks', 411, (target) => ({
    ...change(goodCall(target), { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }),
    body: '2\r\n{}\r\n0\r\n\r\n',
  })),
  attack('a body in chunks, in capitals', 411, (target) => ({
    ...change(goodCall(target), { 'Content-Length': null, 'Transfer-Encoding': 'CHUNKED' }),
    body: '2\r\n{}\r\n0\r\n\r\n',
  })),
  attack('chunks that never end', 411, (target) => ({
    ...change(goodCall(target), { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }),
    body: 'ffff\r\n{',
  })),
  attack('a chunk with an extension', 411, (target) => ({
    ...change(goodCall(target), { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }),
    body: '2;x=\r\n{}\r\n0\r\n\r\n',
  })),
  attack('a chunk with headers behind it', 411, (target) => ({
    ...change(goodCall(target), { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }),
    body: '2\r\n{}\r\n0\r\nHost: evil.example\r\n\r\n',
  })),
  adding('a length and chunks', 400, () => ['Transfer-Encoding', 'chunked']),
  attack('chunks by an unknown name', 411, (target) =>
    change(goodCall(target), { 'Content-Length': null, 'Transfer-Encoding': 'xchunked' }),
  ),
  attack('chunks, then something else', 400, (target) =>
    change(goodCall(target), { 'Content-Length': null, 'Transfer-Encoding': 'chunked, identity' }),
  ),
  attack('chunks behind a space', 400, (target) =>
    write(change(goodCall(target), { 'Content-Length': null })).replace(
      '\r\n\r\n',
      '\r\nTransfer-Encoding : chunked\r\n\r\n',
    ),
  ),
  attack('a body on GET', 400, (target) => ({
    ...change(goodCall(target), { 'Content-Length': '2' }),
    line: 'GET / HTTP/1.1',
  })),
  getting('chunks on GET', 411, 'GET / HTTP/1.1', () => ({ 'Transfer-Encoding': 'chunked' })),
  {
    name: 'a second request hidden behind a short length',
    status: [400],
    bytes: (target) => [write({ ...goodCall(target), body: '{"a":1}' })],
  },
  {
    name: 'a foreign request behind a rightful one',
    status: [200, 421],
    rightful: 1,
    bytes: (target) => [write(goodCall(target)) + write(goodCall({ ...target, host: 'evil.example' }))],
  },
  {
    name: 'a request without keys behind a rightful one',
    status: [200, 401],
    rightful: 1,
    bytes: (target) => [
      write(goodCall(target)) + write(change(goodCall(target), { Cookie: null, 'X-Mindkeep-Tab': null })),
    ],
  },
  {
    name: 'a rightful request behind a refused one',
    status: [403],
    bytes: (target) => [write(change(goodCall(target), { Origin: 'null' })) + write(goodCall(target))],
  },
  {
    name: 'a rightful request inside the body of a refused one',
    status: [415],
    bytes: (target) => [
      write(withBody(change(goodCall(target), { 'Content-Type': 'text/plain' }), write(goodCall(target)))),
    ],
  },
  {
    name: 'a body that ends before its length',
    status: [400],
    finishAfter: 0,
    bytes: (target) => [write(change(goodCall(target), { 'Content-Length': '20' }))],
  },
  attack('a body of 64 KiB and one byte', 413, (target) => withBody(goodCall(target), `{"a":"${'x'.repeat(65_529)}"}`)),
  attack('a body of a megabyte', 413, (target) => withBody(goodCall(target), `{"a":"${'x'.repeat(1024 * 1024)}"}`)),
]

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

export const jsonAttacks: readonly Attack[] = [
  carrying('an empty body', 400, ''),
  carrying('a body of spaces', 400, '   '),
  carrying('JSON cut short', 400, '{"passphrase":'),
  carrying('JSON with more behind it', 400, '{}{}'),
  carrying('JSON with a comment', 400, '{}/* */'),
  carrying('JSON with bare names', 400, '{a:1}'),
  carrying('JSON with single quotes', 400, "{'a':1}"),
  carrying('NaN', 400, 'NaN'),
  carrying('a form in the place of JSON', 400, 'a=1&b=2'),
  carrying('a guard against script inclusion', 400, ")]}',\n{}"),
  carrying('null', 400, 'null'),
  carrying('a list', 400, '[]'),
  carrying('a text', 400, '"{}"'),
  carrying('a number', 400, '1e999'),
  carrying('true', 400, 'true'),
  carrying('a field nobody asked for', 400, '{"admin":true}'),
  carrying('a prototype', 400, '{"__proto__":{"unlocked":true}}'),
  carrying('a prototype spelt in escapes', 400, '{"\\u005f\\u005fproto\\u005f\\u005f":{"unlocked":true}}'),
  carrying('a prototype further down', 400, '{"a":[{"__proto__":{"unlocked":true}}]}'),
  carrying('a constructor', 400, '{"constructor":{"prototype":{"unlocked":true}}}'),
  carrying('a converter', 400, '{"toJSON":1,"toString":1,"valueOf":1}'),
  carrying('JSON nested 33 deep', 400, nested(33)),
  carrying('JSON nested 10,000 deep', 400, nested(10_000)),
  carrying('JSON nested 100,000 deep', 413, nested(100_000)),
  carrying('lists nested 30,000 deep', 400, `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
  carrying('lists opened 65,000 times and never closed', 400, '['.repeat(65_000)),
  carrying('a byte order mark', 400, '\xef\xbb\xbf{}'),
  carrying('UTF-16', 400, '\xff\xfe{\x00}\x00'),
  carrying('broken UTF-8', 400, '{"a":"\xc3\x28"}'),
  carrying('UTF-8 longer than needed', 400, '{"a":"\xc0\xaf"}'),
  carrying('half a surrogate in UTF-8', 400, '{"a":"\xed\xa0\x80"}'),
  carrying('a zero byte', 400, '{}\x00'),
]
