// The recovery words at a terminal: shown as a numbered table, asked back in part, and typed in whole without echo.
import { recoveryWordCount, splitWords } from '../../shared/recovery-words.ts'
import type { Context } from './command.ts'
import { talk } from './passphrases.ts'
import { readSecretFile } from './secret-file.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const columns = 4

export function wordTable(words: readonly string[]): string {
  const rows = Math.ceil(words.length / columns)
  const lines = Array.from({ length: rows }, (_, row) =>
    words
      .map((word, index) => ({ word, at: index + 1 }))
      .filter(({ at }) => (at - 1) % rows === row)
      .map(({ word, at }) => `${String(at).padStart(2)}. ${word.padEnd(12)}`)
      .join('')
      .trimEnd(),
  )
  return [
    'Your recovery words. They open the vault when the passphrase is forgotten, and are shown only this once.',
    'Write them down in this order and keep them away from this computer. We cannot reset this.',
    '',
    ...lines,
    '',
  ].join('\n')
}

interface Asked {
  readonly words: readonly string[]
  readonly ask: readonly number[]
}

export async function retypeWords(terminal: Terminal, { words, ask }: Asked) {
  const retyped: { at: number; word: string }[] = []
  for (const at of ask) {
    let word = await typeWord(terminal, at)
    while (word !== words[at - 1]) {
      terminal.say(`That is not word ${at}. Look it up on what you wrote down.`)
      word = await typeWord(terminal, at)
    }
    retyped.push({ at, word })
  }
  return retyped
}

const typeWord = async (terminal: Terminal, at: number) =>
  (await terminal.ask(`Type word ${at}: `)).trim().toLowerCase()

/** Words may come on one line or on several, as they stand on the kit. */
async function askForWords(terminal: Terminal): Promise<string> {
  const typed: string[] = []
  while (typed.length < recoveryWordCount) {
    const question = typed.length === 0 ? 'Recovery words: ' : `${recoveryWordCount - typed.length} more: `
    typed.push(...splitWords(await terminal.askHidden(question)))
  }
  return typed.join(' ')
}

/** From --words-file, or asked for at a terminal. */
export async function recoveryWords(context: Context): Promise<string> {
  const file = context.values['words-file']
  if (file === '-' && context.values['passphrase-file'] === '-') {
    throw new UsageError('Standard input can give the words or the passphrase, not both.')
  }
  if (file !== undefined && !(file === '-' && context.canAsk)) {
    return readSecretFile({ file, stdin: context.stdin, option: '--words-file' })
  }
  if (!context.canAsk)
    throw new UsageError('Give the recovery words with --words-file FILE, or run this at a terminal.')
  return talk(context, askForWords)
}
