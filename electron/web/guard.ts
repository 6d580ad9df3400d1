// Decides what may happen with a request from its head alone, before a byte of its body is read. It refuses whatever it
// does not know: other hosts, other origins, other methods, other shapes. It runs nothing itself.
import { createHash, timingSafeEqual } from 'node:crypto'
import { api, isMethodName } from '../../shared/api/api.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { changedInHeader, nameInHeader } from '../../shared/page-files.ts'
import type { Clock } from '../core/ports.ts'
import type { Head } from './head.ts'
import { createBucket } from './limits.ts'
import type { BrowserSession, BrowserSessions } from './browser-session.ts'

const largestBody = 64 * 1024
const mostHeaders = 64

export type Verdict =
  | { readonly do: 'file'; readonly path: string }
  | { readonly do: 'sign-in' }
  | { readonly do: 'call'; readonly method: string }
  | { readonly do: 'events'; readonly session: BrowserSession }
  | { readonly do: 'upload'; readonly name: string; readonly bytes: number; readonly changed?: number | undefined }
  | { readonly do: 'download'; readonly ticket: string }
  | Refusal

export interface Refusal {
  readonly do: 'refuse'
  readonly status: number
  readonly code: ErrorCode
}

interface GuardParts {
  readonly clock: Clock
  readonly sessions: BrowserSessions
  readonly hasFile: (path: string) => boolean
  /** `<random>.localhost:port`, the only Host answered. */
  readonly host: string
}

export type Guard = (head: Head) => Verdict

const refuse = (status: number, code: ErrorCode = 'REQUEST_REFUSED'): Refusal => ({ do: 'refuse', status, code })

export function createGuard({ clock, sessions, hasFile, host }: GuardParts): Guard {
  const origin = `http://${host}`
  // Generous, since a page of thirty files may be loaded again and again: it bounds the work of a flood, no more.
  const strangers = createBucket({ clock }, { burst: 600, perSecond: 200 })
  const signIns = createBucket({ clock }, { burst: 10, perSecond: 0.2 })

  /** Host first: whoever does not know our name learns nothing but that this is not theirs. */
  const checkAddress = (head: Head): Refusal | null => {
    const hosts = head.all('host')
    const [only] = hosts
    return only !== undefined && hosts.length === 1 && sameText(only, host) ? null : refuse(421)
  }

  const checkOrigin = (head: Head): Refusal | null => {
    const given = head.get('origin')
    if (given === undefined) return head.method === 'POST' ? refuse(403) : null
    return sameText(given, origin) ? null : refuse(403)
  }

  const route = (head: Head): Verdict => {
    if (hasFile(head.target)) return head.method === 'POST' ? refuse(405) : { do: 'file', path: head.target }
    if (head.target.startsWith('/download/')) return download(head)
    if (!head.target.startsWith('/api/')) return refuse(404)
    const name = head.target.slice('/api/'.length)
    // Only the shape is judged here; whether there is such a method is the api table's to say.
    if (!/^[A-Za-z]+(\.[A-Za-z]+)*$/.test(name)) return refuse(404, 'UNKNOWN_METHOD')
    const cameByScript = checkFetchedByScript(head)
    if (cameByScript !== null) return cameByScript
    if (name === 'session') return head.method === 'POST' ? signIn(head) : refuse(405)
    if (name === 'events') return head.method === 'GET' ? listen(head) : refuse(405)
    if (name === 'upload') return head.method === 'POST' ? upload(head) : refuse(405)
    return head.method === 'POST' ? call(head, name) : refuse(405)
  }

  const signIn = (head: Head): Verdict => {
    const unreadable = checkBody(head, largestBody)
    if (unreadable !== null) return unreadable
    return signIns.take() ? { do: 'sign-in' } : refuse(429, 'TOO_MANY_REQUESTS')
  }

  const signedIn = (head: Head): BrowserSession | Refusal => {
    const session = sessions.find({ cookie: head.get('cookie'), tab: head.get('x-mindkeep-tab') })
    if (session === null) return refuse(401, 'NOT_SIGNED_IN')
    return session.requests.take() ? session : refuse(429, 'TOO_MANY_REQUESTS')
  }

  const listen = (head: Head): Verdict => {
    const session = signedIn(head)
    return 'do' in session ? session : { do: 'events', session }
  }

  const call = (head: Head, name: string): Verdict => {
    const unreadable = checkBody(head, isMethodName(name) ? (api[name].largestBody ?? largestBody) : largestBody)
    if (unreadable !== null) return unreadable
    const session = signedIn(head)
    if ('do' in session) return session
    return { do: 'call', method: name }
  }

  /** A person may drop many files at once: how many run side by side is bounded, not how many come. */
  const upload = (head: Head): Verdict => {
    if (head.get('content-type') !== 'application/octet-stream') return refuse(415)
    const length = head.get('content-length')
    if (length === undefined) return refuse(411)
    if (!/^\d{1,15}$/.test(length)) return refuse(413, 'TOO_LARGE')
    const name = nameInHeader(head.get('x-mindkeep-name'))
    const changed = changedInHeader(head.get('x-mindkeep-changed'))
    if (name === null || changed === null) return refuse(400)
    const session = sessions.find({ cookie: head.get('cookie'), tab: head.get('x-mindkeep-tab') })
    return session === null ? refuse(401, 'NOT_SIGNED_IN') : { do: 'upload', name, bytes: Number(length), changed }
  }

  /** A link cannot send the tab's header. The ticket stands in for it: it is as hard to guess, and good for one use. */
  const download = (head: Head): Verdict => {
    if (head.method !== 'GET') return refuse(405)
    const ticket = head.target.slice('/download/'.length)
    if (!/^[\w-]{32}$/.test(ticket)) return refuse(404)
    return sessions.knows(head.get('cookie')) ? { do: 'download', ticket } : refuse(401, 'NOT_SIGNED_IN')
  }

  return (head) => {
    const misplaced = checkAddress(head)
    if (misplaced !== null) return misplaced
    // Strangers share one bucket, so that a signed-in page is never locked out by somebody else's flood.
    const known = sessions.find({ cookie: head.get('cookie'), tab: head.get('x-mindkeep-tab') }) !== null
    if (!known && !strangers.take()) return refuse(429, 'TOO_MANY_REQUESTS')
    return checkShape(head) ?? checkFetchSite(head) ?? checkOrigin(head) ?? route(head)
  }
}

