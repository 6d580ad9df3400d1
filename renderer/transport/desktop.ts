// The transport of the desktop window: the two functions its preload script exposes, and files over the window's own
// scheme.
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { asReply, failure } from './replies.ts'
import type { Transport } from './transport.ts'
import { type Upload, headersOf, whyNot } from './upload.ts'

export interface Bridge {
  readonly call: (method: string, input: unknown) => Promise<Reply>
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
}

interface DesktopParts {
  readonly bridge: Bridge
  /** Of the window's own page. */
  readonly origin: string
  readonly fetch: typeof fetch
}

export function createDesktopTransport({ bridge, origin, fetch }: DesktopParts): Transport {
  return {
    call: (method, input) => bridge.call(method, input),
    upload: createUpload({ origin, fetch }),
    listen: (onEvent, onLink) => {
      const stop = bridge.onEvent(onEvent)
      onLink('open')
      return stop
    },
  }
}

/** As a stream: Electron would take a whole file into memory, and tell XMLHttpRequest nothing of how far it is. */
function createUpload({ origin, fetch }: Omit<DesktopParts, 'bridge'>): Upload {
  return async (file, name, { signal, onProgress }) => {
    let sent = 0
    const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        sent += piece.byteLength
        onProgress(sent)
        controller.enqueue(piece)
      },
    })
    const request = {
      method: 'POST',
      // A stream says nothing of how long it is.
      headers: { ...headersOf(file, name), 'x-mindkeep-bytes': String(file.size) },
      body: file.stream().pipeThrough(counting),
      duplex: 'half',
      signal,
    }
    try {
      return asReply(await (await fetch(`${origin}/upload`, request)).json())
    } catch {
      return signal.aborted ? failure('CANCELLED') : await whyNot(file)
    }
  }
}

interface SaveParts {
  readonly fetch: typeof fetch
  readonly address: string
  readonly name: string
}

/** A window takes no downloads: its main process asks where, and writes.. */
export async function askWhereToSave({ fetch, address, name }: SaveParts): Promise<Reply> {
  const headers = { 'x-mindkeep-name': encodeURIComponent(name.toWellFormed()) }
  try {
    return asReply(await (await fetch(address, { method: 'POST', headers })).json())
  } catch {
    return failure('UNREACHABLE')
  }
}
