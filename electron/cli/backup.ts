// `backup`: a checked copy of the vault as it is, beside it. `restore-backup`: one of them in the place of the vault, also
// where there is none any more, as on a new computer.
import type { Backup } from '../../shared/api/backups.ts'
import { AppError } from '../../shared/errors.ts'
import { type Command, exitStatus } from './command.ts'
import { withCore } from './core.ts'
import { followJobs } from './jobs.ts'
import { withOpenVault } from './open-vault.ts'
import { currentPassphrase } from './passphrases.ts'
import { recoveryWords } from './recovery-words.ts'

export const backup: Command = {
  summary: 'make a backup now, and check it by restoring it',
  operands: '',
  mostOperands: 0,
  options: [],
  help: [
    'An open page or window makes one a day by itself; a command of the terminal is too short for that.',
    'As JSON: { backup }, its id; "mindkeep call backups.list" lists them all.',
  ],
  run: (context) =>
    withOpenVault(context, async (core) => {
      const jobs = followJobs({ core, context })
      const { job } = await core.ask('backups.create', {})
      const value = await jobs.result('backup', job)
      await context.output.print({ value, text: `Backup ${value.backup} is made and checked.` })
      return exitStatus.done
    }),
}

export const restoreBackup: Command = {
  summary: 'put a backup in the place of the vault',
  operands: '[ID]',
  mostOperands: 1,
  options: ['words-file'],
  help: [
    'Without ID it is the newest one that is whole. What can still be read of the vault is backed up before.',
    'Asks for the passphrase, or takes it from --passphrase-file; with --words-file the 24 words open it instead.',
    'Works where there is no vault but its backups, as on a new computer. As JSON: { backup }.',
  ],
  run: (context) =>
    withCore(context.folders, async (core) => {
      const chosen = context.operands[0] ?? newest(await core.ask('backups.list', {}))
      const jobs = followJobs({ core, context })
      const byWords = context.values['words-file'] !== undefined
      const { job } = byWords
        ? await core.ask('backups.restoreWithWords', { id: chosen, words: await recoveryWords(context) })
        : await core.ask('backups.restore', { id: chosen, passphrase: await currentPassphrase(context) })
      const value = await jobs.result('restore', job)
      await context.output.print({ value, text: `Backup ${value.backup} is in the place of the vault.` })
      return exitStatus.done
    }),
}

function newest(backups: readonly Backup[]): string {
  const [found] = backups
    .filter(({ whole, kept }) => whole && kept !== 'another-vault')
    .toSorted((one, other) => other.at.localeCompare(one.at))
  if (found !== undefined) return found.id
  const areOthers = backups.some(({ kept }) => kept === 'another-vault')
  throw new AppError(areOthers ? 'BACKUP_OF_ANOTHER_VAULT' : 'NO_SUCH_BACKUP')
}
