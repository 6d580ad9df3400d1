// A file that only looks like something special is still text, or a table, or JSON. Who is surest reads it first; where
// nothing can be made of it that way, that is told, and the next one has it.
import { type Entry, type Found, type Importer, type Problem, type Reading, Unreadable } from './importer.ts'

/** Who has begun to read it, and what is found. The same again for the same file: reading may go on after any record. */
export type Turn = { readonly begun: Importer } | Found

/** So many problems before anything is found are told as they are: then it is what it was taken for, and in a bad way. */
const mostHeld = 200

export async function* readInTurn(importers: readonly Importer[], entry: Entry, reading: Reading): AsyncIterable<Turn> {
  const heard = hearing(entry)
  for (const [turn, importer] of importers.entries()) {
    yield { begun: importer }
    const left = yield* readBy(importer, heard, reading, turn === importers.length - 1)
    if (!left) return
    yield { problem: { why: 'damaged', detail: importer.format } }
  }
}

/** True: nothing came of it, and nothing was told; somebody else should try. */
async function* readBy(
  importer: Importer,
  { entry, isSound }: Heard,
  reading: Reading,
  isLast: boolean,
): AsyncGenerator<Found, boolean> {
  let held: { readonly problem: Problem }[] | undefined = isLast ? undefined : []
  try {
    for await (const found of importer.read(entry, reading)) {
      if (held !== undefined && 'problem' in found && held.length < mostHeld) {
        held.push(found)
        continue
      }
      if (held !== undefined) yield* held
      held = undefined
      yield found
    }
  } catch (error) {
    if (held !== undefined && error instanceof Unreadable && error.why === 'damaged' && isSound()) return true
    if (held !== undefined) yield* held
    throw error
  }
  if (held?.some(({ problem }) => problem.why === 'damaged') === true) return true
  if (held !== undefined) yield* held
  return false
}

interface Heard {
  readonly entry: Entry
  /** Whether its bytes came: what an archive holds in a damaged state is damaged for everybody. */
  readonly isSound: () => boolean
}

function hearing(entry: Entry): Heard {
  let sound = true
  const failed = (error: unknown) => {
    sound = false
    throw error
  }
  return {
    isSound: () => sound,
    entry: {
      ...entry,
      async *chunks() {
        try {
          yield* entry.chunks()
        } catch (error) {
          failed(error)
        }
      },
      whole: (most) => entry.whole(most).catch(failed),
    },
  }
}
