// `trash` and `erase`: taking single things away, for 30 days or for good.
import { AppError } from '../../shared/errors.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import { followJobs } from './jobs.ts'
import { idIn, titleLine } from './library-commands.ts'
import { withOpenVault } from './open-vault.ts'
import { talk } from './passphrases.ts'
import { importText } from './printable.ts'

export const trash: Command = {
  summary: 'put an item into the Trash, where it stays for 30 days',
  operands: 'ID',
  mostOperands: 1,
  options: [],
  help: ['As JSON: { change, items }. "mindkeep undo CHANGE" takes it back.'],
  run: (context) => {
    const id = idIn(context)
    return withOpenVault(context, async (core) => {
      // A whole selection may hold what is gone; a person who names one thing hears that it is not there.
      await core.ask('library.get', { id })
      const changed = await core.ask('library.trash', { which: { ids: [id] } })
      const text =
        changed.change === null
          ? 'It is in the Trash already.'
          : `It is in the Trash. "mindkeep undo ${changed.change}" takes it back.`
      await context.output.print({ value: changed, text })
      return exitStatus.done
    })
  },
}

export const erase: Command = {
  summary: 'erase an item for good: its text, versions, files and words in the index',
  operands: 'ID',
  mostOperands: 1,
  options: [],
  help: [
    'Asks first at a terminal; it cannot be taken back. Says which backups still hold it, and until when.',
    'As JSON: { items, backups: [{ id, at, until }], earlier: [{ id, at, until }], copies: [{ what, at }],',
    'uploads: [{ name, until }], logEmptied }.',
  ],
  run: (context) => {
    const id = idIn(context)
    return withOpenVault(context, async (core) => {
      const { title } = await core.ask('library.get', { id })
      if (context.canAsk && !context.output.json) await makeSure(context, title)
      const jobs = followJobs({ core, context })
      const { job } = await core.ask('library.erase', { which: { ids: [id] } })
      const done = await jobs.result('erase', job)
      const listed = (backups: typeof done.backups) =>
        backups.map(({ id: backup, at, until }) => `  ${backup} of ${at}${until === null ? '' : `, until ${until}`}`)
      const [held, earlier] = [listed(done.backups), listed(done.earlier)]
      const uploads = done.uploads.map(
        ({ name, until }) =>
          `  ${importText(name)}${until === null ? '' : `, no longer than the first opening after ${until}`}`,
      )
      const copies = done.copies.map(({ what, at }) => `  ${copyWords[what]} ${at}`)
      const text = [
        'It is erased.',
        ...(held.length === 0 ? [] : ['Backups that still hold it:', ...held]),
        ...(earlier.length === 0
          ? []
          : [
              'Backups made before it came into the vault, which should not hold it unless it had been here before:',
              ...earlier,
            ]),
        ...(uploads.length === 0
          ? []
          : [
              'Files of imports that are not finished may hold it. They are kept until these are finished or undone:',
              ...uploads,
            ]),
        ...(done.logEmptied
          ? []
          : [
              'Something else is reading the vault: a trace stays in its log, encrypted, until that is over and the vault is locked.',
            ]),
        ...(copies.length === 0 ? [] : ['Older copies of the vault that may hold it, until a deep erase:', ...copies]),
      ].join('\n')
      await context.output.print({ value: done, text })
      return exitStatus.done
    })
  },
}

const copyWords = { 'before-update': 'kept before an update,', replaced: 'replaced by a restore,' } as const

async function makeSure(context: Context, title: string): Promise<void> {
  const answer = await talk(context, (terminal) =>
    terminal.ask(`Erase "${titleLine(title)}" for good? Type erase to go on: `),
  )
  if (answer.trim().toLowerCase() !== 'erase') throw new AppError('CANCELLED')
}
