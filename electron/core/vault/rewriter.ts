// The core's side of the rewriting thread: one method for each kind of whole-file work.
import { statSync } from 'node:fs'
import { createThread } from '../workers.ts'
import type { JobContext } from '../jobs/jobs.ts'
import type { Clock } from '../ports.ts'
import type { Cipher } from './db.ts'
import { wipe } from './keys/keys.ts'
import type { Contents, RewriteQuestion } from './rewrite.worker.ts'

/** Some work is one long call into SQLite, during which the thread cannot say anything: the files are looked at instead. */
const lookEveryMs = 1000
/** A job asks several things one after the other; between jobs the memory goes back. */
const idleMs = 3000

interface Paths {
  readonly from: string
  readonly to: string
}

export interface Rewriter {
  readonly copy: (
    paths: Paths & { key: Buffer; newKey: Buffer; cipher: Cipher },
    context: JobContext,
  ) => Promise<Contents>
  readonly seal: (paths: Paths & { key: Buffer }, context: JobContext) => Promise<void>
  readonly unseal: (paths: Paths & { key: Buffer }, context: JobContext) => Promise<void>
  readonly share: (blobs: Paths & { blobs: readonly string[] }, context: JobContext) => Promise<void>
  readonly check: (
    file: { path: string; key: Buffer; cipher: Cipher; blobs: string },
    context: JobContext,
  ) => Promise<Contents>
  readonly close: () => Promise<void>
}

export function createRewriter({ clock }: { readonly clock: Clock }): Rewriter {
  const helper = createThread<RewriteQuestion, Contents | null>({
    from: import.meta.url,
    name: 'rewrite.worker',
    clock,
    idleMs,
  })

  const ask = async (question: RewriteQuestion, { signal, progress, pace }: JobContext): Promise<Contents | null> => {
    await pace()
    const lent = withLentKeys(question)
    try {
      return await helper.ask(lent, { signal, onProgress: progress })
    } finally {
      if ('key' in lent) wipe(lent.key)
      if ('newKey' in lent) wipe(lent.newKey)
    }
  }
  const contents = async (question: RewriteQuestion, context: JobContext): Promise<Contents> => {
    const found = await ask(question, context)
    if (found === null) throw new Error('the rewriting thread answered without contents')
    return found
  }

  /** Grows with the file that is being written; while that is checked it stays as it is, which is a sign of life, too. */
  const whileGrowing = async <T>({ from, to }: Paths, { progress }: JobContext, work: Promise<T>): Promise<T> => {
    const total = sizeOf(from)
    let cancel = () => {}
    const look = () => {
      progress(Math.min(sizeOf(to), total), total)
      cancel = clock.after(lookEveryMs, look)
    }
    cancel = clock.after(lookEveryMs, look)
    try {
      return await work
    } finally {
      cancel()
    }
  }

  return {
    copy: (parts, context) => whileGrowing(parts, context, contents({ task: 'copy', ...parts }, context)),
    async seal(parts, context) {
      await ask({ task: 'seal', ...parts }, context)
    },
    async unseal(parts, context) {
      await ask({ task: 'unseal', ...parts }, context)
    },
    async share(parts, context) {
      await ask({ task: 'share', ...parts }, context)
    },
    check: ({ path, ...parts }, context) =>
      whileGrowing({ from: path, to: path }, context, contents({ task: 'check', path, ...parts }, context)),
    close: helper.end,
  }
}

/**
 * Of memory that both sides see: a thread that was ended in the middle wipes nothing any more, and whoever asked does. What
 * libraries copied for themselves in the thread goes with its memory.
 */
function withLentKeys(question: RewriteQuestion): RewriteQuestion {
  if (!('key' in question)) return question
  const lent = { ...question, key: lend(question.key) }
  return 'newKey' in lent ? { ...lent, newKey: lend(lent.newKey) } : lent
}

function lend(key: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(key.length))
  shared.set(key)
  return shared
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
