// Serves the built page at `app://vault/` from memory, and passes on what is a transfer. It reads the folder once, at start; a request can name a file that
// was there then, and nothing else on the disk.
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Privileges, Protocol } from 'electron'
import { pageHeaders, pageTypes } from '../../shared/page-files.ts'
import { isOurs, page, scheme } from './address.ts'
import type { Transfers } from './transfers.ts'

const privileges: Privileges = { standard: true, secure: true, supportFetchAPI: true }

export type PageFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** Walks by hand: inside the packed app the folder is an archive, where recursive listing is not a given. */
export function readPage(folder: string, at = ''): PageFiles {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) for (const [name, bytes] of readPage(path, `${at}${entry.name}/`)) files.set(name, bytes)
    else files.set(`${at}${entry.name}`, readFileSync(path))
  }
  return files
}

/** Must run before the app is ready. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }])
}

interface Served {
  readonly files: PageFiles
  readonly transfers: Transfers
}

export function servePage(protocol: Pick<Protocol, 'handle'>, { files, transfers }: Served): void {
  protocol.handle(scheme, (request) => {
    const { url, method } = request
    if (!isOurs(url)) return refusal(403)
    return transfers(request, url.slice(page.length)) ?? answer({ url, method, files })
  })
}

interface PageRequest {
  readonly url: string
  readonly method: string
  readonly files: PageFiles
}

function answer({ url, method, files }: PageRequest): Response {
  if (method !== 'GET' && method !== 'HEAD') return refusal(405)
  const name = url.slice(page.length).replace(/[?#].*/s, '')
  const wanted = name === '' ? 'index.html' : name
  const type = pageTypes[extname(wanted)]
  const bytes = files.get(wanted)
  if (bytes === undefined || type === undefined) return refusal(404)
  return new Response(method === 'GET' ? bytes : null, { headers: { ...pageHeaders, 'content-type': type } })
}

const refusal = (status: number): Response => new Response(null, { status, headers: pageHeaders })
