// Looks for a key in the memory of another process, as a debugger would. Linux only.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

const step = 4 * 1024 * 1024

/** How often each key is found. */
export function copiesInMemory(pid: number, keys: readonly Buffer[]): number[] {
  const copies = keys.map(() => 0)
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from = '0', to = '0'] = /^([0-9a-f]+)-([0-9a-f]+) rw/u.exec(line) ?? []
      for (const block of blocksOf(memory, Number.parseInt(from, 16), Number.parseInt(to, 16))) {
        for (const [index, key] of keys.entries()) copies[index] = (copies[index] ?? 0) + timesIn(block, key)
      }
    }
  } finally {
    closeSync(memory)
  }
  return copies
}

/** Blocks overlap by a little, so that nothing hides on a border; counting twice there does no harm. */
function* blocksOf(memory: number, from: number, to: number): Generator<Buffer> {
  const block = Buffer.alloc(step + 64)
  for (let at = from; at < to; at += step) {
    try {
      yield block.subarray(0, readSync(memory, block, 0, Math.min(block.length, to - at), at))
    } catch {
      // Pages that are mapped and not there cannot be read, and hold nothing.
    }
  }
}

function timesIn(block: Buffer, key: Buffer): number {
  let times = 0
  for (let hit = block.indexOf(key); hit !== -1; hit = block.indexOf(key, hit + 1)) times += 1
  return times
}
