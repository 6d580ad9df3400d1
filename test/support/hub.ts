// Plays the hub of models, over real HTTPS on this computer: what it says of a revision, its redirects to where large files
// lie, ranges, and whatever a test wants to go wrong.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { type PlayedOutside, playOutside } from './outside.ts'

export interface Seen {
  readonly host: string
  readonly path: string
  readonly range: string | undefined
  readonly ifRange: string | undefined
}

type Serve = () => void
/** Answers in the hub's place, or calls `serve` for what it would have answered. */
export type Fault = (request: IncomingMessage, response: ServerResponse, serve: Serve) => void

export interface PlayedHub extends PlayedOutside {
  /** `repository/path` → content. */
  readonly files: Map<string, Buffer>
  readonly seen: Seen[]
  /** Each is for one question to the store of large files, in order; what comes after them is as it should be. */
  readonly faults: Fault[]
  /** For every question to the hub itself. */
  fault: Fault
}

const store = 'cdn-lfs.hf.co'
/** What the hub keeps elsewhere. */
const isLarge = (path: string) => path.endsWith('.onnx') || path.endsWith('.onnx_data')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const gitHash = (bytes: Buffer) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')

export async function playHub(): Promise<PlayedHub> {
  const files = new Map<string, Buffer>()
  const seen: Seen[] = []
  const faults: Fault[] = []
  const outside = await playOutside((request, response) => {
    const host = request.headers.host ?? ''
    const path = (request.url ?? '').split('?')[0] ?? ''
    seen.push({ host, path, range: request.headers.range, ifRange: request.headers['if-range']?.toString() })
    if (host === store) {
      const serve = () => serveFile(request, response, files.get(path.slice(1)))
      const fault = faults.shift() ?? ((_request, _response, next) => next())
      fault(request, response, serve)
      return
    }
    hub.fault(request, response, () => serveHub(path, response))
  })

  function serveHub(path: string, response: ServerResponse): void {
    const [, api, revision] = /^\/api\/models\/(.+)\/revision\/([0-9a-f]{40})$/.exec(path) ?? []
    if (api !== undefined) {
      const siblings = [...files]
        .filter(([name]) => name.startsWith(`${api}/`))
        .map(([name, bytes]) => ({
          rfilename: name.slice(api.length + 1),
          size: bytes.length,
          blobId: gitHash(bytes),
          ...(isLarge(name) ? { lfs: { sha256: sha256(bytes), size: bytes.length, pointerSize: 130 } } : {}),
        }))
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ id: api, sha: revision, siblings }))
      return
    }
    const [, repository = '', name = ''] = /^\/(.+?\/.+?)\/resolve\/[0-9a-f]{40}\/(.+)$/.exec(path) ?? []
    const bytes = files.get(`${repository}/${name}`)
    if (bytes === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Entry not found</h1>')
    } else if (isLarge(name)) {
      response
        .writeHead(302, {
          location: `https://${store}/${repository}/${name}?signature=once`,
          'x-linked-etag': `"${sha256(bytes)}"`,
          'x-linked-size': String(bytes.length),
        })
        .end()
    } else {
      response.writeHead(200, { etag: `"${gitHash(bytes)}"`, 'content-length': bytes.length }).end(bytes)
    }
  }

  const hub: PlayedHub = { ...outside, files, seen, faults, fault: (_request, _response, serve) => serve() }
  return hub
}

function serveFile(request: IncomingMessage, response: ServerResponse, bytes: Buffer | undefined): void {
  if (bytes === undefined) {
    response.writeHead(404).end()
    return
  }
  const etag = `"${sha256(bytes).slice(0, 32)}"`
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
  const condition = request.headers['if-range']?.toString()
  const start = from === undefined || (condition !== undefined && condition !== etag) ? null : Number(from)
  if (start === null) {
    response.writeHead(200, { etag, 'content-length': bytes.length }).end(bytes)
  } else if (start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
  } else {
    const rest = bytes.subarray(start)
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`
    response.writeHead(206, { etag, 'content-range': range, 'content-length': rest.length }).end(rest)
  }
}

/** Every file of a folder, under the name of a repository. */
export function putModel(hub: PlayedHub, repository: string, folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (statSync(path).isFile()) hub.files.set(`${repository}/${name}`, readFileSync(path))
  }
}

/** Some of it, and then the line is cut. */
export const dropAfter =
  (bytes: number): Fault =>
  (_request, response, serve) => {
    const { end } = response
    response.end = ((content: Buffer) => {
      response.write(content.subarray(0, bytes), () => response.destroy())
      return response
    }) as typeof end
    serve()
  }
