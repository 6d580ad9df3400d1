// `models`: what runs on this device, and how more of it comes and goes.
import type { Model } from '../../shared/api/models.ts'
import { modelId } from '../../shared/api/models.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import type { Core } from './core.ts'
import { followJobs } from './jobs.ts'
import { withOpenVault } from './open-vault.ts'
import { oneLine } from './printable.ts'
import { mustBeThere } from './typed-path.ts'
import { UsageError } from './usage-error.ts'

type Act = (context: Context, core: Core, about: string) => Promise<{ readonly value: unknown; readonly text: string }>

const acts: Readonly<Record<string, Act>> = {
  async get(context, core, about) {
    const jobs = followJobs({ core, context })
    const { job } = await core.ask('models.get', { id: idOf(about) })
    const value = await jobs.result('get-model', job)
    return { value, text: `${value.name} is here and was checked (${value.bytes} bytes).` }
  },
  async import(context, core, about) {
    const jobs = followJobs({ core, context })
    const [handle = ''] = core.offer([about])
    const value = await jobs.result('add-model', (await core.ask('models.add', { handle })).job)
    return { value, text: `${value.name} is here and was checked (${value.bytes} bytes). Its ID is ${value.model}.` }
  },
  async check(_context, core, about) {
    const value = await core.ask('models.check', { id: idOf(about) })
    const text = value.whole ? 'Every file is what it was when it came.' : 'A file of it is missing or was changed.'
    return { value, text }
  },
  async remove(_context, core, about) {
    const value = await core.ask('models.remove', { id: idOf(about) })
    return { value, text: `${value.freed} bytes are free again.` }
  },
}

export const models: Command = {
  summary: 'list the models there are, get one, bring one in, check or remove it',
  operands: '[get|import|check|remove ID|DIR]',
  mostOperands: 2,
  options: [],
  help: [
    'models              lists what is here and what can be had, with its ID',
    'models get ID       fetches it from the hub; what has come so far is kept, and gone on with',
    'models import DIR   copies one that you have, in the layout of the hub: config.json, tokenizer.json,',
    '                    tokenizer_config.json, onnx/model_….onnx',
    'models check ID     compares every file with what it was when it came',
    'models remove ID    removes it, or what has come of it, and frees its room',
    'As JSON: what models.list answers; { model, name, bytes }; { whole }; { freed }.',
  ],
  run: (context) => {
    const [verb, about] = context.operands
    const act = verb === undefined ? undefined : Object.hasOwn(acts, verb) ? acts[verb] : undefined
    if (verb !== undefined && (act === undefined || about === undefined)) {
      throw new UsageError('Say what to do, and with which: mindkeep models get|import|check|remove ID|DIR.', {
        typed: verb,
      })
    }
    if (verb === 'import' && about !== undefined && !mustBeThere(about).isDirectory()) {
      throw new UsageError(`"${about}" is not a folder.`, { typed: about })
    }
    return withOpenVault(context, async (core) => {
      const result = act === undefined || about === undefined ? await listed(core) : await act(context, core, about)
      await context.output.print(result)
      return exitStatus.done
    })
  },
}

async function listed(core: Core) {
  const value = await core.ask('models.list', {})
  return { value, text: value.models.map(lineOf).join('\n') }
}

function lineOf({ id, name, task, licence, origin, from, bytes, arrived, installed }: Model): string {
  const size = bytes === null ? 'size: ask the hub' : `${bytes} bytes`
  const some = arrived > 0 ? `${arrived} bytes have come` : 'can be had'
  const where =
    from === 'mindkeep'
      ? 'comes with Mindkeep'
      : origin === null
        ? 'from a folder'
        : `${origin.repository} ${origin.revision.slice(0, 12)}`
  return oneLine(
    [id, name, task, licence ?? 'licence unknown', size, where, installed === null ? some : 'is here'].join('  '),
  )
}

function idOf(given: string): string {
  const { success, data } = modelId.safeParse(given)
  if (!success)
    throw new UsageError('Name a model by its ID: the one that "mindkeep models" prints first.', { typed: given })
  return data
}
