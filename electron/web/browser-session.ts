// Who may speak to this server. A start link works once and only for a while; it is exchanged for a cookie that scripts
// cannot read *and* a token that only the tab knows, and a request needs both. Secrets are kept as digests and compared
// in constant time; none is ever logged.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../core/ports.ts'
import { type Bucket, createBucket } from './limits.ts'

const cookieName = 'mindkeep'
const startTokenLife = 30 * 60 * 1000
const mostStartTokens = 16
const mostSessions = 8
const mostTabs = 64

export interface BrowserSession {
  readonly requests: Bucket
}

export interface SignedIn {
  readonly tab: string
  /** The cookie to set; null when the browser already holds the cookie of a running session. */
  readonly setCookie: string | null
}

export interface Credentials {
  readonly cookie: string | undefined
  readonly tab: string | undefined
}

export interface BrowserSessions {
  readonly newStartToken: () => string
  readonly signIn: (token: string, cookie: string | undefined) => SignedIn | null
  readonly find: (credentials: Credentials) => BrowserSession | null
  /** Whether this is the browser of somebody who is signed in, whichever tab it is. */
  readonly knows: (cookie: string | undefined) => boolean
}

interface Kept extends BrowserSession {
  readonly cookie: Buffer
  readonly tabs: Buffer[]
}

export function createBrowserSessions({ clock }: { readonly clock: Clock }): BrowserSessions {
  const startTokens: { readonly digest: Buffer; readonly until: number }[] = []
  const sessions: Kept[] = []

  const byCookie = (header: string | undefined): Kept | undefined => {
    const secret = readCookie(header)
    if (secret === null) return undefined
    const digest = digestOf(secret)
    return sessions.find((session) => timingSafeEqual(session.cookie, digest))
  }

  const spend = (token: string): boolean => {
    const digest = digestOf(token)
    const at = startTokens.findIndex((start) => timingSafeEqual(start.digest, digest))
    const [start] = at < 0 ? [] : startTokens.splice(at, 1)
    return start !== undefined && clock.now().getTime() <= start.until
  }

  return {
    newStartToken() {
      const token = newSecret()
      pushBounded(
        startTokens,
        { digest: digestOf(token), until: clock.now().getTime() + startTokenLife },
        mostStartTokens,
      )
      return token
    },

    signIn(token, cookieHeader) {
      if (!spend(token)) return null
      const tab = newSecret()
      const known = byCookie(cookieHeader)
      if (known !== undefined) {
        // A second tab of the same browser shares its cookie; a new one would sign the first tab out.
        pushBounded(known.tabs, digestOf(tab), mostTabs)
        return { tab, setCookie: null }
      }
      const cookie = newSecret()
      const requests = createBucket({ clock }, { burst: 200, perSecond: 50 })
      pushBounded(sessions, { cookie: digestOf(cookie), tabs: [digestOf(tab)], requests }, mostSessions)
      return { tab, setCookie: `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict` }
    },

    knows: (cookie) => byCookie(cookie) !== undefined,

    find({ cookie, tab }) {
      const session = byCookie(cookie)
      if (session === undefined || tab === undefined) return null
      const digest = digestOf(tab)
      return session.tabs.some((kept) => timingSafeEqual(kept, digest)) ? session : null
    },
  }
}

/** Our cookie's value; null when it is missing, or there twice (another server on a sibling name can set one). */
function readCookie(header: string | undefined): string | null {
  const ours = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair === cookieName || pair.startsWith(`${cookieName}=`))
  const [only] = ours
  if (only === undefined || ours.length !== 1) return null
  return only.slice(cookieName.length + 1)
}

function pushBounded<T>(list: T[], entry: T, most: number): void {
  list.push(entry)
  if (list.length > most) list.shift()
}

const newSecret = (): string => randomBytes(32).toString('base64url')
const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
