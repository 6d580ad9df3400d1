// The page's way to the core: a typed client over the api table, and the hooks that screens use. Answers are cached and
// refreshed by the vault's own events; what a person types in secret is never cached, and locking drops the rest.
import { type QueryClient, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Input, MethodName, Output } from '../shared/api/api.ts'
import type { AppEvent, EventName } from '../shared/api/events.ts'
import type { Job } from '../shared/api/jobs.ts'
import type { Strength } from '../shared/api/vault.ts'
import { AppError, type ErrorShape, errorMessages } from '../shared/errors.ts'
import { type Bridge, askWhereToSave, createDesktopTransport } from './transport/desktop.ts'
import { createHttpTransport, signIn } from './transport/http.ts'
import type { Link, Transport } from './transport/transport.ts'
import type { UploadHow } from './transport/upload.ts'

export type { Link } from './transport/transport.ts'

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

/** What the core tells anyone while the vault is locked; everything else came out of the vault. */
const keptWhileLocked: readonly MethodName[] = [
  'app.about',
  'appearance.get',
  'vault.status',
  'backups.list',
  'jobs.list',
]

/** Called after the screens of an open vault have left the page. */
export function dropVaultData(cache: QueryClient): void {
  const ofVault = {
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => !keptWhileLocked.includes(queryKey[0] as MethodName),
  }
  void cache.cancelQueries(ofVault)
  cache.removeQueries(ofVault)
}

/** Work may go on while the vault is locked. What came of work that has ended may say what is in the vault. */
function forgetResults(cache: QueryClient): void {
  cache.setQueryData<readonly Job[]>(['jobs.list', {}], (jobs) =>
    jobs?.map((job) => (job.endedAt === null ? job : { ...job, result: null })),
  )
}

/** Keeps cached answers true to what the core says has happened. */
export function followEvents(client: Client, cache: QueryClient): void {
  client.onEvent((event) => {
    switch (event.event) {
      case 'vault.changed':
        learn(cache, 'vault.status', event.payload)
        if (event.payload.state !== 'unlocked') forgetResults(cache)
        break
      case 'appearance.changed':
        learn(cache, 'appearance.get', event.payload)
        break
      case 'settings.changed':
        learn(cache, 'settings.get', event.payload)
        break
      case 'job.changed':
        learnOfJob(client, cache, event.payload)
        break
      case 'ledger.appended':
        void cache.invalidateQueries({ queryKey: ['ledger.list'] })
        break
      case 'backups.changed':
        void cache.invalidateQueries({ queryKey: ['backups.list'] })
        break
      case 'library.changed':
        void askLibraryAnew(cache)
        break
      case 'imports.changed':
        void cache.invalidateQueries({ queryKey: ['imports.list'] })
        void cache.invalidateQueries({ queryKey: ['imports.get'] })
        break
      case 'vault.lockSoon':
        // Nothing cached changes; LockSoon listens for itself.
        break
    }
  })
  // What happened before the line was open, or while it was down, nobody heard of here; so ask again.
  client.onLink((link) => {
    if (link === 'open') askAnew(cache)
  })
}

/** After an act of the person's own, whose effect is to be seen at once; what others do is told by events. */
export const askLibraryAnew = (cache: QueryClient): Promise<void> =>
  cache.invalidateQueries({ predicate: ({ queryKey }) => /^(?:library|search)\./.test(String(queryKey[0])) })

function askAnew(cache: QueryClient): void {
  const first = cache.getQueryCache().findAll({
    fetchStatus: 'fetching',
    predicate: ({ state }) => state.data === undefined,
  })
  void cache.invalidateQueries()
  for (const { queryKey, promise } of first) {
    // A first answer on its way may be older than the line, and cannot be called off without failing its screen.
    const again = () => cache.invalidateQueries({ queryKey, exact: true })
    void promise?.then(again, again)
  }
}

/** What was asked before the event and is answered after it is old news, and must not win. */
function learn<M extends MethodName>(cache: QueryClient, method: M, answer: Output<M>): void {
  const queryKey = [method, {}]
  void cache.cancelQueries({ queryKey, exact: true }, { revert: false, silent: true })
  cache.setQueryData(queryKey, answer)
}

