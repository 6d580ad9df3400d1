// Waits until everything in a library of the bench is understood.
import type { openBenchLibrary } from './bench-library.ts'

export async function understandAll({ search, jobs }: Awaited<ReturnType<typeof openBenchLibrary>>): Promise<void> {
  await search.meaning.resume()
  while (jobs.isRunning('understand')) await new Promise((resolve) => setTimeout(resolve, 5))
  const { state } = await search.meaning.state()
  if (state === null || state.understood + state.failed < state.items) throw new Error('not everything was understood')
}
