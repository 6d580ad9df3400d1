// Turns the words of a command line into a verb, its operands and its options, wherever the options stand. It refuses
// what it does not know and names the nearest word it does.
import { parseArgs } from 'node:util'
import { nearest } from './nearest.ts'
import { type OptionName, type OptionValues, isOptionName, optionNames, options } from './options.ts'
import { UsageError } from './usage-error.ts'

export interface Parsed {
  readonly words: readonly string[]
  readonly values: OptionValues
}

export function parse(args: readonly string[]): Parsed {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const words: string[] = []
  const values: Record<string, string | true> = {}
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind === 'option') {
      if (!isOptionName(token.name)) throw unknownOption(token.rawName)
      values[token.name] = valueOf(token.name, token)
    }
  }
  return { words, values }
}

interface OptionToken {
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function valueOf(name: OptionName, { value, inlineValue }: OptionToken): string | true {
  const row = options[name]
  if (row.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`--${name} takes no value.`, { option: `--${name}` })
    return true
  }
  // `--vault --json` would otherwise take "--json" for a folder. A name that really begins so is given as --vault=NAME.
  const forgotten = inlineValue !== true && value !== undefined && value.length > 1 && value.startsWith('-')
  if (value === undefined || value === '' || forgotten) {
    throw new UsageError(`--${name} needs a value: --${name} ${row.value}.`, { option: `--${name}` })
  }
  return value
}

function unknownOption(typed: string): UsageError {
  const suggestion = nearest(typed.replace(/^-+/, ''), optionNames)
  const hint = suggestion === undefined ? 'Run "mindkeep help" to see them all.' : `Did you mean --${suggestion}?`
  return new UsageError(`There is no option ${typed}. ${hint}`, withSuggestion(typed, suggestion && `--${suggestion}`))
}

export function unknownVerb(typed: string, verbs: readonly string[]): UsageError {
  const suggestion = nearest(typed.toLowerCase(), verbs)
  const hint = suggestion === undefined ? 'Run "mindkeep help" to see them all.' : `Did you mean "${suggestion}"?`
  return new UsageError(`There is no command "${typed}". ${hint}`, withSuggestion(typed, suggestion))
}

const withSuggestion = (typed: string, suggestion: string | undefined) =>
  suggestion === undefined ? { typed } : { typed, suggestion }
