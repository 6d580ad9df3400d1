// Attacks below the request: other protocols, broken heads, upgrades, floods of headers.
import { adding, attack, type Attack } from './attack.ts'
import { goodCall, write } from '../support/served.ts'

const lines = (target: Parameters<typeof goodCall>[0]): string => write(goodCall(target))
const withLine = (text: string, line: string): string => text.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`)

/** The first bytes of a TLS handshake. */
const clientHello = Buffer.from('16030100410100003d0303', 'hex')

export const protocolAttacks: readonly Attack[] = [
  attack('a WebSocket', 403, (target) => ({
    line: 'GET /api/events HTTP/1.1',
    headers: [
      ['Host', target.host],
      ['Origin', `http://${target.host}`],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Cookie', target.cookie],
      ['X-Mindkeep-Tab', target.tab],
    ],
    body: '',
  })),
  attack('a WebSocket of another site', 403, (target) => ({
    line: 'GET / HTTP/1.1',
    headers: [
      ['Host', target.host],
      ['Origin', 'http://evil.example'],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ],
    body: '',
  })),
  attack('an upgrade of a rightful call', 403, (target) =>
    withLine(lines(target), 'Connection: Upgrade\r\nUpgrade: h2c'),
  ),
  attack('an upgrade to TLS', 403, (target) => withLine(lines(target), 'Connection: Upgrade\r\nUpgrade: TLS/1.0')),
  attack('HTTP/2 from the first byte', 400, () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  attack('HTTP/0.9', 421, () => 'GET /\r\n\r\n'),
  attack('HTTP/3.0 in words', 400, (target) => lines(target).replace('HTTP/1.1', 'HTTP/3.0')),
  attack('HTTP/1.0', 505, (target) => lines(target).replace('HTTP/1.1', 'HTTP/1.0')),
  attack('HTTP/1.2', 400, (target) => lines(target).replace('HTTP/1.1', 'HTTP/1.2')),
  attack('another protocol by its line', 505, (target) => lines(target).replace('HTTP/1.1', 'RTSP/1.0')),
  attack('a TLS handshake', 400, () => clientHello),
  attack('a mail server', 400, () => 'EHLO evil.example\r\nMAIL FROM:<a@evil.example>\r\n'),
  attack('a Redis command', 400, () => '*1\r\n$8\r\nFLUSHALL\r\n'),
  attack('zero bytes', 400, () => Buffer.alloc(64)),
  attack('random bytes', 400, () => Buffer.from('f1d2a3b4c5968778695a4b3c2d1e0f', 'hex')),
  attack('a space before a header', 400, (target) => withLine(lines(target), ' X: 1')),
  attack('a header folded over two lines', 400, (target) => withLine(lines(target), 'X: 1\r\n 2')),
  attack('a header without a colon', 400, (target) => withLine(lines(target), 'X')),
  attack('a header without a name', 400, (target) => withLine(lines(target), ': 1')),
  attack('a header with a space in its name', 400, (target) => withLine(lines(target), 'X Y: 1')),
  attack('a zero byte in a header', 400, (target) => withLine(lines(target), 'X: a\x00b')),
  attack('a return in a header', 400, (target) => withLine(lines(target), 'X: a\rHost: evil.example')),
  attack('line ends without a return', 400, (target) => lines(target).replaceAll('\r\n', '\n')),
  attack('a zero byte in the method', 400, (target) => `\x00${lines(target)}`),
  attack('a header of 16 KiB', 431, (target) => withLine(lines(target), `X: ${'a'.repeat(16_384)}`)),
  attack('65 headers', 431, (target) =>
    withLine(lines(target), Array.from({ length: 60 }, (_, i) => `X${i}: 1`).join('\r\n')),
  ),
  attack('10,000 headers', 431, (target) =>
    withLine(lines(target), Array.from({ length: 10_000 }, (_, i) => `X${i}: 1`).join('\r\n')),
  ),
  attack('one header repeated', 400, (target) => withLine(lines(target), 'X: 1\r\nX: 1')),
  adding('a wish to be asked first', 417, () => ['Expect', '100-continue']),
  adding('another wish', 417, () => ['Expect', 'a-miracle']),
  adding('a service worker', 403, () => ['Service-Worker', 'script']),
  adding('a proxy that counts as two connections', 400, () => ['Connection', 'keep-alive\r\nConnection: close']),
]