/** What no browser sends to us, and what a smuggled or tunnelled request needs. */
function checkShape(head: Head): Refusal | null {
  if (!['GET', 'HEAD', 'POST'].includes(head.method)) return refuse(405)
  if (head.version !== '1.1') return refuse(505)
  if (head.headerCount > mostHeaders) return refuse(431)
  if (head.repeated.length > 0) return refuse(400)
  if (!/^\/[\x21-\x7e]{0,255}$/.test(head.target)) return refuse(400)
  if (head.get('expect') !== undefined) return refuse(417)
  if (head.get('upgrade') !== undefined) return refuse(403)
  if (head.get('service-worker') !== undefined) return refuse(403)
  if (head.get('transfer-encoding') !== undefined) return refuse(411)
  if (head.get('content-encoding') !== undefined) return refuse(415)
  if (head.method !== 'POST' && (head.get('content-length') ?? '0') !== '0') return refuse(400)
  return null
}

/**
 * Fetch Metadata: other sites may do one thing, open our start page in a window of its own, which is how the link in a
 * file or another program arrives. A browser too old to send the header still meets Origin, cookie and tab token.
 */
function checkFetchSite(head: Head): Refusal | null {
  const site = head.get('sec-fetch-site')
  if (site === undefined || site === 'same-origin') return null
  const opensStartPage =
    head.target === '/' &&
    head.method === 'GET' &&
    head.get('sec-fetch-mode') === 'navigate' &&
    head.get('sec-fetch-dest') === 'document' &&
    ['none', 'cross-site', 'same-site'].includes(site)
  return opensStartPage ? null : refuse(403)
}

/** Api answers are for `fetch` alone: never a page, a frame, an image or a script. */
function checkFetchedByScript(head: Head): Refusal | null {
  const mode = head.get('sec-fetch-mode')
  const dest = head.get('sec-fetch-dest')
  if (mode !== undefined && mode !== 'cors' && mode !== 'same-origin') return refuse(403)
  return dest === undefined || dest === 'empty' ? null : refuse(403)
}

function checkBody(head: Head, most: number): Refusal | null {
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(head.get('content-type') ?? '')) return refuse(415)
  const length = head.get('content-length')
  if (length === undefined) return refuse(411)
  if (!/^\d{1,9}$/.test(length) || Number(length) > most) return refuse(413, 'TOO_LARGE')
  return null
}

/** Digests first, so that neither the content nor the length of a guess shows in the time it takes. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
