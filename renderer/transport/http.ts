// The transport of a browser tab: calls over POST, events over one streamed GET that is opened again when it breaks.
// The tab's key goes along as a header on every request; a cookie alone is never enough.
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { AppError } from '../../shared/errors.ts'
import { readEvents } from './eventStream.ts'
import { asReply, failure } from './replies.ts'
import type { Link, Transport } from './transport.ts'
import { createUpload } from './upload.ts'

interface HttpParts {
  readonly origin: string
  /** The tab's key; null when this page was never given one. */
  readonly tab: string | null
  readonly fetch: typeof fetch
  /** How long to wait before the n-th new try, in milliseconds. */
  readonly wait?: (tries: number) => number
}

const fewTries = 2
const growing = (tries: number) => Math.min(8000, 400 * 2 ** tries)

export function createHttpTransport({ origin, tab, fetch, wait = growing }: HttpParts): Transport {
  const headers = { 'x-mindkeep-tab': tab ?? '' }

  const call = async (method: string, input: unknown): Promise<Reply> => {
    try {
      const response = await fetch(`${origin}/api/${method}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(input),
        credentials: 'same-origin',
      })
      return asReply(await response.json())
    } catch {
      // No answer, or one that is not ours: either way the host cannot be reached from here.
      return failure('UNREACHABLE')
    }
  }

  const listen = (onEvent: (event: AppEvent) => void, onLink: (link: Link) => void) => {
    const stop = new AbortController()
    const run = async () => {
      for (let tries = 0; !stop.signal.aborted; tries += 1) {
        let answered = false
        try {
          const response = await fetch(`${origin}/api/events`, {
            headers,
            credentials: 'same-origin',
            signal: stop.signal,
          })
          answered = true
          if (response.status === 401 || response.status === 403) return onLink('signed-out')
          if (!response.ok || response.body === null) throw new AppError('UNREACHABLE')
          onLink('open')
          tries = 0
          for await (const event of readEvents(response.body)) onEvent(event as AppEvent)
        } catch {
          // The line broke or could not be opened; what follows tells the page and tries again.
        }
        if (stop.signal.aborted) return
        // A host that answers is not gone, even when it has no room for one more stream.
        onLink(tries >= fewTries && !answered ? 'gone' : 'lost')
        await pause(wait(tries), stop.signal)
      }
    }
    if (tab === null) onLink('signed-out')
    else void run()
    return () => stop.abort()
  }

  return { call, listen, upload: createUpload({ origin, headers }) }
}

interface SignInParts {
  readonly origin: string
  readonly fetch: typeof fetch
  /** `location.hash` as the page was opened. */
  readonly fragment: string
  /** Takes the start token out of the address bar and the history. */
  readonly clearFragment: () => void
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
}

const tabKey = 'mindkeep.tab'

/** Exchanges the start token for this tab's key, or finds the key from before a reload. */
export async function signIn({ origin, fetch, fragment, clearFragment, storage }: SignInParts): Promise<string | null> {
  const token = /^#start=([A-Za-z0-9_-]+)$/.exec(fragment)?.[1]
  if (token === undefined) return storage.getItem(tabKey)
  clearFragment()
  try {
    const response = await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      credentials: 'same-origin',
    })
    const reply = asReply(await response.json())
    const tab = reply.ok ? (reply.value as { readonly tab: string }).tab : null
    if (tab !== null) storage.setItem(tabKey, tab)
    // A start link is good once. Opened again in the same tab, the key from the first time still counts.
    return tab ?? storage.getItem(tabKey)
  } catch {
    return storage.getItem(tabKey)
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
