// Asks a person at a terminal. Secrets are not echoed, kept in no history, and Ctrl-C or Ctrl-D at any question ends the
// command with nothing changed.
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { AppError } from '../../shared/errors.ts'
import { printable } from './printable.ts'

interface TerminalParts {
  readonly input: NodeJS.ReadableStream
  /** Standard error, so that standard output stays what the command promised. */
  readonly output: NodeJS.WritableStream
}

export interface Terminal {
  readonly ask: (question: string) => Promise<string>
  readonly askHidden: (question: string) => Promise<string>
  readonly say: (line: string) => void
}

interface Waiting {
  readonly resolve: (line: string) => void
  readonly reject: (error: AppError) => void
}

/** Takes the terminal for the length of `talk` and gives it back as it was, whatever happens. */
export async function withTerminal<T>(parts: TerminalParts, talk: (terminal: Terminal) => Promise<T>): Promise<T> {
  const { close, ...terminal } = openTerminal(parts)
  try {
    return await talk(terminal)
  } finally {
    close()
  }
}

function openTerminal({ input, output }: TerminalParts) {
  let hidden = true
  let ended = false
  let waiting: Waiting | undefined
  // Several lines pasted at once answer the questions that follow.
  const pasted: string[] = []

  const echo = new Writable({
    write(chunk: string | Uint8Array, _encoding, done) {
      if (!hidden) output.write(chunk)
      done()
    },
  })
  // One interface for the whole talk: a new one for each question would lose what was pasted ahead.
  const lines = createInterface({ input, output: echo, terminal: true, historySize: 0 })

  lines.on('line', (line) => {
    // What is pasted behind this line may answer a hidden question.
    hidden = true
    if (waiting === undefined) pasted.push(line)
    else waiting.resolve(line)
    waiting = undefined
  })
  lines.on('SIGINT', () => lines.close())
  lines.on('close', () => {
    ended = true
    waiting?.reject(new AppError('CANCELLED'))
    waiting = undefined
  })

  const nextLine = async () => {
    const next = pasted.shift()
    if (next !== undefined) return next
    if (ended) throw new AppError('CANCELLED')
    return new Promise<string>((resolve, reject) => {
      waiting = { resolve, reject }
    })
  }

  return {
    say: (line: string) => void output.write(`${printable(line)}\n`),
    async ask(question: string) {
      hidden = false
      // As the prompt, so that editing the line redraws the question with it.
      lines.setPrompt(question)
      if (!ended) lines.prompt()
      if (pasted.length > 0) hidden = true
      return nextLine()
    },
    async askHidden(question: string) {
      output.write(question)
      try {
        return await nextLine()
      } finally {
        // The Enter that ended the answer was hidden too.
        output.write('\n')
      }
    },
    close: () => lines.close(),
  }
}
