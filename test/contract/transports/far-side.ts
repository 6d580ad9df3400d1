// A process of its own that answers questions one by one, for transports whose far side is one. This side starts it with
// the first question; `answerQuestions` is what runs in it.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

interface Question<Asked> {
  readonly id: number
  readonly asked: Asked
}

interface Answer<Answered> {
  readonly id: number
  readonly answered: Answered
}

export interface FarSide<Asked, Answered> {
  readonly ask: (asked: Asked) => Promise<Answered>
  readonly end: () => Promise<void>
}

export function createFarSide<Asked extends object, Answered>(entry: URL): FarSide<Asked, Answered> {
  let child: ChildProcess | undefined
  let lastId = 0
  const waiting = new Map<number, PromiseWithResolvers<Answered>>()

  const start = (): ChildProcess => {
    const started = fork(fileURLToPath(entry), { serialization: 'advanced', execArgv: [] })
    started.on('message', (message) => {
      const { id, answered } = message as Answer<Answered>
      waiting.get(id)?.resolve(answered)
      waiting.delete(id)
    })
    started.once('exit', (status, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`the far side ended (${status ?? signal})`))
    })
    return started
  }

  return {
    ask(asked) {
      child ??= start()
      const question: Question<Asked> = { id: ++lastId, asked }
      const answer = Promise.withResolvers<Answered>()
      waiting.set(question.id, answer)
      child.send(question, (error) => {
        if (error !== null) answer.reject(error)
      })
      return answer.promise
    },
    end: () =>
      new Promise((resolve) => {
        if (child === undefined) return resolve()
        child.once('exit', () => resolve())
        child.disconnect()
      }),
  }
}

export function answerQuestions<Asked, Answered>(answer: (asked: Asked) => Promise<Answered>): void {
  process.on('message', (message) => {
    const { id, asked } = message as Question<Asked>
    void answer(asked).then((answered) => process.send?.({ id, answered } satisfies Answer<Answered>))
  })
}
