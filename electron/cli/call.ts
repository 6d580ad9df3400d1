// `call`: any method of the api table, for scripts. It adds nothing to the api: the input goes in as it was written, and
// the value or the error comes out as every other host would get it.
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { type MethodName, api, isMethodName } from '../../shared/api/api.ts'
import { started } from '../../shared/api/values.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import { followJobs } from './jobs.ts'
import { tellNotices } from './notices.ts'
import { currentPassphrase } from './passphrases.ts'
import { type Core, unwrap, withCore } from './core.ts'
import { UsageError } from './usage-error.ts'

export const call: Command = {
  summary: 'call any api method with a JSON input',
  operands: 'METHOD [JSON]',
  mostOperands: 2,
  options: ['list', 'no-wait'],
  help: [
    'JSON is the input, {} when left out; - reads it from standard input. Prints the value as JSON.',
    'Unlocks first when the method needs it and a passphrase is given or can be asked for; locks again at the end.',
    'Waits for work that the method starts and prints its result.',
  ],
  async run(context) {
    if (context.values.list === true) return printMethods(context)
    const [method] = context.operands
    if (method === undefined)
      throw new UsageError('Name a method: mindkeep call METHOD [JSON]. See "mindkeep call --list".')
    const input = await readInput(context)
    return withCore(context.folders, async (core) => {
      if (needsUnlocking(method)) await unlock(context, core)
      const jobs = followJobs({ core, context })
      const value = unwrap(await core.dispatch(method, input))
      if (!isMethodName(method) || !startsWork(method)) {
        await printValue(context, value)
        return exitStatus.done
      }
      const { job } = z.looseObject(started.shape).parse(value)
      if (context.values['no-wait'] === true) await printValue(context, value)
      const result = await jobs.ended(job)
      if (context.values['no-wait'] !== true) await printValue(context, result)
      return exitStatus.done
    })
  },
}

/** Some say more than the job: the import it is for. */
const startsWork = (method: MethodName) => {
  const { output } = api[method]
  const shape: Readonly<Record<string, unknown>> = output instanceof z.ZodObject ? output.shape : {}
  return shape['job'] === started.shape.job
}

const needsUnlocking = (method: string) => isMethodName(method) && api[method].whileLocked !== true

async function unlock(context: Context, core: Core): Promise<void> {
  // Without a passphrase the method itself says that the vault is locked, as on every other host.
  if (context.values['passphrase-file'] === undefined && !context.canAsk) return
  await tellNotices(context, await core.ask('vault.unlock', { passphrase: await currentPassphrase(context) }))
}

async function readInput({ operands, values, stdin }: Context): Promise<unknown> {
  const written = operands[1] ?? '{}'
  if (written === '-' && values['passphrase-file'] === '-') {
    throw new UsageError('Standard input can give the JSON or the passphrase, not both.')
  }
  try {
    return JSON.parse(written === '-' ? await text(stdin) : written)
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError('The input of the method is not JSON.')
    throw error
  }
}

const printValue = ({ output }: Context, value: unknown) =>
  output.print({ value, text: JSON.stringify(value, null, 2) })

async function printMethods({ output }: Context): Promise<number> {
  const names = Object.keys(api).filter(isMethodName).toSorted()
  const rows = names.map((name) => ({ method: name, whileLocked: api[name].whileLocked === true, ...schemas(name) }))
  const lines = rows.map(({ method, whileLocked }) => (whileLocked ? `${method}  (also while locked)` : method))
  await output.print({ value: rows, text: lines.join('\n') })
  return exitStatus.done
}

const schemas = (name: MethodName) => ({
  input: z.toJSONSchema(api[name].input, { io: 'input' }),
  output: z.toJSONSchema(api[name].output),
})
