// Runs a program under strace and reads what it did to files, in order: every write with its bytes, every flush, rename
// and removal. The one place that knows strace's output. It reads files only; it changes nothing about the program.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { childEnv } from './child.ts'

const traced = [
  ...['openat', 'open', 'creat', 'close', 'dup', 'dup2', 'dup3', 'lseek'],
  ...['write', 'pwrite64', 'writev', 'pwritev', 'copy_file_range', 'sendfile', 'fallocate', 'ftruncate', 'truncate'],
  ...['fsync', 'fdatasync', 'sync', 'syncfs', 'sync_file_range'],
  ...[
    'rename',
    'renameat',
    'renameat2',
    'unlink',
    'unlinkat',
    'rmdir',
    'mkdir',
    'mkdirat',
    'link',
    'linkat',
    'symlink',
  ],
]

export const straceIsHere = (): boolean => spawnSync('strace', ['-V']).status === 0
export const howToGetStrace = 'strace is not installed here (Debian: apt-get install strace), so this suite was not run'

/** One finished system call. Strings are the raw bytes; everything else is text as strace writes it. */
export interface Call {
  readonly name: string
  readonly args: readonly (Buffer | string)[]
  /** Of the descriptor that comes first, what it stands for: a path, a pipe, a socket. Each process has numbers of its own. */
  readonly on: string | undefined
  readonly result: number
}

interface Tracing {
  readonly log: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** Runs Node on these arguments to the end, and writes what it did to `log`. */
export function traceNode({ log, args, env = {} }: Tracing): void {
  const run = spawnSync('strace', command(log, args), {
    env: { ...childEnv, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (run.status !== 0) throw new Error(`the traced program failed: ${run.stderr}`)
}

/** The same for a program that waits for something: its input and output are pipes. */
export function startTraced({ log, args, env = {} }: Tracing): ChildProcess {
  return spawn('strace', command(log, args), { env: { ...childEnv, ...env }, stdio: ['pipe', 'pipe', 'inherit'] })
}

const command = (log: string, args: readonly string[]): string[] => [
  ...['-f', '-qq', '-y', '--seccomp-bpf', '-xx', '-s', '8388608', '-e', `trace=${traced.join(',')}`, '-o', log],
  ...['--', process.execPath, ...args],
]

/** Calls in the order in which they finished; those that failed are left out. */
export async function* readTrace(log: string): AsyncGenerator<Call> {
  const unfinished = new Map<string, string>()
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const space = line.indexOf(' ')
    const thread = line.slice(0, space)
    const text = line.slice(space).trimStart()
    if (text.endsWith(' <unfinished ...>')) {
      unfinished.set(thread, text.slice(0, -' <unfinished ...>'.length))
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>/u.exec(text)?.[0]
    const whole = resumed === undefined ? text : (unfinished.get(thread) ?? '') + text.slice(resumed.length)
    const call = parseCall(whole)
    if (call !== undefined && call.result >= 0) yield call
  }
}

function parseCall(text: string): Call | undefined {
  const open = text.indexOf('(')
  const end = text.lastIndexOf(') ')
  const result = /^\) += (-?\d+)/u.exec(text.slice(end))?.[1]
  if (open < 1 || end < open || result === undefined) return undefined
  const inside = text.slice(open + 1, end)
  const on = /^\w+<((?:\\x\w\w)*)>/u.exec(inside)?.[1]
  return {
    name: text.slice(0, open),
    args: parseArgs(inside),
    on: on === undefined ? undefined : bytesOf(on).toString(),
    result: Number(result),
  }
}

/** With -xx every string is hexadecimal, so it holds neither a comma nor a quote. */
function parseArgs(text: string): (Buffer | string)[] {
  return text.split(', ').map((arg) => {
    const vector = /iov_base="([^"]*)"/u.exec(arg)?.[1]
    if (vector !== undefined) return bytesOf(vector)
    if (!arg.startsWith('"')) return arg.replace(/<(?:\\x\w\w)*>(?:\(deleted\))?$/u, '')
    if (!arg.endsWith('"')) throw new Error('strace cut a string short')
    return bytesOf(arg.slice(1, -1))
  })
}

const bytesOf = (escaped: string): Buffer => Buffer.from(escaped.replaceAll('\\x', ''), 'hex')
