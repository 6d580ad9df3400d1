// Answers are cached and refreshed by the vault's own events; what a person types in secret is never cached, and locking
// drops the rest.
import type { QueryClient } from '@tanstack/react-query'
import type { MethodName, Output } from '../../shared/api/api.ts'
import type { Job } from '../../shared/api/jobs.ts'
import type { Client } from './client.ts'

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

/** What came of work that has ended may say what is in the vault; and of what was going on, only a restore may go on. */
function forgetJobs(cache: QueryClient): void {
  cache.setQueryData<readonly Job[]>(['jobs.list', {}], (jobs) =>
    jobs?.map((job) => (job.endedAt === null ? job : { ...job, result: null })),
  )
  void cache.invalidateQueries({ queryKey: ['jobs.list'] })
}

/** Keeps cached answers true to what the core says has happened. */
export function followEvents(client: Client, cache: QueryClient): void {
  const libraryChanged = createLibraryFollower(cache)
  client.onEvent((event) => {
    switch (event.event) {
      case 'vault.changed':
        learn(cache, 'vault.status', event.payload)
        if (event.payload.state !== 'unlocked') forgetJobs(cache)
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
        libraryChanged()
        break
      case 'imports.changed':
        void cache.invalidateQueries({ queryKey: ['imports.list'] })
        void cache.invalidateQueries({ queryKey: ['imports.get'] })
        break
      case 'models.changed':
        void cache.invalidateQueries({ queryKey: ['models.list'] })
        break
      case 'network.changed':
        void cache.invalidateQueries({ queryKey: ['network.list'] })
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

/**
 * An import changes the Library faster than it can be asked: each question is answered before it is asked anew, since one that
 * is called off for the next would never be.
 */
function createLibraryFollower(cache: QueryClient): () => void {
  let asking = false
  let again = false
  const ask = async () => {
    asking = true
    do {
      again = false
      await askLibraryAnew(cache)
    } while (again)
    asking = false
  }
  return () => {
    if (asking) again = true
    else void ask()
  }
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
  if (changed.kind === 'understand') void cache.invalidateQueries({ queryKey: ['search.understood'] })
  // In its old place, so that no row moves away under the pointer or the focus.
  const known = asked.data.some(({ id }) => id === changed.id)
  cache.setQueryData(
    queryKey,
    known ? asked.data.map((job) => (job.id === changed.id ? changed : job)) : [...asked.data, changed],
  )
  if (asked.fetchStatus === 'fetching') void again()
}
