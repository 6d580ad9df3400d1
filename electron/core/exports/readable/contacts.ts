// Contacts as one vCard file (RFC 6350).
import { z } from 'zod'
import { contentLines, escaped, utc } from './content-lines.ts'
import type { ReadableItem } from './items.ts'

const values = z.array(z.object({ value: z.string(), label: z.string().optional() })).catch([])

export function contactEntry({ id, title, body, changed, facts }: ReadableItem): string {
  const many = (name: string, fact: string) =>
    values.parse(facts[fact]).map(({ value, label }) => `${name}${typed(label)}:${escaped(value)}`)
  const one = (name: string, fact: string) => {
    const value = facts[fact]
    return typeof value === 'string' && value !== '' ? [`${name}:${escaped(value)}`] : []
  }
  return contentLines([
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${id}`,
    `FN:${escaped(title) || 'Unnamed'}`,
    ...one('NICKNAME', 'nickname'),
    ...many('EMAIL', 'emails'),
    ...many('TEL', 'phones'),
    // Kept as one line of text: where the street ends is not known any more.
    ...values.parse(facts['addresses']).map(({ value, label }) => `ADR${typed(label)}:;;${escaped(value)};;;;`),
    ...many('URL', 'urls'),
    ...one('ORG', 'organisation'),
    ...one('TITLE', 'role'),
    ...dateOf('BDAY', facts['birthday']),
    ...dateOf('ANNIVERSARY', facts['anniversary']),
    ...(body === '' ? [] : [`NOTE:${escaped(body)}`]),
    `REV:${utc(changed)}`,
    'END:VCARD',
  ])
}

const typed = (label: string | undefined): string => {
  const type = label?.toLowerCase().replaceAll(/[^a-z0-9-]/g, '') ?? ''
  return type === '' ? '' : `;TYPE=${type}`
}

/** RFC 6350 §4.3.1 writes 19850412, and --0412 where the year is not known. */
function dateOf(name: string, value: unknown): string[] {
  const parts = typeof value === 'string' ? /^(\d{4}|--?)-?(\d{2})-(\d{2})$/.exec(value) : null
  if (parts === null) return []
  const [, year = '', month = '', day = ''] = parts
  return [`${name}:${/^\d/.test(year) ? year : '--'}${month}${day}`]
}
