// What the person wants to add, from the moment it is dropped until its import begins: it is handed to the core file by
// file, looked at there, and forgotten again when they think better of it. It goes on whatever screen is shown.
import type { ImportOptions } from '../../shared/api/imports.ts'
import { isClutter } from '../../shared/clutter.ts'
import type { ErrorShape } from '../../shared/errors.ts'
import { type Client, shapeOf } from '../api.ts'
import type { GivenFile } from '../ui/FileDrop.tsx'

/** A file that did not arrive; the others did. */
export interface Refused {
  readonly path: string
  readonly error: ErrorShape
}

export type IntakeState =
  | { readonly at: 'empty' }
  | {
      readonly at: 'sending'
      readonly sent: number
      readonly total: number
      readonly files: number
      /** The one that began last. */
      readonly file: string
    }
  | {
      readonly at: 'chosen'
      readonly handles: readonly string[]
      readonly options: ImportOptions
      readonly refused: readonly Refused[]
      /** Looks at them; null while it is asked for. */
      readonly job: string | null
    }

export interface Intake {
  readonly state: () => IntakeState
  readonly error: () => ErrorShape | null
  readonly onChange: (listener: () => void) => () => void
  /** Adds to what is there already. */
  readonly give: (files: readonly GivenFile[]) => void
  readonly pick: (what: 'files' | 'folder') => Promise<void>
  /** Looks again, with what the person has said since. */
  readonly look: (options: ImportOptions) => Promise<void>
  /** Begins the import and answers its id; undefined where it was refused. */
  readonly add: () => Promise<string | undefined>
  /** Forgets it all. */
  readonly stop: () => void
}

