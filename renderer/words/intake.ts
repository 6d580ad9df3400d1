// What the person wants to add, from the moment it is dropped until its import begins: it is handed to the core file by
// file, looked at there, and forgotten again when they think better of it. It goes on whatever screen is shown.
import type { ImportOptions } from '../../shared/api/imports.ts'
import { isClutter } from '../../shared/clutter.ts'
import type { ErrorShape } from '../../shared/errors.ts'
import { type Client, shapeOf } from '../api.ts'
import type { GivenFile } from '../ui/FileDrop.tsx'
import { type Refused, type Sending, type Sent, sendFiles } from './sending.ts'

interface Chosen {
  readonly handles: readonly string[]
  readonly options: ImportOptions
  readonly refused: readonly Refused[]
  /** Looks at them; null while it is asked for. */
  readonly job: string | null
}

export type IntakeState =
  | { readonly at: 'empty' }
  | ({ readonly at: 'sending' } & Sent)
  | ({ readonly at: 'chosen' } & Chosen)

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
  /**
   * Listens from now on, and looks at what was kept over a reload. What it answers ends that: by then the vault is locked,
   * and the core has forgotten it all by itself.
   */
  readonly begin: () => () => void
}

interface IntakeParts {
  readonly client: Pick<Client, 'call' | 'upload' | 'onEvent'>
  /** Survives a reload of the page, not the tab. Names and contents never go there. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

const tellEveryMs = 100
const storageKey = 'mindkeep.intake'
/** More would not fit where they are kept. */
const mostKept = 20_000
const nothing = { handles: [], refused: [], options: {} }

export function createIntake({ client, storage }: IntakeParts): Intake {
  const listeners = new Set<() => void>()
  let state: IntakeState = { at: 'empty' }
  let error: ErrorShape | null = null
  let toldAt = 0
  /** Looks that have ended: there is nothing left to call off. */
  const over = new Set<string>()

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

  /** One round of sending, and what was here before it. */
  interface Round {
    readonly sending: Sending
    readonly before: Pick<Chosen, 'handles' | 'refused' | 'options'>
  }
  let round: Round | null = null
  const handlesOf = ({ before, sending }: Round) => [...before.handles, ...sending.handles()]

  const tell = (now: boolean) => {
    if (round === null || (!now && Date.now() - toldAt < tellEveryMs)) return
    toldAt = Date.now()
    become({ at: 'sending', ...round.sending.now() })
  }

  const arrive = async (of: Round) => {
    const { sending, before } = of
    try {
      await sending.over
      if (round !== of) return
      round = null
      const handles = handlesOf(of)
      const refused = [...before.refused, ...sending.refused()]
      if (handles.length > 0) await look(handles, before.options, refused)
      else become({ at: 'empty' }, refused[0]?.error ?? null)
    } catch (failed) {
      if (round !== of) return
      letGo(handlesOf(of))
      round = null
      become({ at: 'empty' }, shapeOf(failed))
    }
  }

  const give = (files: readonly GivenFile[]) => {
    const given = files.filter(({ path }) => !isClutter(path))
    if (given.length === 0) return
    if (round === null) {
      callOff()
      const sending = sendFiles({ client, files: given, onProgress: () => tell(false) })
      round = { sending, before: state.at === 'chosen' ? state : nothing }
      void arrive(round)
    } else round.sending.join(given)
    tell(true)
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

  /** Answers what was sent or chosen by then. */
  const drop = (): readonly string[] => {
    const handles = round !== null ? handlesOf(round) : state.at === 'chosen' ? state.handles : []
    round?.sending.stop()
    round = null
    become({ at: 'empty' })
    return handles
  }

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
        const before = state.at === 'chosen' ? state : nothing
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
      letGo(drop())
    },
    begin() {
      const stopListening = client.onEvent(({ event, payload }) => {
        const ended = event === 'job.changed' && payload.endedAt !== null
        if (ended && payload.kind === 'import-preview') over.add(payload.id)
      })
      recall()
      return () => {
        stopListening()
        drop()
      }
    },
  }
}
