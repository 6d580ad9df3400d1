import { describe, expect, it } from 'vitest'
import { heldUntil } from '../../../electron/core/vault/backups/held-until.ts'

const at = (day: string, hour = '10') => ({ id: `${day} ${hour}`, at: `${day}T${hour}:00:00.000Z`, whole: true })

describe('until when a backup is kept', () => {
  it('one of two made on a day goes when it is no longer recent; the last of a month stays a year', () => {
    const until = heldUntil(
      [at('2026-01-30', '09'), at('2026-01-30'), at('2026-01-31')],
      new Date('2026-01-31T12:00:00Z'),
    )
    const days = (id: string) => until.get(id)?.slice(0, 10)
    expect(days('2026-01-30 09')).toBe('2026-02-01')
    expect(days('2026-01-30 10')).toBe('2026-02-06')
    // Twelve newer months stand before it.
    expect(days('2026-01-31 10')).toBe('2027-01-01')
  })
})
