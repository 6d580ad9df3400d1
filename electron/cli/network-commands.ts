// `network-log`: what left this device, read from a terminal.
import { type Departure, networkApi } from '../../shared/api/network.ts'
import { type Command, exitStatus } from './command.ts'
import { countOf, mostOf } from './library-commands.ts'
import { withOpenVault } from './open-vault.ts'

const { limit } = networkApi['network.list'].input.shape
const most = mostOf(limit.unwrap())

const reasons: Readonly<Record<Departure['reason'], string>> = {
  'model-download': 'to fetch a model',
  'local-server': 'to ask a program on this computer',
  'remote-model': 'to ask a model elsewhere',
}
const endings: Readonly<Record<NonNullable<Departure['ended']>, string>> = {
  done: 'done',
  stopped: 'stopped',
  failed: 'broke off',
  unreached: 'nobody was reached',
  'cut-short': 'Mindkeep ended first, so it may have been more',
}

export const networkLog: Command = {
  summary: 'list every connection there was: when, where to, why and how much',
  operands: '',
  mostOperands: 0,
  options: ['limit'],
  help: [
    `The newest first. --limit is 50 unless it is given, and ${most} at most.`,
    'As JSON: { departures: [{ id, at, host, reason, here, sent, received, items, ended }], total, left }; `here` is what',
    'stayed on this computer, in another program, and `left` counts the others.',
  ],
  run: (context) => {
    const count = countOf(context, 'limit', { usual: 50, most })
    return withOpenVault(context, async (core) => {
      const found = await core.ask('network.list', { limit: count })
      const { departures, total, left } = found
      const rest = total - departures.length
      const lines = [
        left === 0 ? 'Nothing has left this device.' : `Connections that left this device: ${left}.`,
        ...departures.map(lineOf),
        ...(rest > 0 ? [`… and ${rest} older ones`] : []),
      ]
      await context.output.print({ value: found, text: lines.join('\n') })
      return exitStatus.done
    })
  },
}

function lineOf({ at, host, reason, here, sent, received, items, ended }: Departure): string {
  const about = items.length === 0 ? [] : [`${items.length} items`]
  return [
    at,
    host,
    reasons[reason],
    here ? 'stayed on this computer, in another program' : 'left this device',
    `${sent} bytes sent, ${received} received`,
    ...about,
    ended === null ? 'under way' : endings[ended],
  ].join('  ')
}
