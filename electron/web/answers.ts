// Puts an answer on the wire. Every answer carries every header that the page's files do: refusals too, also of a request
// so broken that the parser never made one of it.
import type { ServerResponse } from 'node:http'
import { type Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Reply } from '../../shared/api/api.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { downloadHeaders, pageHeaders } from '../../shared/page-files.ts'
import type { Outgoing } from '../core/app.ts'
import type { PageFile } from './files.ts'

function send(response: ServerResponse, type: string, body: Buffer): void {
  response.writeHead(response.statusCode, { ...pageHeaders, 'Content-Type': type, 'Content-Length': body.length })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

export const sendFile = (response: ServerResponse, { type, body }: PageFile): void => send(response, type, body)

/**
 * What goes out is what others have written. It is saved, never shown: should a browser show it all the same, it has no
 * origin, no scripts and no way out. Pictures keep their type, so that the page can place them in a picture element.
 */
export async function sendDownload(
  response: ServerResponse,
  { name, media, bytes, chunks, over }: Outgoing,
): Promise<void> {
  response.writeHead(200, { ...pageHeaders, ...downloadHeaders({ name, media }), 'Content-Length': bytes })
  try {
    await pipeline(Readable.from(chunks()), response)
  } finally {
    over?.()
  }
}

export function sendReply(response: ServerResponse, status: number, reply: Reply): void {
  response.statusCode = status
  send(response, jsonType, Buffer.from(JSON.stringify(reply)))
}

export function sendRefusal(response: ServerResponse, status: number, code: ErrorCode): void {
  // The rest of a refused request is not worth reading, so the connection ends with the answer.
  response.setHeader('Connection', 'close')
  if (status === 405) response.setHeader('Allow', 'GET, HEAD, POST')
  sendReply(response, status, refusal(code))
}

/** What the parser gave up on, by its error. */
export function refuseUnparsed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'HPE_HEADER_OVERFLOW') refuseRaw(socket, 431)
  else refuseRaw(socket, error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400)
}

export function refuseRaw(socket: Duplex, status: number): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(refusal('REQUEST_REFUSED'))
  const headers = {
    ...pageHeaders,
    'Content-Type': jsonType,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`)
}

const jsonType = 'application/json; charset=utf-8'
const refusal = (code: ErrorCode): Reply => ({ ok: false, error: new AppError(code).toShape() })
