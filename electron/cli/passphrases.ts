// Where passphrases come from: the file named on the command line, or a question at the terminal. Never an argument, and
// never the environment, which other programs of the same person can read.
import { AppError } from '../../shared/errors.ts'
import type { Context } from './command.ts'
import { readSecretFile, splitLines } from './secret-file.ts'
import type { Core } from './core.ts'
import { type Terminal, withTerminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const howToGive = 'Give the passphrase with --passphrase-file FILE (- reads standard input), or run this at a terminal.'

/** The content of --passphrase-file, or nothing when a person is to be asked. `-` at a terminal means asking too. */
export async function passphraseFile({ values, stdin, canAsk }: Context): Promise<string | undefined> {
  const file = values['passphrase-file']
  if (file === undefined || (file === '-' && canAsk)) {
    if (canAsk) return undefined
    throw new UsageError(howToGive)
  }
  return readSecretFile({ file, stdin, option: '--passphrase-file' })
}

export const talk = <T>({ stdin, stderr }: Context, answer: (terminal: Terminal) => Promise<T>): Promise<T> =>
  withTerminal({ input: stdin, output: stderr }, answer)

/** The passphrase that opens the vault. */
export async function currentPassphrase(context: Context): Promise<string> {
  const text = await passphraseFile(context)
  if (text === '') throw new UsageError('The file given with --passphrase-file is empty.')
  return text ?? talk(context, (terminal) => askFor(terminal, 'Passphrase: '))
}

/** Nothing at all is no passphrase; it is a slip of the finger, and asked again. */
async function askFor(terminal: Terminal, question: string): Promise<string> {
  for (;;) {
    const typed = await terminal.askHidden(question)
    if (typed !== '') return typed
    terminal.say('Nothing was typed. Type the passphrase, or press Ctrl-C to leave things as they are.')
  }
}

/** A passphrase to be set: from the file, or asked twice; measured before anything is made or shown for it. */
export async function newPassphrase(context: Context, core: Core): Promise<string> {
  const passphrase = await passphraseFile(context)
  if (passphrase === undefined) return talk(context, (terminal) => chooseAtTerminal(terminal, core))
  const { enough, weakness } = await core.ask('vault.measurePassphrase', { passphrase })
  if (!enough) throw new AppError('WEAK_PASSPHRASE', { weakness })
  return passphrase
}

/**
 * The passphrase in force and the one to come: two lines of the file, or three questions. `unlock` is run in between, so that
 * nobody thinks up a new passphrase only to hear that the current one was wrong.
 */
export async function passphrasePair<T>(context: Context, core: Core, unlock: (current: string) => Promise<T>) {
  const text = await passphraseFile(context)
  if (text === undefined) {
    return talk(context, async (terminal) => {
      const current = await askFor(terminal, 'Current passphrase: ')
      const opened = await unlock(current)
      return { opened, current, next: await chooseAtTerminal(terminal, core) }
    })
  }
  const { first, rest } = splitLines(text)
  if (rest === undefined) {
    throw new UsageError('The passphrase file needs two lines here: the current passphrase, then the new one.')
  }
  return { opened: await unlock(first), current: first, next: rest }
}

/** The one that opens the vault, and the one of an export where the file gives it. */
export async function vaultAndExport(context: Context, unlock: (current: string) => Promise<void>) {
  const text = await passphraseFile(context)
  if (text === undefined) {
    await unlock(await askForPassphrase(context, 'Passphrase: '))
    return { lock: undefined }
  }
  const { first, rest } = splitLines(text)
  await unlock(first)
  return { lock: rest ?? first }
}

/** The one that opens the vault, and the one to lock an export with. */
export async function exportPassphrases(context: Context, core: Core, unlock: (current: string) => Promise<void>) {
  const { lock } = await vaultAndExport(context, unlock)
  return { lock: lock ?? (await talk(context, (terminal) => chooseAtTerminal(terminal, core))) }
}

export const askForPassphrase = (context: Context, question: string): Promise<string> => {
  if (!context.canAsk) throw new UsageError(howToGive)
  return talk(context, (terminal) => askFor(terminal, question))
}

const weaknesses = {
  none: 'It is too easy to guess.',
  short: 'It is too short.',
  common: 'It is among the passphrases that are tried first.',
  repeats: 'It repeats itself.',
  sequence: 'It follows the keyboard or the alphabet.',
  date: 'It is built on a date.',
  'few-words': 'It has too few words.',
} as const

async function chooseAtTerminal(terminal: Terminal, core: Core): Promise<string> {
  terminal.say('Choose a passphrase: four or more random words. Press Enter alone to have one suggested.')
  for (;;) {
    const passphrase = await terminal.askHidden('New passphrase: ')
    if (passphrase === '') {
      terminal.say(`Suggestion: ${(await core.ask('vault.suggestPassphrase', {})).passphrase}`)
      continue
    }
    const { enough, weakness } = await core.ask('vault.measurePassphrase', { passphrase })
    if (!enough) terminal.say(`${weaknesses[weakness]} Choose another one.`)
    else if ((await terminal.askHidden('The same again: ')) === passphrase) return passphrase
    else terminal.say('Those two differ. Start over.')
  }
}
