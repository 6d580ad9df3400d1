// How private a thing is, from what can be told of it: its type, where it comes from, and what stands in it. It only ever
// proposes; the person's word stands over it.
import { type ItemType, type Level, type levelReasons, levels } from '../../../shared/api/items.ts'
import type { Item } from '../../../shared/api/library.ts'

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

export function levelOf({ type }: Told): Judged {
  const level = ofType[type]
  return { level, reasons: level === 'ordinary' ? [] : ['type'] }
}

export const numberOfLevel = (level: Level): number => levels.indexOf(level)
