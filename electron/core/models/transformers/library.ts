// transformers.js as models run in it here: it reads the one folder it is pointed at, fetches nothing, keeps nothing and says
// nothing. It is loaded only in a process of its own, and cuts that process off before it reads what others have made.
import type * as transformers from '@huggingface/transformers'
import { cutOff } from '../../offline.ts'

export type Library = typeof transformers

/** Once in a process: nothing can be loaded after it that is native, and nothing is reached any more. */
export async function openLibrary(): Promise<Library> {
  const library = await import('@huggingface/transformers')
  const { env, LogLevel } = library
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.useFSCache = false
  env.useBrowserCache = false
  env.useWasmCache = false
  // What it complains of could quote what it was given.
  env.logLevel = LogLevel.NONE
  env.fetch = () => Promise.reject(new Error('models fetch nothing'))
  cutOff()
  return library
}

/** On the processor, and on so many threads that the same numbers come out every time. */
export const sessionOptions = ({ threads }: { readonly threads: number }) => ({
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential' as const,
})
