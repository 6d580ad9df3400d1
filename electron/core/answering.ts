// The side of a thread or process of ours: answers what the core asks, in parts where that is long, and asks back for what
// only the core has.
import { type FromHelper, type ToHelper, failureOf, revive } from './talk.ts'

/** So many parts may be sent before the first of them was taken: enough that neither side waits for the other's turn. */
const mostUnderWay = 4

export interface Told<P, W = never> {
  readonly progress: (done: number, total: number) => void
  /** Hands over a part of the answer; resolves when there is room for the next one. Await it. */
  readonly part: (part: P) => Promise<void>
  /** Asks the core for something that only it has. */
  readonly want: (want: W) => Promise<unknown>
}

/** The helper's end of the line to the core. */
export interface Home {
  readonly post: (message: unknown) => void
  readonly listen: (hear: (message: unknown) => void) => void
}

/** The helper's side: answers each question in turn. Only the core can post one, in its own type. */
export function serve<Q, A, P = never, W = never>(
  home: Home,
  handle: (question: Q, told: Told<P, W>) => Promise<A> | A,
): void {
  const post = (message: FromHelper<A, P, W>) => home.post(message)
  const wanted = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (e: Error) => void }>()
  let lastWant = 0
  let underWay = 0
  let room = Promise.withResolvers<void>()

  const told: Told<P, W> = {
    progress: (done, total) => post({ progress: { done, total } }),
    async part(part) {
      post({ part })
      underWay += 1
      if (underWay >= mostUnderWay) await room.promise
    },
    want(want) {
      lastWant += 1
      const id = lastWant
      return new Promise((resolve, reject) => {
        wanted.set(id, { resolve, reject })
        post({ want, id })
      })
    },
  }
  const answer = async (question: Q): Promise<void> => {
    try {
      post({ answer: await handle(question, told) })
    } catch (error) {
      post({ failure: failureOf(error) })
    }
  }
  const hear = (message: ToHelper<Q>) => {
    if ('question' in message) void answer(message.question)
    else if ('given' in message) {
      wanted.get(message.given)?.resolve(message.value)
      wanted.delete(message.given)
    } else if ('refused' in message) {
      wanted.get(message.refused)?.reject(revive(message.failure))
      wanted.delete(message.refused)
    } else {
      underWay -= 1
      room.resolve()
      room = Promise.withResolvers()
    }
  }

  home.listen((message) => hear(message as ToHelper<Q>))
  post({ begun: true })
}
