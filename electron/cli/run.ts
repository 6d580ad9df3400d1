// One command from its words to its exit status: parse, find the verb, run it, and turn whatever was thrown into the
// sentence or the JSON that the caller asked for.
import { AppError, type ErrorShape } from '../../shared/errors.ts'
import { chooseFolders } from '../core/folders.ts'
import { backup, restoreBackup } from './backup.ts'
import { deleteVault } from './delete.ts'
import { call } from './call.ts'
import { type Command, type Streams, exitStatus } from './command.ts'
import { commandHelp, generalHelp } from './help.ts'
import { exportAll, openExport, restore } from './export-commands.ts'
import { importFiles, imports, undo } from './import-commands.ts'
import { items, search, show, timeline } from './library-commands.ts'
import { models } from './models-commands.ts'
import { networkLog } from './network-commands.ts'
import { type OptionName, type OptionValues, options } from './options.ts'
import { type Output, createOutput } from './output.ts'
import { type Parsed, parse, unknownVerb } from './parse.ts'
import { serve } from './serve.ts'
import { erase, trash } from './tidying-commands.ts'
import { UsageError } from './usage-error.ts'
import { create, passphrase, recover, status } from './vault-commands.ts'
import { version } from '../core/version.ts'

const commands: Readonly<Record<string, Command>> = {
  create,
  status,
  passphrase,
  recover,
  serve,
  import: importFiles,
  imports,
  undo,
  items,
  show,
  search,
  timeline,
  trash,
  erase,
  export: exportAll,
  'open-export': openExport,
  restore,
  backup,
  'restore-backup': restoreBackup,
  delete: deleteVault,
  models,
  'network-log': networkLog,
  call,
}

interface RunParts extends Streams {
  readonly args: readonly string[]
}

export async function run({ args, ...streams }: RunParts): Promise<number> {
  // Read ahead of the parse, so that a command line that cannot be parsed is still answered in the form it asked for.
  const output = createOutput({ ...streams, json: args.includes('--json') })
  try {
    return await perform({ parsed: parse(args), output, streams })
  } catch (error) {
    await output.fail(shapeOf(error))
    return error instanceof UsageError ? exitStatus.wrongUsage : exitStatus.refused
  }
}

interface Performance {
  readonly parsed: Parsed
  readonly output: Output
  readonly streams: Streams
}

async function perform({ parsed: { words, values }, output, streams }: Performance): Promise<number> {
  const [verb, ...operands] = words
  if (values.version === true) return say(output, { value: { version: version() }, text: version() })
  if (verb === 'help' || values.help === true) return explain(output, verb === 'help' ? operands[0] : verb)
  if (verb === undefined)
    throw new UsageError('Say what to do: mindkeep COMMAND. Run "mindkeep help" to see the commands.')

  const command = findCommand(verb)
  refuseStrays({ verb, command, operands, values })
  const canAsk = isTerminal(streams.stdin) && isTerminal(streams.stderr)
  const folders = chooseFolders(values, { platform: process.platform, env: process.env })
  return command.run({ ...streams, output, values, operands, canAsk, folders })
}

function findCommand(verb: string): Command {
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (command === undefined) throw unknownVerb(verb, [...Object.keys(commands), 'help'])
  return command
}

async function explain(output: Output, verb: string | undefined): Promise<number> {
  const text = verb === undefined || verb === 'help' ? generalHelp(commands) : commandHelp(verb, findCommand(verb))
  return say(output, { value: { help: text }, text })
}

async function say(output: Output, result: { readonly value: unknown; readonly text: string }): Promise<number> {
  await output.print(result)
  return exitStatus.done
}

interface CommandLine {
  readonly verb: string
  readonly command: Command
  readonly operands: readonly string[]
  readonly values: OptionValues
}

function refuseStrays({ verb, command, operands, values }: CommandLine): void {
  const stray = operands[command.mostOperands]
  if (stray !== undefined) {
    throw new UsageError(`"mindkeep ${verb}" does not take "${stray}". See "mindkeep help ${verb}".`, { typed: stray })
  }
  const given = Object.keys(values) as OptionName[]
  const foreign = given.find((name) => !options[name].everywhere && !command.options.includes(name))
  if (foreign !== undefined) {
    throw new UsageError(`"mindkeep ${verb}" has no option --${foreign}. See "mindkeep help ${verb}".`, {
      option: `--${foreign}`,
    })
  }
}

const isTerminal = (stream: NodeJS.ReadableStream | NodeJS.WritableStream) => 'isTTY' in stream && stream.isTTY === true

function shapeOf(error: unknown): ErrorShape {
  if (error instanceof AppError || error instanceof UsageError) return error.toShape()
  return new AppError('INTERNAL').toShape()
}
