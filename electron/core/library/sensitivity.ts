// How private a thing is, from what can be told of it: its type, where it comes from, and what stands in it. It only ever
// proposes; the person's word stands over it.
import type { ItemType, Level, levelReasons } from '../../../shared/api/items.ts'
import type { Item } from '../../../shared/api/library.ts'
import { numberOfLevel } from '../levels.ts'
import { detectors } from './detectors.ts'

type Reason = (typeof levelReasons)[number]

interface Told {
  readonly type: ItemType
  readonly source: string
  readonly title: string
  readonly body: string
  readonly facts: Item['facts']
}

export interface Judged {
  readonly level: Level
  readonly reasons: readonly Reason[]
}

const ofType: Readonly<Record<ItemType, Level>> = {
  note: 'personal',
  message: 'personal',
  mail: 'personal',
  conversation: 'personal',
  event: 'personal',
  task: 'personal',
  contact: 'personal',
  document: 'ordinary',
  bookmark: 'ordinary',
  visit: 'personal',
  transaction: 'personal',
  photo: 'personal',
  place: 'personal',
  track: 'personal',
  feed: 'ordinary',
  observation: 'health',
  record: 'ordinary',
}

/**
 * Sources of which everything is at least that private, whatever type it is. What somebody searched for, asked aloud or
 * watched at Google comes as a plain record where it leads nowhere.
 */
const ofSource: Readonly<Record<string, Level>> = {
  'takeout-activity': 'personal',
}

export function levelOf({ type, source, title, body, facts }: Told): Judged {
  const told = Object.values(facts).filter((fact) => typeof fact === 'string')
  const text = [title, body, ...told].join('\n')
  const found: { readonly reason: Reason; readonly level: Level }[] = [
    { reason: 'type', level: ofType[type] },
    { reason: 'source', level: ofSource[source] ?? 'ordinary' },
    ...detectors.filter(({ holds }) => holds(text)),
  ]
  const level = found.reduce<Level>((most, one) => (isMore(one.level, most) ? one.level : most), 'ordinary')
  // The reasons for just this level: why it is not less.
  return {
    level,
    reasons: found.filter((one) => one.level === level && level !== 'ordinary').map(({ reason }) => reason),
  }
}

const isMore = (one: Level, other: Level): boolean => numberOfLevel(one) > numberOfLevel(other)