interface IntakeParts {
  readonly client: Pick<Client, 'call' | 'upload' | 'onEvent'>
  /** Survives a reload of the page, not the tab. Names and contents never go there. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

const atOnce = 3
const tellEveryMs = 100
const storageKey = 'mindkeep.intake'
/** More would not fit where they are kept. */
const mostKept = 20_000

/** What concerns one file; anything else ends them all. */
const ofOneFile: readonly ErrorShape['code'][] = ['NO_SUCH_FILE', 'TOO_LARGE', 'INVALID_INPUT', 'REQUEST_REFUSED']

export function createIntake({ client, storage }: IntakeParts): Intake {
  const listeners = new Set<() => void>()
  let state: IntakeState = { at: 'empty' }
  let error: ErrorShape | null = null
  let toldAt = 0
  /** Looks that have ended: there is nothing left to call off. */
  const over = new Set<string>()
  client.onEvent(({ event, payload }) => {
    if (event === 'job.changed' && payload.kind === 'import-preview' && payload.endedAt !== null) over.add(payload.id)
  })

  const become = (next: IntakeState, why: ErrorShape | null = null) => {
    state = next
    error = why
    keep()
    for (const listener of listeners) listener()
  }

  const keep = () => {
    if (state.at === 'chosen' && state.handles.length <= mostKept) {
      const { password: _, ...options } = state.options
      storage.setItem(storageKey, JSON.stringify({ handles: state.handles, options }))
    } else storage.removeItem(storageKey)
  }

  const quietly = (act: Promise<unknown>) => void act.catch(() => undefined)
  const letGo = (handles: readonly string[]) => {
    if (handles.length > 0) quietly(client.call('imports.release', { handles: [...handles] }))
  }
  const callOff = () => {
    if (state.at === 'chosen' && state.job !== null && !over.has(state.job))
      quietly(client.call('jobs.cancel', { id: state.job }))
  }

  const look = async (handles: readonly string[], options: ImportOptions, refused: readonly Refused[]) => {
    callOff()
    const asked: IntakeState = { at: 'chosen', handles, options, refused, job: null }
    become(asked)
    try {
      const { job } = await client.call('imports.preview', { handles: [...handles], options })
      if (state === asked) become({ ...asked, job })
      else quietly(client.call('jobs.cancel', { id: job }))
    } catch (failed) {
      if (state === asked) become({ at: 'empty' }, shapeOf(failed))
    }
  }

  /** One round of sending: what is given meanwhile joins it. */
  interface Round {
    readonly queue: GivenFile[]
    /** In the order in which they were given, whichever arrives first. */
    readonly given: GivenFile[]
    readonly handleOf: Map<GivenFile, string>
    /** Here from before. */
    readonly before: readonly string[]
    readonly refused: Refused[]
    readonly options: ImportOptions
    readonly sentOf: Map<GivenFile, number>
    readonly over: AbortController
    file: string
    total: number
    files: number
  }
  let round: Round | null = null
  const handlesOf = (of: Round): string[] => [
    ...of.before,
    ...of.given.flatMap((given) => of.handleOf.get(given) ?? []),
  ]

  const tell = (of: Round, now: boolean) => {
    if (round !== of || (!now && Date.now() - toldAt < tellEveryMs)) return
    toldAt = Date.now()
    const sent = [...of.sentOf.values()].reduce((sum, bytes) => sum + bytes, 0)
    become({ at: 'sending', sent: Math.min(sent, of.total), total: of.total, files: of.files, file: of.file })
  }

  const sendOne = async (of: Round, given: GivenFile) => {
    of.file = given.path
    tell(of, false)
    try {
      const onProgress = (sent: number) => {
        of.sentOf.set(given, sent)
        tell(of, false)
      }
      of.handleOf.set(given, await client.upload(given.file, given.path, { signal: of.over.signal, onProgress }))
    } catch (failed) {
      const why = shapeOf(failed)
      if (!ofOneFile.includes(why.code)) throw failed
      of.refused.push({ path: given.path, error: why })
    }
    of.sentOf.set(given, given.file.size)
    tell(of, false)
  }

  const worker = async (of: Round) => {
    for (let given = of.queue.shift(); given !== undefined; given = of.queue.shift()) await sendOne(of, given)
  }

  const send = async (of: Round) => {
    tell(of, true)
    try {
      while (of.queue.length > 0) await Promise.all(Array.from({ length: atOnce }, () => worker(of)))
      if (round !== of) return
      round = null
      const [first] = of.refused
      const handles = handlesOf(of)
      if (handles.length > 0) await look(handles, of.options, of.refused)
      else become({ at: 'empty' }, first?.error ?? null)
    } catch (failed) {
      of.over.abort()
      letGo(handlesOf(of))
      if (round !== of) return
      round = null
      become({ at: 'empty' }, shapeOf(failed))
    }
  }

  const give = (files: readonly GivenFile[]) => {
    const given = files.filter(({ path }) => !isClutter(path))
    if (given.length === 0) return undefined
    const bytes = given.reduce((sum, { file }) => sum + file.size, 0)
    if (round !== null) {
      round.queue.push(...given)
      round.given.push(...given)
      round.total += bytes
      round.files += given.length
      return tell(round, true)
    }
    callOff()
    const before = state.at === 'chosen' ? state : { handles: [], refused: [], options: {} }
    round = {
      queue: [...given],
      given: [...given],
      handleOf: new Map(),
      before: before.handles,
      refused: [...before.refused],
      options: before.options,
      sentOf: new Map(),
      over: new AbortController(),
      file: given[0]?.path ?? '',
      total: bytes,
      files: given.length,
    }
    void send(round)
  }

  const recall = () => {
    const kept = storage.getItem(storageKey)
    if (kept === null) return
    const { handles, options } = JSON.parse(kept) as { handles: readonly string[]; options: ImportOptions }
    // Whether the core still has them, it says itself.
    void look(handles, options, []).then(() => {
      if (error?.code === 'NO_SUCH_FILE') become({ at: 'empty' })
    })
  }
  recall()

  return {
    state: () => state,
    error: () => error,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    give,
    async pick(what) {
      try {
        const { handles } = await client.call('imports.pick', { what })
        if (handles.length === 0) return
        const before = state.at === 'chosen' ? state : { handles: [], refused: [], options: {} }
        await look([...before.handles, ...handles], before.options, before.refused)
      } catch (failed) {
        become(state, shapeOf(failed))
      }
    },
    async look(options) {
      if (state.at === 'chosen') await look(state.handles, options, state.refused)
    },
    async add() {
      if (state.at !== 'chosen') return undefined
      const { handles, options } = state
      callOff()
      try {
        const { import: id } = await client.call('imports.start', { handles: [...handles], options })
        become({ at: 'empty' })
        return id
      } catch (failed) {
        const why = shapeOf(failed)
        become(why.code === 'NO_SUCH_FILE' ? { at: 'empty' } : state, why)
        return undefined
      }
    },
    stop() {
      callOff()
      const chosen = state.at === 'chosen' ? state.handles : []
      const handles = round === null ? chosen : handlesOf(round)
      const sending = round
      round = null
      sending?.over.abort()
      letGo(handles)
      become({ at: 'empty' })
    },
  }
}
