// A page's side of the web host's protocol, spoken with node:http: signing in by a start link, and calls with every header
// a browser sends.
import { Agent, request } from 'node:http'
import type { Reply } from '../../../shared/api/api.ts'

export interface SignedInPage {
  readonly call: (method: string, input: unknown) => Promise<Reply>
}

export async function signIn(link: URL): Promise<SignedInPage> {
  const body = { token: link.hash.slice('#start='.length) }
  const { text, cookie } = await post({ link, path: '/api/session', body, headers: {} })
  const { tab } = (JSON.parse(text) as { value: { tab: string } }).value
  const headers = { cookie, 'x-mindkeep-tab': tab }
  return {
    async call(method, input) {
      const answer = await post({ link, path: `/api/${method}`, body: input, headers })
      return JSON.parse(answer.text) as Reply
    },
  }
}

interface PostParts {
  readonly link: URL
  readonly path: string
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

interface PostAnswer {
  readonly text: string
  readonly cookie: string
}

/** Connections are kept, as a browser keeps them, and hold no process open. */
const agent = new Agent({ keepAlive: true })

export function post({ link, path, body, headers }: PostParts): Promise<PostAnswer> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        // The name under *.localhost is for the Host header; not every resolver knows it.
        host: '127.0.0.1',
        port: link.port,
        path,
        method: 'POST',
        headers: {
          host: link.host,
          origin: link.origin,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          ...headers,
        },
      },
      (answer) => {
        let received = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          received += part
        })
        answer.on('error', reject)
        answer.on('end', () => {
          resolve({ text: received, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' })
        })
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}
