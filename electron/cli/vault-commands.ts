// `create`, `status`, `passphrase` and `recover`: the vault itself, for people and for scripts.
import type { VaultStatus } from '../../shared/api/vault.ts'
import { defaultVaultName, vaultName } from '../../shared/api/vault.ts'
import { AppError } from '../../shared/errors.ts'
import { recoveryWordCount, splitWords } from '../../shared/recovery-words.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import { tellNotices } from './notices.ts'
import { newPassphrase, passphrasePair, talk } from './passphrases.ts'
import { oneLine } from './printable.ts'
import { recoveryWords, retypeWords, wordTable } from './recovery-words.ts'
import { type Core, withCore } from './core.ts'
import { UsageError } from './usage-error.ts'

export const create: Command = {
  summary: 'make a vault and print its 24 recovery words, once',
  operands: '[NAME]',
  mostOperands: 1,
  options: [],
  help: [
    'Asks for a new passphrase, prints the recovery words, and asks for two of them back before anything is made.',
    'With --passphrase-file it asks nothing. As JSON: { name, words, folder }.',
  ],
  run: (context) => {
    const wanted = nameIn(context)
    return withCore(
      context.folders,
      async (core) => {
        const { state } = await core.ask('vault.status', {})
        if (state !== 'none') throw new AppError('VAULT_EXISTS')
        const passphrase = await newPassphrase(context, core)
        const { draft, words, ask } = await core.ask('vault.draftKit', {})
        const retyped = await proveKept(context, { words, ask })
        const made = await core.ask('vault.create', {
          name: wanted,
          passphrase,
          draft,
          retyped,
        })
        const name = made.name ?? ''
        const printed = context.output.print({
          value: { name, words, folder: context.folders.folder },
          text: `Created "${oneLine(name)}" in ${oneLine(context.folders.folder)}.`,
        })
        // A person has the words already; a script was to find them here.
        if (context.output.json && !(await printed.catch(() => false))) throw new AppError('WORDS_UNREAD')
        await printed
        return exitStatus.done
      },
      { makesFolder: true },
    )
  },
}

/** Looked at before the words are shown: nobody should write down words for a vault that is then refused. */
function nameIn({ operands }: Context): string {
  const { success, data } = vaultName.safeParse(operands[0] ?? defaultVaultName)
  if (!success) throw new UsageError('That name cannot be used. A name has 1 to 80 characters, all on one line.')
  return data
}

interface Kit {
  readonly words: readonly string[]
  readonly ask: readonly number[]
}

/** Shows the words; a person types two of them back, and a script is taken at its word. */
async function proveKept(context: Context, { words, ask }: Kit) {
  if (!context.output.json) {
    const shown = await context.output.show(wordTable(words))
    // Nobody could read the words, so a vault made now could be lost for good with its passphrase.
    if (!shown) throw new AppError('CANCELLED')
  }
  if (context.canAsk && context.values['passphrase-file'] === undefined && !context.output.json) {
    return talk(context, (terminal) => retypeWords(terminal, { words, ask }))
  }
  return ask.map((at) => ({ at, word: words[at - 1] ?? '' }))
}

export const status: Command = {
  summary: 'say whether there is a vault, and what is known about it without opening it',
  operands: '',
  mostOperands: 0,
  options: [],
  help: ['As JSON: what vault.status answers, the folder, and how many backups there are.'],
  run: (context) =>
    withCore(context.folders, async (core) => {
      const found = await core.ask('vault.status', {})
      const { folder } = context.folders
      const { length: backups } = await core.ask('backups.list', {})
      const value = { ...found, folder, backups }
      await context.output.print({ value, text: describe(value) })
      return exitStatus.done
    }),
}

const hostWords = { desktop: 'the desktop app', web: 'the browser page', cli: 'a terminal' } as const

function describe({
  state,
  name,
  createdAt,
  openElsewhere,
  folder,
  backups,
}: VaultStatus & { readonly folder: string; readonly backups: number }): string {
  if (state === 'none') {
    const there = `There is no vault in ${oneLine(folder)} yet. Create one with "mindkeep create".`
    if (backups === 0) return there
    const found = backups === 1 ? 'There is a backup' : `There are ${backups} backups`
    return `${there}\n${found} in it. Restore the newest with "mindkeep restore-backup".`
  }
  const rows = [
    `Vault    ${oneLine(name ?? 'unknown')}`,
    `State    ${openElsewhere === null ? state : `open in ${hostWords[openElsewhere.host]} (process ${openElsewhere.pid}, since ${openElsewhere.since})`}`,
    `Created  ${createdAt ?? 'unknown'}`,
    `Folder   ${oneLine(folder)}`,
    `Backups  ${backups === 0 ? 'none yet: "mindkeep backup" makes one; an open page or window makes one a day' : backups}`,
  ]
  return rows.join('\n')
}

export const passphrase: Command = {
  summary: 'change the passphrase',
  operands: '',
  mostOperands: 0,
  options: [],
  help: [
    'Asks for the current passphrase and the new one. With --passphrase-file the file has two lines:',
    'the current passphrase, then the new one. As JSON: { name, folder }.',
  ],
  run: (context) =>
    withCore(context.folders, async (core) => {
      await mustExist(core)
      const { opened, current, next } = await passphrasePair(context, core, async (typed) => {
        const open = await core.ask('vault.unlock', { passphrase: typed })
        await tellNotices(context, open)
        return open
      })
      await core.ask('vault.changePassphrase', { current, next })
      await context.output.print({
        value: { name: opened.name, folder: context.folders.folder },
        text: 'The passphrase is changed.',
      })
      return exitStatus.done
    }),
}

export const recover: Command = {
  summary: 'open the vault with the recovery words and set a new passphrase',
  operands: '',
  mostOperands: 0,
  options: ['words-file'],
  help: [
    'Asks for the 24 words and a new passphrase, or reads them from --words-file and --passphrase-file.',
    'As JSON: { name, folder }.',
  ],
  run: (context) =>
    withCore(context.folders, async (core) => {
      await mustExist(core)
      const words = await recoveryWords(context)
      const count = splitWords(words).length
      // Before a new passphrase is thought up for words that can open nothing.
      if (count !== recoveryWordCount) throw new AppError('NOT_RECOVERY_WORDS', { count, unknown: [] })
      const opened = await core.ask('vault.recover', { words, passphrase: await newPassphrase(context, core) })
      await tellNotices(context, opened)
      await context.output.print({
        value: { name: opened.name, folder: context.folders.folder },
        text: 'The words opened the vault, and the new passphrase is set.',
      })
      return exitStatus.done
    }),
}

async function mustExist(core: Core): Promise<void> {
  const { state } = await core.ask('vault.status', {})
  if (state === 'none') throw new AppError('NO_VAULT')
}
