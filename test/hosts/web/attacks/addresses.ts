// Attacks by name and path: DNS rebinding, foreign hosts, paths that mean two things.
import { adding, asking, attack, type Attack, getting, withHeaders } from './attack.ts'
import { goodCall, write } from '../support/served.ts'

const nameOf = (host: string): string => host.split(':')[0] ?? ''
const portOf = (host: string): string => host.split(':')[1] ?? ''

export const hostAttacks: readonly Attack[] = [
  withHeaders('no Host', 421, () => ({ Host: null })),
  attack('no Host in HTTP/1.0', 421, () => 'GET / HTTP/1.0\r\n\r\n'),
  withHeaders('an empty Host', 421, () => ({ Host: '' })),
  withHeaders('a rebound name', 421, ({ host }) => ({ Host: `evil.example:${portOf(host)}` })),
  withHeaders('a rebound name with its own Origin', 421, ({ host }) => ({
    Host: `evil.example:${portOf(host)}`,
    Origin: `http://evil.example:${portOf(host)}`,
  })),
  withHeaders('127.0.0.1', 421, ({ host }) => ({ Host: `127.0.0.1:${portOf(host)}` })),
  withHeaders('localhost', 421, ({ host }) => ({ Host: `localhost:${portOf(host)}` })),
  withHeaders('[::1]', 421, ({ host }) => ({ Host: `[::1]:${portOf(host)}` })),
  withHeaders('0.0.0.0', 421, ({ host }) => ({ Host: `0.0.0.0:${portOf(host)}` })),
  withHeaders('127.0.0.1 as one number', 421, ({ host }) => ({ Host: `2130706433:${portOf(host)}` })),
  withHeaders('a public name of 127.0.0.1', 421, ({ host }) => ({ Host: `127.0.0.1.nip.io:${portOf(host)}` })),
  withHeaders('a sibling name', 421, ({ host }) => ({ Host: `00000000000000000000.localhost:${portOf(host)}` })),
  withHeaders('a name under ours', 421, ({ host }) => ({ Host: `a.${host}` })),
  withHeaders('our name as the start of another', 421, ({ host }) => ({
    Host: `${nameOf(host)}.evil.example:${portOf(host)}`,
  })),
  withHeaders('our name with a final dot', 421, ({ host }) => ({ Host: `${nameOf(host)}.:${portOf(host)}` })),
  withHeaders('our name in capitals', 421, ({ host }) => ({ Host: host.toUpperCase() })),
  withHeaders('our name without the port', 421, ({ host }) => ({ Host: nameOf(host) })),
  withHeaders('our name with another port', 421, ({ host }) => ({ Host: `${nameOf(host)}:80` })),
  withHeaders('our port with a leading zero', 421, ({ host }) => ({ Host: `${nameOf(host)}:0${portOf(host)}` })),
  withHeaders('a user before our name', 421, ({ host }) => ({ Host: `evil@${host}` })),
  withHeaders('a path after our name', 421, ({ host }) => ({ Host: `${host}/evil` })),
  withHeaders('two names in one Host', 421, ({ host }) => ({ Host: `${host}, evil.example` })),
  adding('a second Host after ours', 421, () => ['Host', 'evil.example']),
  adding('our Host twice', 421, ({ host }) => ['Host', host]),
  attack('a foreign Host before ours', 421, (target) => {
    const call = goodCall(target)
    return { ...call, headers: [['Host', 'evil.example'], ...call.headers] }
  }),
  attack('a foreign Host, ours as forwarded', 421, (target) => {
    const call = goodCall({ ...target, host: 'evil.example' })
    return {
      ...call,
      headers: [...call.headers, ['X-Forwarded-Host', target.host], ['Forwarded', `host=${target.host}`]],
    }
  }),
]

export const pathAttacks: readonly Attack[] = [
  asking('an absolute target of our own', 400, ({ host }) => `POST http://${host}/api/vault.lock HTTP/1.1`),
  asking('an absolute target elsewhere', 400, 'POST http://evil.example/api/vault.lock HTTP/1.1'),
  asking('an absolute https target', 400, ({ host }) => `POST https://${host}/api/vault.lock HTTP/1.1`),
  asking('a target that is only a host', 400, ({ host }) => `POST ${host} HTTP/1.1`),
  asking('a target without its slash', 400, 'POST api/vault.lock HTTP/1.1'),
  asking('a target with no scheme', 404, 'POST //evil.example/api/vault.lock HTTP/1.1'),
  asking('a doubled slash', 404, 'POST /api//vault.lock HTTP/1.1'),
  asking('dots back to the same method', 404, 'POST /api/../api/vault.lock HTTP/1.1'),
  asking('a dot segment', 404, 'POST /./api/vault.lock HTTP/1.1'),
  asking('an encoded letter', 404, 'POST /api/%76ault.lock HTTP/1.1'),
  asking('an encoded dot', 404, 'POST /api/vault%2elock HTTP/1.1'),
  asking('an encoded slash', 404, 'POST /api%2fvault.lock HTTP/1.1'),
  asking('a twice-encoded slash', 404, 'POST /api%252fvault.lock HTTP/1.1'),
  asking('a backslash', 404, 'POST /api\\vault.lock HTTP/1.1'),
  asking('capitals', 404, 'POST /API/vault.lock HTTP/1.1'),
  asking('a final slash', 404, 'POST /api/vault.lock/ HTTP/1.1'),
  asking('a query', 404, 'POST /api/vault.lock?a=1 HTTP/1.1'),
  asking('a path parameter', 404, 'POST /api/vault.lock;a=1 HTTP/1.1'),
  asking('an encoded zero byte', 404, 'POST /api/vault.lock%00 HTTP/1.1'),
  asking('a method that every object has', 404, 'POST /api/constructor HTTP/1.1'),
  asking('a method on the prototype', 404, 'POST /api/__proto__ HTTP/1.1'),
  asking('another method that every object has', 404, 'POST /api/hasOwnProperty HTTP/1.1'),
  asking('no method at all', 404, 'POST /api/ HTTP/1.1'),
  asking('a target of 300 characters', 400, `POST /api/${'a'.repeat(300)} HTTP/1.1`),
  asking('a target of 16 KiB', 431, `POST /api/${'a'.repeat(16_384)} HTTP/1.1`),
  asking('a letter outside ASCII', 400, 'POST /api/v\xe4ult.lock HTTP/1.1'),
  getting('a climb out of the page', 404, 'GET /../../etc/passwd HTTP/1.1'),
  getting('a climb out of a folder of the page', 404, 'GET /assets/../../package.json HTTP/1.1'),
  getting('an encoded climb', 404, 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1'),
  getting('a climb by encoded slashes', 404, 'GET /..%2f..%2fpackage.json HTTP/1.1'),
  getting('a climb by backslashes', 404, 'GET /..\\..\\package.json HTTP/1.1'),
  getting('a climb with a zero byte', 404, 'GET /assets/main.js%00.css HTTP/1.1'),
  getting('the vault by name', 404, 'GET /vault.keys HTTP/1.1'),
  getting('the history of the code', 404, 'GET /.git/config HTTP/1.1'),
  getting('the start page under its file name', 404, 'GET /index.html HTTP/1.1'),
  getting('a property of the file table', 404, 'GET /__proto__ HTTP/1.1'),
  getting('the start page with a query', 404, 'GET /?start=1 HTTP/1.1'),
  attack('a target with a space in it', 400, (target) =>
    write({ ...goodCall(target), line: 'POST /api/vault.lock /x HTTP/1.1' }),
  ),
]
