// What the core and the thread that reads files say to each other. The thread is told what to read and how far it was read
// before; it answers with what it meets, in order, and knows nothing of the vault.
import type { ImportOptions } from '../../../shared/api/imports.ts'
import type { Found, Problem } from './importer.ts'

/** Something to read: a file or folder, or an upload that lies sealed on the disk. */
export interface Source {
  readonly name: string
  readonly path: string
  readonly sealed?: { readonly key: Uint8Array; readonly bytes: number }
}

export interface Question {
  readonly sources: readonly Source[]
  readonly options: ImportOptions
  readonly zone: string
  readonly now: number
  /** Files that were read before: how many records of each are kept, or that it is done with. */
  readonly kept: ReadonlyMap<string, number | 'done'>
  /** Where it may keep what it has to unpack before it can be read, sealed. */
  readonly folder: string
  /** Whether it is to say what the person should be asked. */
  readonly asking: boolean
  /** The name of the file it is at, for whoever has to say why it gave no answer. */
  readonly at: SharedArrayBuffer
}

export interface ListedFile {
  readonly path: string
  readonly bytes: number
}

export type Ending = 'done' | 'skipped' | 'failed'

export type Asking =
  | { readonly for: 'columns'; readonly path: string; readonly columns: string[]; readonly rows: string[][] }
  | { readonly for: 'password'; readonly path: string }

export type Event =
  | { readonly listed: readonly ListedFile[] }
  | { readonly begun: string; readonly format: string }
  | { readonly of: string; readonly found: readonly Found[] }
  | { readonly ended: string; readonly as: Ending; readonly problem?: Problem | undefined }
  | { readonly asks: Asking }

export type Part = readonly Event[]

const encoder = new TextEncoder()
const nameBytes = 4096

export const placeFor = (): SharedArrayBuffer => new SharedArrayBuffer(4 + nameBytes)

export function standAt(place: SharedArrayBuffer, path: string): void {
  const { written } = encoder.encodeInto(path, new Uint8Array(place, 4))
  new Int32Array(place, 0, 1)[0] = written
}

/** Undefined where it had not begun with any. */
export function stoodAt(place: SharedArrayBuffer): string | undefined {
  const length = new Int32Array(place, 0, 1)[0] ?? 0
  return length === 0 ? undefined : new TextDecoder().decode(Uint8Array.from(new Uint8Array(place, 4, length)))
}
