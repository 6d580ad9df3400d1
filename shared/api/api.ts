// The one table of methods. Handlers, the typed client, the CLI's `call`, every transport and every run-time check are
// derived from it; nothing about a method is written anywhere else.
import type { z } from 'zod'
import type { ErrorShape } from '../errors.ts'
import { aboutApi } from './about.ts'
import { backupsApi } from './backups.ts'
import { exportsApi } from './exports.ts'
import { importsApi } from './imports.ts'
import { jobsApi } from './jobs.ts'
import { libraryApi } from './library.ts'
import { ledgerApi } from './ledger.ts'
import { modelsApi } from './models.ts'
import { networkApi } from './network.ts'
import { searchApi } from './search.ts'
import { settingsApi } from './settings.ts'
import { vaultApi } from './vault.ts'
import { writingApi } from './writing.ts'

export const api = {
  ...aboutApi,
  ...settingsApi,
  ...searchApi,
  ...vaultApi,
  ...backupsApi,
  ...ledgerApi,
  ...jobsApi,
  ...importsApi,
  ...exportsApi,
  ...libraryApi,
  ...networkApi,
  ...modelsApi,
  ...writingApi,
}

export type Api = typeof api
export type MethodName = keyof Api
/** What a caller passes. */
export type Input<M extends MethodName> = z.input<Api[M]['input']>
/** What a caller gets back. */
export type Output<M extends MethodName> = z.output<Api[M]['output']>
/** One function for each row. A missing one is a compile error in `handlers.ts`. */
export type Handlers = {
  readonly [M in MethodName]: (input: z.output<Api[M]['input']>) => Promise<z.input<Api[M]['output']>>
}

export type Reply<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorShape }

/** Takes anything: a message from outside need not be a string, and a list of one name would pass for the name. */
export const isMethodName = (name: unknown): name is MethodName => typeof name === 'string' && Object.hasOwn(api, name)
