// A typed client of the api table over whichever transport the page has, and how the page finds out which one that is.
import type { Input, MethodName, Output } from '../../shared/api/api.ts'
import type { AppEvent, EventName } from '../../shared/api/events.ts'
import { AppError, type ErrorShape, errorMessages } from '../../shared/errors.ts'
import { type Bridge, createDesktopTransport } from '../transport/desktop.ts'
import { createHttpTransport, signIn } from '../transport/http.ts'
import type { Link, Transport } from '../transport/transport.ts'
import type { UploadHow } from '../transport/upload.ts'

export type Payload<E extends EventName> = Extract<AppEvent, { event: E }>['payload']

export interface Client {
  /** Rejects with an AppError when the core answers with a code. */
  readonly call: <M extends MethodName>(method: M, input: Input<M>) => Promise<Output<M>>
  /** Answers the handle by which the core knows the file. Rejects like `call`. */
  readonly upload: (file: Blob, name: string, how: UploadHow) => Promise<string>
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
  readonly onLink: (listener: (link: Link) => void) => () => void
  readonly link: () => Link
}

declare global {
  interface Window {
    readonly mindkeep?: Bridge
  }
}

/** A browser lets 64 KiB outlive the page. */
const isShort = (body: unknown): boolean => typeof body === 'string' && body.length <= 21_000

/** The desktop window brings its own bridge; a browser tab signs in with the token of its start link. */
export async function pickTransport(page: Window): Promise<Transport> {
  const { origin, pathname, hash } = page.location
  const send: typeof fetch = (input, init) =>
    // What a page sends while it is being closed arrives all the same, unless it is long.
    page.fetch(input, { ...init, keepalive: page.document.visibilityState === 'hidden' && isShort(init?.body) })
  if (page.mindkeep !== undefined) return createDesktopTransport({ bridge: page.mindkeep, origin, fetch: send })
  const tab = await signIn({
    origin,
    fetch: send,
    fragment: hash,
    clearFragment: () => page.history.replaceState(null, '', pathname),
    storage: page.sessionStorage,
  })
  return createHttpTransport({ origin, tab, fetch: send })
}

export function createClient({ transport }: { readonly transport: Transport }): Client {
  const onEvents = new Set<(event: AppEvent) => void>()
  const onLinks = new Set<(link: Link) => void>()
  let current: Link = 'connecting'
  transport.listen(
    (event) => {
      for (const listener of onEvents) listener(event)
    },
    (link) => {
      if (link === current) return
      current = link
      for (const listener of onLinks) listener(link)
    },
  )
  return {
    call: async (method, input) => {
      const reply = await transport.call(method, input)
      if (!reply.ok) throw new AppError(reply.error.code, reply.error.details)
      return reply.value as Output<typeof method>
    },
    upload: async (file, name, how) => {
      const reply = await transport.upload(file, name, how)
      if (!reply.ok) throw new AppError(reply.error.code, reply.error.details)
      return (reply.value as { readonly handle: string }).handle
    },
    onEvent: (listener) => subscribe(onEvents, listener),
    onLink: (listener) => subscribe(onLinks, listener),
    link: () => current,
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const shapeOf = (error: unknown): ErrorShape =>
  error instanceof AppError ? error.toShape() : { code: 'INTERNAL', message: errorMessages.INTERNAL, details: {} }
