// Writes results to standard output and everything else to standard error. A reader that closes the pipe early (`| head`)
// is no error: what it does not want is dropped quietly.
import { recoveryWordCount } from '../../shared/recovery-words.ts'
import { AppError, type ErrorShape } from '../../shared/errors.ts'
import { oneLine, printable } from './printable.ts'

interface OutputParts {
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  readonly json: boolean
}

export interface Result {
  /** What a script reads under `--json`. */
  readonly value: unknown
  /** What a person reads otherwise. */
  readonly text: string
}

export interface Output {
  readonly json: boolean
  /** Prints the result: once in a run, and nothing else on standard output under `--json`. False when nobody can read it. */
  readonly print: (result: Result) => Promise<boolean>
  /** Text for people on standard output, ahead of the result; not for `--json`. False when nobody can read it. */
  readonly show: (text: string) => Promise<boolean>
  /** A line beside the result: progress, hints. */
  readonly note: (text: string) => Promise<void>
  readonly fail: (error: ErrorShape) => Promise<void>
}

export function createOutput({ stdout, stderr, json }: OutputParts): Output {
  // The same error also comes as an event, which would end the process if nobody listened.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined)

  const print = ({ value, text }: Result) => write(stdout, `${json ? JSON.stringify(value) : text}\n`)
  const note = async (text: string) => {
    await write(stderr, `${text}\n`)
  }
  const fail = (error: ErrorShape) => note(json ? JSON.stringify({ error }) : oneLine(sentence(error)))
  return { json, print, show: (text) => write(stdout, `${text}\n`), note, fail }
}

/** False when nobody reads the stream any more; throws where it cannot be written to. */
function write(stream: NodeJS.WritableStream, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    stream.write(printable(text), (error) => {
      if (!error) resolve(true)
      else if (isClosedPipe(error)) resolve(false)
      else reject(new AppError('OUTPUT_UNWRITTEN', {}, { cause: error }))
    })
  })
}

/** Details of wrong usage, whose sentence names them. */
const saidAlready = new Set(['suggestion', 'typed', 'option'])

function sentence({ code, message, details }: ErrorShape): string {
  if (code === 'NOT_RECOVERY_WORDS') return [message, whichWords(details)].join(' ')
  const facts = Object.entries(details)
    .filter(([name, value]) => !saidAlready.has(name) && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
  return facts.length === 0 ? message : `${message} (${facts.join('; ')})`
}

function whichWords({ count, unknown }: ErrorShape['details']): string {
  if (count !== recoveryWordCount) return `You gave ${Number(count)} of ${recoveryWordCount} words.`
  const wrong = Array.isArray(unknown) ? unknown : []
  if (wrong.length === 0) return 'They are all recovery words, but not in an order that belongs together.'
  const [verb, what] = wrong.length === 1 ? ['Word', 'is not a recovery word'] : ['Words', 'are not recovery words']
  return `${verb} ${wrong.join(', ')} ${what}.`
}

const isClosedPipe = (error: Error) =>
  'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
