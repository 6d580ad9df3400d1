// A process that behaves as badly as it is told to.
import { readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { serveProcess } from '../../../electron/core/processes.ts'

export type Question =
  | { readonly task: 'count'; readonly to: number }
  | { readonly task: 'reach'; readonly path: string }
  | {
      readonly task:
        | 'hang'
        | 'fill memory'
        | 'leave'
        | 'fall over'
        | 'refuse'
        | 'think'
        | 'ask'
        | 'lie'
        | 'say too much'
    }

interface Told {
  readonly part: (number: number) => Promise<void>
  readonly want: (number: number) => Promise<unknown>
}

const ways: Readonly<Record<string, (path: string) => unknown>> = {
  read: (path) => readFileSync(path),
  write: (path) => writeFileSync(path, 'x'),
  spawn: () => spawnSync('true').error,
  thread: () => new Worker('', { eval: true }),
}

async function answer(question: Question, { part, want }: Told): Promise<string> {
  switch (question.task) {
    case 'count':
      for (let number = 0; number < question.to; number += 1) {
        await want(number)
        await part(number)
      }
      return `counted to ${question.to}`
    case 'ask':
      return `was given ${JSON.stringify(await want(1))} and ${await refused(want(2))}`
    case 'reach':
      return Object.entries(ways)
        .map(([name, way]) => `${name}: ${codeOf(() => way(question.path))}`)
        .join(', ')
    case 'hang':
      for (;;) continue
    case 'fill memory':
      for (const held: Buffer[] = []; ; ) held.push(Buffer.alloc(16 * 1024 * 1024, 1))
    case 'leave':
      return process.exit(0)
    case 'fall over':
      setImmediate(() => {
        throw new Error('private words')
      })
      break
    case 'refuse':
      throw new Error('private words')
    case 'lie':
      return 7 as unknown as string
    case 'say too much':
      process.send?.({ part: Buffer.alloc(24 * 1024 * 1024) })
      break
    case 'think':
      break
  }
  return new Promise(() => {})
}

async function refused(wanted: Promise<unknown>): Promise<string> {
  try {
    await wanted
    return 'that'
  } catch (error) {
    return error instanceof Error ? error.name : 'nothing'
  }
}

function codeOf(act: () => unknown): string {
  try {
    const answered = act()
    return answered instanceof Error ? answered.name : 'reached'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'refused'
  }
}

serveProcess<Question, string, number, number>(answer)
