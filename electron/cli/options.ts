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
  state: {
    type: 'string',
    value: 'DIR',
    everywhere: true,
    says: 'the folder of what is kept apart from the vault (default: your state folder)',
  },
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
  'dry-run': { type: 'boolean', everywhere: false, says: 'only look: say what is there, and keep nothing' },
  'archive-password-file': {
    type: 'string',
    value: 'FILE',
    everywhere: false,
    says: 'read the password of locked archives from this file; - reads standard input',
  },
  dates: {
    type: 'string',
    value: 'ORDER',
    everywhere: false,
    says: 'read 03/04/2026 as day-first or month-first, where a file leaves it open',
  },
  columns: {
    type: 'string',
    value: 'ROLE=NAME,…',
    everywhere: false,
    says: 'what columns of a table hold: date, title, body, amount, currency or who (date=Day,amount=Paid)',
  },
  resume: { type: 'string', value: 'JOB', everywhere: false, says: 'go on with an import that was cut short' },
  'changed-too': { type: 'boolean', everywhere: false, says: 'also take back what you have changed since' },
  type: { type: 'string', value: 'TYPE', everywhere: false, says: 'only items of this type: note, mail, event …' },
  tag: { type: 'string', value: 'TAG', everywhere: false, says: 'only items with this tag' },
  from: { type: 'string', value: 'DAY', everywhere: false, says: 'only from this day on (2026-03-31)' },
  to: { type: 'string', value: 'DAY', everywhere: false, says: 'only up to this day' },
  locked: { type: 'boolean', everywhere: false, says: 'so that only a passphrase opens it' },
  trashed: { type: 'boolean', everywhere: false, says: 'what lies in the Trash, instead of what does not' },
  limit: { type: 'string', value: 'N', everywhere: false, says: 'at most so many' },
  offset: { type: 'string', value: 'N', everywhere: false, says: 'pass over so many' },
  zoom: { type: 'string', value: 'SIZE', everywhere: false, says: 'decade, year, month, day or hour (default: month)' },
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
