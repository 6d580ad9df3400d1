// The options of the command line, said once: the parser, the help and the suggestions all read this table.

export const options = {
  vault: {
    type: 'string',
    value: 'DIR',
    everywhere: true,
    says: 'the folder of the vault (default: your data folder)',
  },
  'passphrase-file': {
    type: 'string',
    value: 'FILE',
    everywhere: true,
    says: 'read the passphrase from this file; - reads standard input',
  },
  json: { type: 'boolean', everywhere: true, says: 'print one JSON value, and errors as JSON on standard error' },
  help: { type: 'boolean', short: 'h', everywhere: true, says: 'explain a command' },
  version: { type: 'boolean', everywhere: true, says: 'print the version' },
  /** Where small facts apart from the vault live; for tests and for people who move everything. Not in the help. */
  state: { type: 'string', value: 'DIR', everywhere: true, says: '' },
  'words-file': {
    type: 'string',
    value: 'FILE',
    everywhere: false,
    says: 'read the 24 recovery words from this file; - reads standard input',
  },
  list: { type: 'boolean', everywhere: false, says: 'list every method and whether it works while locked' },
  'no-wait': {
    type: 'boolean',
    everywhere: false,
    says: 'print the id of started work at once, not its result; the command still ends when the work does',
  },
  port: { type: 'string', value: 'N', everywhere: false, says: 'listen on this port (default: any free one)' },
  open: { type: 'boolean', everywhere: false, says: 'open the page in a browser' },
} as const satisfies Record<string, OptionRow>

interface OptionRow {
  readonly type: 'string' | 'boolean'
  /** Accepted by every verb. */
  readonly everywhere: boolean
  readonly says: string
  readonly value?: string
  readonly short?: string
}

export type OptionName = keyof typeof options
type NamesOf<T extends 'string' | 'boolean'> = {
  [N in OptionName]: (typeof options)[N]['type'] extends T ? N : never
}[OptionName]

export type OptionValues = { readonly [N in NamesOf<'string'>]?: string } & {
  readonly [N in NamesOf<'boolean'>]?: true
}

export const optionNames = Object.keys(options) as OptionName[]
export const isOptionName = (name: string): name is OptionName => Object.hasOwn(options, name)