/** One job says nothing of the others, so whatever is being asked meanwhile is asked once more. */
function learnOfJob(client: Client, cache: QueryClient, changed: Job): void {
  const queryKey = ['jobs.list', {}]
  const asked = cache.getQueryState<readonly Job[]>(queryKey)
  // Whoever asks first from now on hears of this job as well.
  if (asked === undefined) return
  const again = () => cache.invalidateQueries({ queryKey })
  if (asked.data === undefined) {
    // The first answer cannot be called off without failing the screen that waits for it.
    void cache.fetchQuery({ queryKey, queryFn: () => client.call('jobs.list', {}) }).then(again, again)
    return
  }
  // In its old place, so that no row moves away under the pointer or the focus.
  const known = asked.data.some(({ id }) => id === changed.id)
  cache.setQueryData(
    queryKey,
    known ? asked.data.map((job) => (job.id === changed.id ? changed : job)) : [...asked.data, changed],
  )
  if (asked.fetchStatus === 'fetching') void again()
}

export const ClientContext = createContext<Client | null>(null)

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('A screen was drawn outside of ClientContext')
  return client
}

/** An answer of the core, kept fresh by events. Suspends until the first one is here. */
export function useAnswer<M extends MethodName>(method: M, input: Input<M>): Output<M> {
  const client = useClient()
  return useSuspenseQuery({ queryKey: [method, input], queryFn: () => client.call(method, input) }).data
}

/** Asks once more when the person comes back to the page: for what can change without an event. */
export function useAskOnReturn(method: MethodName): void {
  const cache = useQueryClient()
  useEffect(() => {
    const ask = () => void cache.invalidateQueries({ queryKey: [method] })
    window.addEventListener('focus', ask)
    return () => window.removeEventListener('focus', ask)
  }, [cache, method])
}

export interface Attempt<T> {
  readonly answer: T | undefined
  /** Why there is no answer yet. */
  readonly error: ErrorShape | null
  /** Why the answer was not to be had again: what it told of may be gone. */
  readonly lost: ErrorShape | null
  readonly again: () => void
}

/** An answer whose failure the screen shows itself, with a way to ask again. */
export function useAttempt<M extends MethodName>(method: M, input: Input<M>): Attempt<Output<M>> {
  const client = useClient()
  const { data, error, refetch } = useQuery({
    queryKey: [method, input],
    queryFn: () => client.call(method, input),
  })
  const failed = error === null ? null : shapeOf(error)
  return {
    answer: data,
    error: data === undefined ? failed : null,
    lost: data === undefined ? null : failed,
    again: () => void refetch(),
  }
}

export function useEvent<E extends EventName>(name: E, listener: (payload: Payload<E>) => void): void {
  const client = useClient()
  const latest = useEffectEvent(listener)
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.event === name) latest(event.payload as Payload<E>)
      }),
    [client, name],
  )
}

export interface Action<A extends readonly unknown[]> {
  /** Resolves to whether it went well; the error, if any, is in `error`. */
  readonly run: (...args: A) => Promise<boolean>
  readonly busy: boolean
  readonly error: ErrorShape | null
  readonly clear: () => void
}

/** One act of the person: busy while it runs, and its error as a shape to show. Nothing of its input is remembered. */
export function useAction<A extends readonly unknown[]>(act: (...args: A) => Promise<unknown>): Action<A> {
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: ErrorShape | null }>({
    busy: false,
    error: null,
  })
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const run = useCallback(async (...args: A) => {
    setState({ busy: true, error: null })
    try {
      await latest.current(...args)
      setState({ busy: false, error: null })
      return true
    } catch (error) {
      setState({ busy: false, error: shapeOf(error) })
      return false
    }
  }, [])
  const clear = useCallback(() => setState({ busy: false, error: null }), [])
  return { run, ...state, clear }
}

/**
 * How strong what is being typed is, and a suggestion on demand. Asked for after a short rest, not at every key; `measure`
 * does not wait for one.
 */
