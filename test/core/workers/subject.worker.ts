// A worker that behaves as badly as it is told to.
import { serve } from '../../../electron/core/workers.ts'

export type Question =
  | { readonly task: 'count'; readonly to: number; readonly sent?: Int32Array<SharedArrayBuffer> }
  | { readonly task: 'hang' | 'fill memory' | 'leave' | 'fall over' | 'refuse' | 'think' }

async function answer(question: Question, part: (number: number) => Promise<void>): Promise<string> {
  switch (question.task) {
    case 'count':
      for (let number = 0; number < question.to; number += 1) {
        if (question.sent !== undefined) Atomics.add(question.sent, 0, 1)
        await part(number)
      }
      return `counted to ${question.to}`
    case 'hang':
      for (;;) continue
    case 'fill memory':
      for (const held: string[][] = []; ; ) held.push(Array.from({ length: 10_000 }, (_, index) => `${index}`))
    case 'leave':
      return process.exit(0)
    case 'fall over':
      setImmediate(() => {
        throw new Error('private words')
      })
      break
    case 'refuse':
      throw new Error('private words')
    case 'think':
      break
  }
  return new Promise(() => {})
}

serve<Question, string, number>((question, { part }) => answer(question, part))
