// What a card says of somebody (RFC 6350 §6), as an item has it: a name, and facts with what each of them is called.
import type { NewItem } from '../../../library/library.ts'
import { type Component, paramOf, type Property, propertiesOf, propertyIn, textOf } from '../calendar/content-lines.ts'
import { oneLine } from '../text/text.ts'

const mostValues = 200

const flat = (value: unknown): string =>
  (Array.isArray(value)
    ? value.map(flat)
    : [typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '']
  )
    .filter((part) => part !== '')
    .join(' ')

/** The parts of a structured value, in their order; a missing one is ''. */
function partsOf(property: Property | undefined): string[] {
  const value = property?.values[0]
  return Array.isArray(value) ? value.map(flat) : [flat(value)]
}

export function nameOf(card: Component): string {
  const [family = '', given = '', middle = '', before = '', after = ''] = partsOf(propertyIn(card, 'n'))
  const names = [
    textOf(propertyIn(card, 'fn')),
    [before, given, middle, family, after].filter((part) => part !== '').join(' '),
    textOf(propertyIn(card, 'nickname')),
    partsOf(propertyIn(card, 'org'))
      .filter((part) => part !== '')
      .join(', '),
  ]
  return oneLine(names.find((name) => name !== '') ?? '', 200)
}

export type Labelled = { value: string; label?: string }

/** With what it is called beside it: its kind, or the label that Apple keeps under the same group. */
export function labelled(card: Component, name: string): Labelled[] {
  return propertiesOf(card, name)
    .slice(0, mostValues)
    .flatMap((property) => {
      const value = flat(property.values[0])
        .replace(/^(?:mailto|tel):/i, '')
        .slice(0, 320)
      const label = labelOf(card, property)
      return value === '' ? [] : [label === '' ? { value } : { value, label }]
    })
}

function labelOf(card: Component, property: Property): string {
  const group = paramOf(property, 'group')
  const own =
    group === '' ? undefined : propertiesOf(card, 'x-ablabel').find((other) => paramOf(other, 'group') === group)
  const label = textOf(own).replace(/^_\$!<(.*)>!\$_$/, '$1')
  const kinds = [property.params['type'] ?? []].flat().map((kind) => kind.toLowerCase())
  return oneLine(label || kinds.filter((kind) => !/^(?:pref|internet|voice|x-)/.test(kind)).join(' '), 60)
}

export function factsOf(card: Component, emails: Labelled[], phones: Labelled[]): NonNullable<NewItem['facts']> {
  const addresses = propertiesOf(card, 'adr')
    .slice(0, mostValues)
    .flatMap((property) => {
      const value = partsOf(property)
        .filter((part) => part !== '')
        .join(', ')
        .replace(/\n/g, ', ')
      const label = labelOf(card, property)
      return value === '' ? [] : [label === '' ? { value } : { value, label }]
    })
  const urls = propertiesOf(card, 'url')
    .slice(0, mostValues)
    .map((property) => textOf(property))
    .filter((url) => url !== '')
  const texts = {
    organisation: partsOf(propertyIn(card, 'org'))
      .filter((part) => part !== '')
      .join(', '),
    role: textOf(propertyIn(card, 'title')) || textOf(propertyIn(card, 'role')),
    nickname: textOf(propertyIn(card, 'nickname')),
    birthday: dayOf(propertyIn(card, 'bday')),
    anniversary: dayOf(propertyIn(card, 'anniversary') ?? propertyIn(card, 'x-anniversary')),
  }
  return {
    ...Object.fromEntries(
      Object.entries({ emails, phones, addresses, urls }).filter(([, values]) => values.length > 0),
    ),
    ...Object.fromEntries(
      Object.entries(texts)
        .filter(([, text]) => text !== '')
        .map(([name, text]) => [name, text.slice(0, 2000)] as const),
    ),
  }
}

/** `1996-04-15`, or `--04-15` where the year is kept back: Apple then writes 1604 and says so. */
function dayOf(property: Property | undefined): string {
  if (property === undefined) return ''
  const [, year, month, day] = /^(\d{4}|-)-?(\d{2})-?(\d{2})/.exec(textOf(property)) ?? []
  if (month === undefined || day === undefined || year === undefined) return oneLine(textOf(property), 60)
  return year === '-' || paramOf(property, 'x-apple-omit-year') === year
    ? `--${month}-${day}`
    : `${year}-${month}-${day}`
}