export function usePassphraseHelp(typed: string) {
  const client = useClient()
  const [strength, setStrength] = useState<Strength | null>(null)
  useEffect(() => {
    if (typed === '') return undefined
    let stale = false
    const timer = setTimeout(async () => {
      const measured = await client.call('vault.measurePassphrase', { passphrase: typed }).catch(() => null)
      if (!stale) setStrength(measured)
    }, 150)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [client, typed])
  const measure = () => client.call('vault.measurePassphrase', { passphrase: typed }).catch(() => null)
  const suggest = async () => {
    const suggested = await client.call('vault.suggestPassphrase', {}).catch(() => null)
    return suggested?.passphrase ?? null
  }
  return { strength: typed === '' ? null : strength, measure, suggest }
}

const downloadTime = 60_000

/** Saves a recovery kit as a text file: through the desktop's own dialog, or as a download where there is none. */
export function useSaveKit(draft: string) {
  const client = useClient()
  const { canSaveFiles } = useAnswer('app.about', {})
  const [saved, setSaved] = useState(false)
  const write = async (name: string, text: string): Promise<boolean> => {
    if (canSaveFiles) return (await client.call('vault.saveKit', { draft, text, name })).saved
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
    link.download = name
    link.click()
    // The browser may read it a good while after the click.
    setTimeout(() => URL.revokeObjectURL(link.href), downloadTime)
    return true
  }
  // A change of mind takes nothing back: what was saved before is still there.
  const { run, busy, error } = useAction(async (name: string, text: string) => {
    if (await write(name, text)) setSaved(true)
  })
  return { save: run, saved, busy, error }
}

/** Relative, so that it is asked of whichever host showed the page. */
const addressOf = (ticket: string): string => `download/${encodeURIComponent(ticket)}`

/** What a ticket stands for, to be shown here. */
export async function fetchTicket(ticket: string): Promise<Blob> {
  const response = await window.fetch(addressOf(ticket), { credentials: 'same-origin' })
  if (!response.ok) throw new AppError('NO_SUCH_FILE')
  return response.blob()
}

/** What a ticket stands for, to be saved where the person wants it. False when they cancel: the ticket is still good. */
export async function saveTicket(ticket: string, name: string): Promise<boolean> {
  if (window.mindkeep !== undefined) {
    const send: typeof fetch = (input, init) => window.fetch(input, init)
    const reply = await askWhereToSave({ fetch: send, address: addressOf(ticket), name })
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.details)
    return (reply.value as { readonly saved: boolean }).saved
  }
  const link = document.createElement('a')
  link.href = addressOf(ticket)
  link.download = name
  link.click()
  return true
}

/**
 * An act that goes on as a job: busy until the job has ended, and its error is the act's own. `onEnd` is told once that the
 * job was done or stopped.
 */
export function useJobAction<A extends readonly unknown[]>(
  start: (...args: A) => Promise<{ readonly job: string }>,
  onEnd: () => void,
): Action<A> & { readonly job: Job | null } {
  const [started, setStarted] = useState<string | null>(null)
  const action = useAction(async (...args: A) => {
    setStarted(null)
    setStarted((await start(...args)).job)
  })
  const job = useAnswer('jobs.list', {}).find(({ id }) => id === started) ?? null
  const ended = job?.state === 'done' || job?.state === 'cancelled'
  const tell = useEffectEvent(onEnd)
  useEffect(() => {
    if (ended) tell()
  }, [ended])
  return {
    ...action,
    busy: action.busy || job?.state === 'running' || job?.state === 'paused',
    error: action.error ?? (job?.state === 'failed' ? job.error : null),
    clear: () => {
      setStarted(null)
      action.clear()
    },
    job,
  }
}

/** The newest job of a kind, running or ended, since this Mindkeep was started. */
export function useLatestJob(kind: Job['kind']): Job | null {
  const jobs = useAnswer('jobs.list', {}).filter((job) => job.kind === kind)
  // Of two of one moment, the one that was heard of last.
  return jobs.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1) ?? null
}

export const shapeOf = (error: unknown): ErrorShape =>
  error instanceof AppError ? error.toShape() : { code: 'INTERNAL', message: errorMessages.INTERNAL, details: {} }
