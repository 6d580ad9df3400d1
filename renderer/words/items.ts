// What items are called: their type, where they came from and how private they are, each with an icon to find it by.
import { useTranslation } from 'react-i18next'
import type { ItemType } from '../../shared/api/items.ts'
import type { IconName } from '../ui/Icon.tsx'
import { useMeasure } from './measures.ts'

const icons: Record<ItemType, IconName> = {
  note: 'note',
  message: 'message',
  mail: 'mail',
  conversation: 'people',
  event: 'calendar',
  task: 'task',
  contact: 'person',
  document: 'document',
  bookmark: 'bookmark',
  visit: 'globe',
  transaction: 'money',
  photo: 'picture',
  place: 'place',
  track: 'track',
  feed: 'feed',
  observation: 'health',
  record: 'record',
}

export const iconOfType = (type: ItemType): IconName => icons[type]

const knownSources = [
  'mindkeep',
  'sample',
  'markdown',
  'text',
  'html',
  'pdf',
  'docx',
  'csv',
  'json',
  'ics',
  'vcard',
  'mbox',
  'eml',
  'chatgpt',
  'claude',
  'whatsapp',
  'telegram',
  'signal',
  'instagram',
  'takeout-activity',
  'takeout-chrome',
  'takeout-keep',
  'takeout-location',
  'takeout-timeline',
  'bookmarks',
  'chrome',
  'firefox',
  'bank',
  'ofx',
  'qif',
  'camt',
  'mt940',
  'photo',
  'gpx',
  'feed',
  'opml',
  'measures',
] as const

export type KnownSource = (typeof knownSources)[number]

export const knownSource = (source: string): KnownSource | undefined => knownSources.find((name) => name === source)

/** A source that came after this list was written is called what it calls itself. */
export function useSourceName(): (source: string) => string {
  const { t } = useTranslation()
  return (source) => {
    const known = knownSource(source)
    return known === undefined ? source : t(`library.source.${known}`)
  }
}

interface Titled {
  readonly type: ItemType
  readonly title: string
}

/** What an item is called: a measure by its kind, and anything without a title of its own by its type. */
export function useItemTitle(): (item: Titled) => string {
  const { t } = useTranslation()
  const measure = useMeasure()
  return ({ type, title }) =>
    measure({ type, title }, '')?.title ??
    (title.trim() === '' ? t('library.untitled', { type: t(`library.type.${type}`) }) : title)
}

/** Somebody with two addresses is two to the vault, and one to whoever reads a list of names. */
export function byName(
  people: readonly { readonly id: number; readonly name: string }[],
): ReadonlyMap<string, readonly number[]> {
  const names = new Map<string, readonly number[]>()
  for (const { id, name } of people) names.set(name, [...(names.get(name) ?? []), id])
  return names
}
