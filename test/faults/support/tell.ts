// How a child of these suites speaks: whole lines, written before anything else happens, so that what the parent reads was
// said before the child died. A pipe that is full for the moment is waited for.
import { writeSync } from 'node:fs'

export function tell(line: string): void {
  const bytes = Buffer.from(`${line}\n`)
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
