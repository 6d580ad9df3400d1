import { describe, expect, it } from 'vitest'
import { type Field, type FieldEvent, fieldAfter } from '../../renderer/screens/library/typedQuery.ts'

const after = (...events: readonly FieldEvent[]) =>
  events.reduce(fieldAfter, { text: '', asked: '', own: '' } satisfies Field).text

describe('the search field', () => {
  it('keeps what is typed on while its beginning is being looked for', () => {
    expect(after({ typed: 'swim' }, { asks: 'swim' }, { typed: 'swim p' }, { asked: 'swim' })).toBe('swim p')
    expect(after({ typed: 'swim' }, { typed: 'swim p' }, { asks: 'swim' }, { asked: 'swim' })).toBe('swim p')
  })

  it('keeps the space that is no part of what is looked for', () => {
    expect(after({ typed: 'swim ' }, { asks: 'swim' }, { asked: 'swim' })).toBe('swim ')
  })

  it('shows what is asked for from elsewhere, also what it had asked for itself before', () => {
    const own = [{ typed: 'swim' }, { asks: 'swim' }, { asked: 'swim' }] as const
    expect(after(...own, { asked: 'choir' })).toBe('choir')
    expect(after(...own, { asked: '' })).toBe('')
    expect(after(...own, { asked: 'choir' }, { typed: 'choirs' }, { asked: 'swim' })).toBe('swim')
  })
})
