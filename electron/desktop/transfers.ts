// Files on their way in and out of the window: `POST app://vault/upload`, and `app://vault/download/<ticket>`, which is read
// by the page with GET and saved where the person chooses with POST. Chromium's own downloads stay refused: they would lay
// what was decrypted on the disk before anybody was asked where.
import type { BrowserWindow } from 'electron'
import type { Reply } from '../../shared/api/api.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { changedInHeader, downloadHeaders, nameInHeader, pageHeaders } from '../../shared/page-files.ts'
import { saveWhole } from '../core/saving.ts'
import { isOurs, origin } from './address.ts'
import type { Arriving, Bridge } from './bridge.ts'

interface TransfersParts {
  readonly currentWindow: () => BrowserWindow | undefined
  readonly bridge: Pick<Bridge, 'receive' | 'take'>
  /** Asks the person where; undefined when they cancel. */
  readonly chooseWhere: (name: string) => Promise<string | undefined>
}

/** Answers a request for what is no file of the page; undefined where it names neither an upload nor a download. */
export type Transfers = (request: Request, path: string) => Promise<Response> | undefined

export function createTransfers({ currentWindow, bridge, chooseWhere }: TransfersParts): Transfers {
  const upload = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return answer(405, 'REQUEST_REFUSED')
    if (request.headers.get('content-type') !== 'application/octet-stream') return answer(415, 'REQUEST_REFUSED')
    const length = request.headers.get('x-mindkeep-bytes') ?? ''
    const name = nameInHeader(request.headers.get('x-mindkeep-name') ?? undefined)
    const changed = changedInHeader(request.headers.get('x-mindkeep-changed') ?? undefined)
    if (name === null || changed === null || !/^\d{1,15}$/.test(length)) return answer(400, 'REQUEST_REFUSED')
    const body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = request.body ?? []
    return sent(await bridge.receive({ name, bytes: Number(length), changed }, body))
  }

  const download = async ({ method, headers }: Request, ticket: string): Promise<Response> => {
    if (method === 'POST') return await save(headers, ticket)
    if (method !== 'GET') return answer(405, 'REQUEST_REFUSED')
    const file = await bridge.take(ticket)
    return file === undefined ? answer(404, 'NO_SUCH_FILE') : shown(file)
  }

  /** Asked first and taken then: who cancels can still use the ticket. */
  const save = async (headers: Headers, ticket: string): Promise<Response> => {
    const name = nameInHeader(headers.get('x-mindkeep-name') ?? undefined)
    if (name === null) return answer(400, 'REQUEST_REFUSED')
    const where = await chooseWhere(name)
    if (where === undefined) return sent({ ok: true, value: { saved: false } })
    const file = await bridge.take(ticket)
    if (file === undefined) return answer(404, 'NO_SUCH_FILE')
    try {
      await saveWhole(where, file.chunks)
      return sent({ ok: true, value: { saved: true } })
    } catch {
      // Why is between the person and their disk; the error would name the path.
      return answer(500, 'FILE_NOT_SAVED')
    } finally {
      file.over()
    }
  }

  return (request, path) => {
    const ticket = /^download\/([\w-]{32})$/.exec(path)?.[1]
    if (path !== 'upload' && ticket === undefined) return undefined
    if (!isFromOurPage(request, currentWindow())) return Promise.resolve(answer(403, 'REQUEST_REFUSED'))
    return ticket === undefined ? upload(request) : download(request, ticket)
  }
}

/** Requests from frames inside a page never come so far (security.ts); these two headers Chromium may leave out. */
function isFromOurPage({ headers }: Request, window: BrowserWindow | undefined): boolean {
  if (window === undefined || !isOurs(window.webContents.getURL())) return false
  return (
    (headers.get('origin') ?? origin) === origin && (headers.get('sec-fetch-site') ?? 'same-origin') === 'same-origin'
  )
}

/** Read from the core only as fast as the page reads it. */
function shown({ name, media, bytes, chunks, over }: Arriving): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: over,
    },
    { highWaterMark: 0 },
  )
  const headers = { ...pageHeaders, ...downloadHeaders({ name, media }), 'Content-Length': String(bytes) }
  return new Response(body, { headers })
}

const sent = (reply: Reply, status = reply.ok ? 200 : 400): Response =>
  Response.json(reply, { status, headers: pageHeaders })
const answer = (status: number, code: ErrorCode): Response =>
  sent({ ok: false, error: new AppError(code).toShape() }, status)
