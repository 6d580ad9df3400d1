// `delete`: the vault, for good, after its name was typed; where nobody can know that any more, the name of its folder.
import { basename, resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import { type Core, withCore } from './core.ts'
import { talk } from './passphrases.ts'
import { oneLine } from './printable.ts'
import { UsageError } from './usage-error.ts'

export const deleteVault: Command = {
  summary: 'delete the vault and its backups from this computer, for good',
  operands: '[NAME]',
  mostOperands: 1,
  options: [],
  help: [
    'Asks for the name of the vault, or takes it as NAME. Where the key files cannot be read it is the name of the',
    'folder, and backups stay: nobody can tell whose they are. As JSON: { folder, backups }, the ids of those that stay.',
  ],
  run: (context) =>
    withCore(context.folders, async (core) => {
      const { folder } = context.folders
      await core.ask('vault.delete', { name: context.operands[0] ?? (await askForName(context, core)) })
      const backups = (await core.ask('backups.list', {})).map(({ id }) => id)
      const left =
        backups.length === 0
          ? ''
          : ` Backups that are not its own, or not known to be, stay beside it: ${backups.length}.`
      await context.output.print({
        value: { folder, backups },
        text: `The vault in ${oneLine(folder)} is deleted.${left}`,
      })
      return exitStatus.done
    }),
}

async function askForName(context: Context, core: Core): Promise<string> {
  if (!context.canAsk) throw new UsageError('Give the name of the vault: mindkeep delete NAME.')
  const name = await nameOf(core, context.folders.folder)
  return talk(context, (terminal) =>
    terminal.ask(`This cannot be taken back. Type ${JSON.stringify(oneLine(name))} to delete the vault of this name: `),
  )
}

async function nameOf(core: Core, folder: string): Promise<string> {
  try {
    const { name } = await core.ask('vault.status', {})
    if (name === null) throw new AppError('NO_VAULT')
    return name
  } catch (error) {
    if (!(error instanceof AppError) || !nameless.has(error.code)) throw error
    return basename(resolve(folder))
  }
}

const nameless = new Set<AppError['code']>(['KEYS_DAMAGED', 'VAULT_FROM_FUTURE'])
