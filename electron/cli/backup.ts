// `backup`: a checked copy of the vault as it is, beside it.
import { z } from 'zod'
import { type Command, exitStatus } from './command.ts'
import { followJobs } from './jobs.ts'
import { withOpenVault } from './open-vault.ts'

const made = z.object({ backup: z.string() })

export const backup: Command = {
  summary: 'make a backup now, and check it by restoring it',
  operands: '',
  mostOperands: 0,
  options: [],
  help: ['As JSON: { backup }, its id; "mindkeep call backups.list" lists them all.'],
  run: (context) =>
    withOpenVault(context, async (core) => {
      const jobs = followJobs({ core, context })
      const { job } = await core.ask('backups.create', {})
      const value = made.parse(await jobs.ended(job))
      await context.output.print({ value, text: `Backup ${value.backup} is made and checked.` })
      return exitStatus.done
    }),
}
