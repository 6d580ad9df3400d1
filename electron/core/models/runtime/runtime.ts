// A model at work: a process that is started when it is needed, asked one thing at a time, and begun anew when it dies.
import { z } from 'zod'
import type { Helper } from '../../asking.ts'
import type { Clock, StartProcess } from '../../ports.ts'
import { createProcess } from '../../processes.ts'
import { findWeights, memoryFor } from '../transformers/weights.ts'
import {
  type Answer,
  type Description,
  type Embedded,
  type Question,
  type Text,
  type UnderstoodPart,
  answer,
  part,
} from './protocol.ts'

interface RuntimeParts {
  readonly startProcess: StartProcess
  readonly clock: Clock
  /** Where the model lies. */
  readonly folder: string
}

export interface Runtime {
  readonly describe: () => Promise<Description>
  /** Of what is looked for. */
  readonly embed: (text: string) => Promise<Embedded>
  /** Answers, for each text, whether the model knows its language; passages come as parts, and are waited for. */
  readonly understand: (
    texts: readonly Text[],
    options: { readonly onPart: (part: UnderstoodPart) => void; readonly signal: AbortSignal },
  ) => Promise<readonly boolean[]>
  readonly end: () => Promise<void>
}

const module = new URL(`./model.process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href
const heapMiB = 256
/** A text of ten megabytes is cut in less than a second; what is quiet for so long hangs. */
const limits = { startMs: 120_000, quietMs: 60_000 }
/** The table with its program; a transformer takes more. */
const tableMiB = 500
/** A search after a while does not wait for it to start. */
const idleMs = 600_000

export function createRuntime({ startProcess, clock, folder }: RuntimeParts): Runtime {
  const weights = findWeights(folder)
  const helper: Helper<Question, Answer, UnderstoodPart> = createProcess({
    startProcess,
    program: { module, heapMiB, reads: [folder] },
    clock,
    idleMs,
    limits: { ...limits, memoryMiB: weights === undefined ? tableMiB : memoryFor(weights) },
    says: { answer, part, want: z.never() },
  })
  const model = { folder }
  return {
    async describe() {
      const said = await helper.ask({ ask: 'describe', model })
      if (!('described' in said)) throw new Error('a model answered something else')
      return said.described
    },
    async embed(text) {
      const said = await helper.ask({ ask: 'embed', model, text })
      if (!('embedded' in said)) throw new Error('a model answered something else')
      return said.embedded
    },
    async understand(texts, { onPart, signal }) {
      const said = await helper.ask({ ask: 'understand', model, texts }, { onPart, signal })
      if (!('understood' in said)) throw new Error('a model answered something else')
      return said.understood
    },
    end: helper.end,
  }
}
