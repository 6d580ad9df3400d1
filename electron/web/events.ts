// Streams what the core tells its hosts to every signed-in tab, as server-sent events. A tab that does not read is cut
// off rather than buffered for; it reconnects and asks for the state anew.
import type { ServerResponse } from 'node:http'
import type { AppEvent } from '../../shared/api/events.ts'
import { pageHeaders } from '../../shared/page-files.ts'
import type { Clock } from '../core/ports.ts'
import type { BrowserSession } from './browser-session.ts'

const heartbeat = 15_000
/** A few hundred events; a reader this far behind has stopped reading. */
const mostWaiting = 256 * 1024
/** Browsers open six connections per host: streams must leave some of them for calls. */
const mostPerSession = 4
const mostStreams = 32

interface EventStreamParts {
  readonly clock: Clock
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
}

export interface EventStreams {
  /** Answers with a stream; false when there are too many already. */
  readonly open: (session: BrowserSession, response: ServerResponse) => boolean
  readonly close: () => void
}

export function createEventStreams({ clock, onEvent }: EventStreamParts): EventStreams {
  const streams = new Map<ServerResponse, { readonly session: BrowserSession; readonly end: () => void }>()

  const open = (session: BrowserSession, response: ServerResponse): boolean => {
    const ofSession = [...streams.values()].filter((stream) => stream.session === session).length
    if (ofSession >= mostPerSession || streams.size >= mostStreams) return false

    const write = (text: string): void => {
      if (response.writableLength > mostWaiting) response.destroy()
      else response.write(text)
    }
    let stopHeartbeat: (() => void) | undefined
    const beat = (): void => {
      stopHeartbeat = clock.after(heartbeat, () => {
        write(': still here\n\n')
        beat()
      })
    }
    const stopEvents = onEvent((event) => write(`data: ${JSON.stringify(event)}\n\n`))
    const end = (): void => {
      streams.delete(response)
      stopEvents()
      stopHeartbeat?.()
    }

    response.writeHead(200, { ...pageHeaders, 'Content-Type': 'text/event-stream; charset=utf-8' })
    response.flushHeaders()
    response.once('close', end)
    streams.set(response, { session, end })
    beat()
    return true
  }

  return {
    open,
    close() {
      for (const [response, { end }] of streams) {
        end()
        response.end()
      }
    },
  }
}
