// Contacts: vCard 2.1 (the versit specification), 3 (RFC 2426) and 4 (RFC 6350). A contact belongs to whoever it names; what
// a program kept for itself in it is left out.
import ICAL from 'ical.js'
import { createKeeping, entryInParts, type Json } from '../calendar/as-written.ts'
import {
  type Component,
  colonIn,
  components,
  type Grammar,
  paramOf,
  type Property,
  propertiesOf,
  propertyIn,
  propertyOf,
  textOf,
} from '../calendar/content-lines.ts'
import { certainty, type Found, type Importer } from '../importer.ts'
import type { NewAttachment, NewItem } from '../../../library/library.ts'
import { asTags } from '../items/tags.ts'
import { createNames, hashed } from '../items/same.ts'
import { knownLabel } from '../text/encodings.ts'
import { factsOf, labelled, nameOf } from './vcard-facts.ts'

const longestUid = 500

/** Parameters without a name, which vCard 2.1 allows, by what they can only be. */
const encodings = /^(?:quoted-printable|base64|8bit|7bit|b)$/i

function withNamedParams(line: string): string {
  const colon = colonIn(line)
  const [head, value] = [line.slice(0, Math.max(0, colon)), line.slice(colon + 1)]
  if (!/;[^=";:]+(?:;|$)/.test(head)) return line
  const [name, ...params] = head.split(';')
  const named = params.map((param) =>
    param === '' || param.includes('=') ? param : `${encodings.test(param) ? 'ENCODING' : 'TYPE'}=${param}`,
  )
  return `${[name, ...named.filter((param) => param !== '')].join(';')}:${value}`
}

const isQuoted = (start: string) => /^[^:]{1,200}[;=]quoted-printable[;:]/i.test(start.slice(0, 300))

const grammar: Grammar = {
  wanted: new Set(['VCARD']),
  inner: new Set(),
  // A quoted-printable value goes on in the next line where it ends in `=` (RFC 2045 §6.7).
  continues: (start, end) => end.endsWith('=') && isQuoted(start),
  read(line) {
    const property = isQuoted(line)
      ? propertyOf(withNamedParams(unquoted(line)), ICAL.design.vcard3)
      : propertyOf(withNamedParams(line), ICAL.design.vcard)
    return property?.is === 'text' ? { ...property, values: property.values.map(withSemicolons) } : property
  },
}

/** ical.js leaves the backslash before a semicolon, which may stand there in any text (RFC 6350 §3.4). */
function withSemicolons(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSemicolons)
  return typeof value === 'string' ? value.replaceAll('\\;', ';') : value
}

/** A value in quoted-printable, as the same value in plain text. */
function unquoted(line: string): string {
  const colon = line.indexOf(':')
  const head = line.slice(0, colon)
  const charset = /;charset="?([\w-]+)/i.exec(head)?.[1] ?? 'utf-8'
  const written = line.slice(colon + 1).replace(/=\r?\n/g, '')
  const bytes = Buffer.from(
    Buffer.from(written)
      .toString('latin1')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  const value = new TextDecoder(knownLabel(charset) ?? 'utf-8').decode(bytes)
  // vCard 2.1 knows no `\n`: line ends are bytes of the value, while `;` still parts it.
  return `${head}:${value.replace(/\r?\n/g, '\\n')}`
}

export const vcard: Importer = {
  format: 'vcard',
  counts: 'lines',
  recognises: ({ text }) => (/^\s*BEGIN:VCARD\s/i.test(text?.slice(0, 1000) ?? '') ? certainty.certain : certainty.no),
  async *read(entry, reading) {
    const named = createNames()
    for await (const part of components(entry, reading, grammar)) {
      if ('problem' in part) yield part
      else if ('component' in part) yield* contactOf(part.component, named)
    }
  },
}

function* contactOf(card: Component, named: ReturnType<typeof createNames>): Generator<Found> {
  const name = nameOf(card)
  const [emails, phones] = [labelled(card, 'email'), labelled(card, 'tel')]
  const title = name || (emails[0]?.value ?? phones[0]?.value ?? '')
  if (title === '') {
    yield { problem: { why: 'no-content', at: card.line } }
    return
  }
  const facts = factsOf(card, emails, phones)
  const body = propertiesOf(card, 'note')
    .map(textOf)
    .filter((note) => note !== '')
    .join('\n\n')
  const given = textOf(propertyIn(card, 'uid'))
  const content = hashed(title, body, JSON.stringify(facts))
  const people = [...emails, ...phones]
    .slice(0, 20)
    .map(({ value }) => ({ name: title, address: value, role: 'about' as const }))
  const uid = given === '' ? content : given.length > longestUid ? hashed(given) : given
  const same = named(`vcard:${uid}`, content)
  const { written, cut } = asWritten(card, same.slice('vcard:'.length))
  const item: NewItem = {
    same,
    type: 'contact',
    title,
    body,
    source: 'vcard',
    people: people.length > 0 ? people : [{ name: title, role: 'about' }],
    tags: asTags(propertiesOf(card, 'categories').flatMap(({ values }) => values.map(String))),
    attachments: propertiesOf(card, 'photo').flatMap(pictureOf).slice(0, 10),
    facts: { ...facts, card: written },
    position: card.line,
  }
  yield* entryInParts(item, 'card')
  if (cut) yield { problem: { why: 'too-large', at: card.line } }
}

/** What an item says itself, pictures, and what changes each time a card is written out. */
const saidElsewhere = new Set([
  ...['version', 'uid', 'fn', 'note', 'categories', 'photo', 'logo', 'sound', 'rev', 'prodid'],
  // As text only what is also there in parts, or what no program of today reads.
  ...['label', 'mailer', 'agent', 'name', 'profile'],
])

/** As version 4 says it, whichever it was. */
function asWritten(card: Component, uid: string): { readonly written: Json; readonly cut: boolean } {
  const keeping = createKeeping()
  const kept = card.properties
    .filter(({ name }) => !saidElsewhere.has(name))
    .flatMap(({ params, values, ...property }) => {
      const { encoding: _, charset: __, ...others } = params
      const [place] = property.name === 'geo' ? values : []
      const [, latitude, longitude] = /^(-?[\d.]+)[;,](-?[\d.]+)$/.exec(String(place)) ?? []
      return keeping.keep({
        ...property,
        is: property.is === 'phone-number' ? 'text' : property.is,
        params: others,
        values: latitude === undefined ? values : [`geo:${latitude},${longitude}`],
      })
    })
  return { written: ['vcard', [['uid', {}, 'text', uid], ...kept]], cut: keeping.wasCut() }
}

const media: Readonly<Record<string, string>> = { jpg: 'jpeg', jpe: 'jpeg' }

function pictureOf(property: Property): NewAttachment[] {
  const text = textOf(property)
  const [all, said] = /^data:(image\/[\w.+-]+)(?:;[^,]*)?;base64,/i.exec(text) ?? []
  if (all === undefined && !/^(?:b|base64)$/i.test(paramOf(property, 'encoding'))) return []
  const content = Buffer.from(text.slice(all?.length ?? 0), 'base64')
  const kind = (said?.split('/')[1] ?? paramOf(property, 'type')).toLowerCase().replace(/^image\//, '')
  const subtype = /^[\w.+-]{2,20}$/.test(kind) ? (media[kind] ?? kind) : 'jpeg'
  return content.length === 0
    ? []
    : [{ name: `photo.${subtype === 'jpeg' ? 'jpg' : subtype}`, media: `image/${subtype}`, content }]
}
