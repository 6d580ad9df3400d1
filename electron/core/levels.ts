// How private a thing is, as the database has it: a number, so that more is more.
import { type Level, levels } from '../../shared/api/items.ts'

export const numberOfLevel = (level: Level): number => levels.indexOf(level)

/** The name of the level in this column. */
export const levelNameSql = (column: string): string =>
  `CASE ${column} ${levels.map((name, number) => `WHEN ${number} THEN '${name}'`).join(' ')} END`

/** A number that none of ours has made is kept from everybody. */
export const levelOfNumber = (level: number): Level => levels[level] ?? 'secret'
