// Hands files to the core, a few at a time. What is given meanwhile joins in, and a file that is refused keeps none of the
// others back.
import type { ErrorShape } from '../../shared/errors.ts'
import { type Client, shapeOf } from '../api.ts'
import type { GivenFile } from '../ui/FileDrop.tsx'

/** A file that did not arrive; the others did. */
export interface Refused {
  readonly path: string
  readonly error: ErrorShape
}

export interface Sent {
  readonly sent: number
  readonly total: number
  readonly files: number
  /** The one that began last. */
  readonly file: string
}

export interface Sending {
  readonly join: (files: readonly GivenFile[]) => void
  readonly now: () => Sent
  /** Of what has arrived, in the order in which it was given. */
  readonly handles: () => readonly string[]
  readonly refused: () => readonly Refused[]
  readonly stop: () => void
  /** Resolves when all that was given is sent or refused; rejects where nothing more can be sent. */
  readonly over: Promise<void>
}

interface SendingParts {
  readonly client: Pick<Client, 'upload'>
  readonly files: readonly GivenFile[]
  readonly onProgress: () => void
}

const atOnce = 3

/** What concerns one file; anything else ends them all. */
const ofOneFile: readonly ErrorShape['code'][] = ['NO_SUCH_FILE', 'TOO_LARGE', 'INVALID_INPUT', 'REQUEST_REFUSED']

export function sendFiles({ client, files, onProgress }: SendingParts): Sending {
  const given: GivenFile[] = []
  const queue: GivenFile[] = []
  const handleOf = new Map<GivenFile, string>()
  const sentOf = new Map<GivenFile, number>()
  const refused: Refused[] = []
  const stopped = new AbortController()
  let file = files[0]?.path ?? ''

  const join = (more: readonly GivenFile[]) => {
    given.push(...more)
    queue.push(...more)
  }

  const told = (one: GivenFile, bytes: number) => {
    sentOf.set(one, bytes)
    onProgress()
  }

  const send = async (one: GivenFile) => {
    file = one.path
    told(one, 0)
    try {
      const how = { signal: stopped.signal, onProgress: (bytes: number) => told(one, bytes) }
      handleOf.set(one, await client.upload(one.file, one.path, how))
    } catch (failed) {
      const error = shapeOf(failed)
      if (!ofOneFile.includes(error.code)) throw failed
      refused.push({ path: one.path, error })
    }
    told(one, one.file.size)
  }

  const worker = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await send(one)
  }

  const all = async () => {
    try {
      while (queue.length > 0) await Promise.all(Array.from({ length: atOnce }, worker))
    } catch (failed) {
      stopped.abort()
      throw failed
    }
  }

  join(files)
  return {
    join,
    now() {
      const total = given.reduce((sum, one) => sum + one.file.size, 0)
      const sent = [...sentOf.values()].reduce((sum, bytes) => sum + bytes, 0)
      return { sent: Math.min(sent, total), total, files: given.length, file }
    },
    handles: () => given.flatMap((one) => handleOf.get(one) ?? []),
    refused: () => refused,
    stop: () => stopped.abort(),
    over: all(),
  }
}
