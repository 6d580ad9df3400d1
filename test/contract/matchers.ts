// vitest's matchers under types that can be put into a table: they are compared, never read.
import { expect } from 'vitest'

export const aText: unknown = expect.any(String)
export const aNumber: unknown = expect.any(Number)
export const aList: unknown = expect.any(Array)
export const anything: unknown = expect.anything()
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern)
export const like = (fields: object): unknown => expect.objectContaining(fields)
export const listWith = (...entries: readonly unknown[]): unknown => expect.arrayContaining([...entries])
