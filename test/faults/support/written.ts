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
  const paths = new Map<number, string>()
  for await (const { name, args, result } of calls) {
    const fd = Number(args[0])
    if (name === 'openat') paths.set(result, String(args[1]))
    else if (name === 'close') paths.delete(fd)
    else if (writes.includes(name)) {
      const path = paths.get(fd)
      const bytes = args.filter((arg): arg is Buffer => arg instanceof Buffer)
      if (path !== undefined) yield { path, bytes: Buffer.concat(bytes) }
    }
  }
}
