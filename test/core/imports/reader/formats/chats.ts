// What the tests of chats share: the exports of others with what is expected of them.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { NewItem } from '../../../../../electron/core/library/library.ts'

const folder = resolve(import.meta.dirname, '../../../../../../shared/fixtures/chats')

export const fixturesAreHere = existsSync(folder)
export const fixture = (path: string) => readFileSync(resolve(folder, path), 'utf8')

interface Expected {
  readonly timestamp: string
  readonly author: string
  readonly message: string
}

export const expectedOf = (chat: string): Expected[] => JSON.parse(fixture(`${chat}/target.json`)) as Expected[]

/** As the targets say it: seconds in UTC, everything on one line. */
export const told = (items: readonly NewItem[]): Expected[] =>
  items.map(({ when, people, body }) => ({
    timestamp: when !== undefined && 'at' in when ? new Date(when.at).toISOString().slice(0, 19) : '',
    author: people?.[0]?.name ?? '',
    message: body.replace(/\s+/g, ' '),
  }))
