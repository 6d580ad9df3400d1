// What `help` prints, made from the tables of verbs and options so that it cannot say anything that is not so.
import type { Command } from './command.ts'
import { type OptionName, optionNames, options } from './options.ts'

type Commands = Readonly<Record<string, Command>>

const callsIt = 'mindkeep [options] COMMAND'

export function generalHelp(commands: Commands): string {
  const verbs = Object.entries(commands).map(([verb, { summary }]) => ({ left: verb, right: summary }))
  return [
    'Mindkeep keeps your own life in a vault on this computer, locked with your passphrase.',
    '',
    `Usage: ${callsIt} …`,
    '',
    'Commands:',
    ...table([...verbs, { left: 'help [COMMAND]', right: 'explain a command' }]),
    '',
    'Options, before or after the command:',
    ...optionLines(optionNames.filter((name) => options[name].everywhere)),
    '',
    'Exit status: 0 done, 1 refused or failed, 2 wrong usage.',
  ].join('\n')
}

export function commandHelp(verb: string, { summary, operands, options: own, meanings, help }: Command): string {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
  return [
    `Usage: mindkeep [options] ${[verb, operands].filter((part) => part !== '').join(' ')}`,
    '',
    sentence,
    ...help,
    ...(own.length === 0 ? [] : ['', 'Options of this command:', ...optionLines(own, meanings)]),
    '',
    'Options of every command: see "mindkeep help".',
  ].join('\n')
}

function optionLines(names: readonly OptionName[], meanings: Command['meanings'] = {}): string[] {
  const rows = names.map((name) => {
    const row = { ...options[name], ...meanings[name] }
    const short = 'short' in row ? `-${row.short}, ` : ''
    const value = 'value' in row ? ` ${row.value}` : ''
    return { left: `${short}--${name}${value}`, right: row.says }
  })
  return table(rows)
}

function table(rows: readonly { readonly left: string; readonly right: string }[]): string[] {
  const width = Math.max(...rows.map(({ left }) => left.length))
  return rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`)
}
