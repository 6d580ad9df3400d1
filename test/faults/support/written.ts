// Everything a traced program wrote to files, wherever they lay: the bytes and the path they went to. What went to sockets
// and pipes is not on any disk and is left out.
import type { Call } from './strace.ts'

export interface Written {
  readonly path: string
  readonly bytes: Buffer
}

/** Copies from file to file write nothing that was not written before. */
const writes: readonly string[] = ['write', 'pwrite64', 'writev', 'pwritev']

export async function* writtenToFiles(calls: AsyncIterable<Call>): AsyncGenerator<Written> {
  for await (const { name, args, on } of calls) {
    if (!writes.includes(name) || on?.startsWith('/') !== true) continue
    const bytes = args.filter((arg): arg is Buffer => arg instanceof Buffer)
    yield { path: on, bytes: Buffer.concat(bytes) }
  }
}
