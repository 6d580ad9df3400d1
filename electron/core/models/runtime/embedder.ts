// What turns texts into vectors, whichever model it is, and the files of one, read whole from its own folder.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { loadTable } from './table.ts'
import { loadTransformer } from './transformer.ts'

export interface Embedder {
  readonly width: number
  readonly alpha: number
  readonly floors: readonly (readonly [passages: number, cosine: number])[]
  /** What all vectors share, taken away before their signs are looked at. */
  readonly centre: Float32Array
  /** Not yet made one long; all nothing for a text in which nothing is known. */
  readonly embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>
  /** Its language. */
  readonly knows: (text: string) => boolean
  /** Of what is looked for, which is too short to tell its language. */
  readonly knowsWords: (text: string) => boolean
}

export interface ModelFiles {
  readonly json: (name: string) => unknown
  readonly bytes: (name: string) => Uint8Array
}

interface Loaded {
  readonly embedder: Embedder
  /** Of all that was read. */
  readonly stamp: string
}

const anyConfig = z.object({ model_type: z.string() })

export async function loadEmbedder(folder: string): Promise<Loaded> {
  const hash = createHash('sha256')
  const bytes = (name: string) => {
    const read = readFileSync(join(folder, name))
    hash.update(name).update('\0').update(String(read.length)).update('\0').update(read)
    return read
  }
  const files: ModelFiles = { bytes, json: (name) => JSON.parse(bytes(name).toString('utf8')) as unknown }
  const { model_type: type } = anyConfig.parse(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')))
  const embedder = await (type === 'mindkeep-table' ? loadTable(files) : loadTransformer(folder, files))
  return { embedder, stamp: hash.digest('hex') }
}
