import { describe, expect, it } from 'vitest'
import { createLog } from '../../electron/core/log.ts'
import { createFakeClock } from '../support/fake-clock.ts'

function build() {
  const lines: string[] = []
  return { lines, log: createLog({ clock: createFakeClock(), write: (line) => lines.push(line) }) }
}

describe('the log', () => {
  it('writes an event with the fields that are allowed', () => {
    const { log, lines } = build()
    log.write('dispatch.failed', { method: 'vault.unlock', kind: 'TypeError', ms: 12 })
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      at: '2026-01-15T09:00:00.000Z',
      event: 'dispatch.failed',
      method: 'vault.unlock',
      kind: 'TypeError',
      ms: 12,
    })
  })

  it('leaves out every field that is not on its list, and every value that looks like more than a word', () => {
    const { log, lines } = build()
    const canary = 'my secret passphrase'
    log.write('x', {
      passphrase: 'hunter2',
      path: '/home/ada',
      title: 'Dear diary',
      reason: canary,
      kind: '/home/ada/vault.db',
      code: 'C:\\Users\\ada',
    })
    log.write(canary, {})
    expect(lines.join('')).not.toMatch(/hunter2|ada|diary|secret/u)
    expect(lines).toHaveLength(2)
  })

  it('keeps one line for one event, whatever is in the fields', () => {
    const { log, lines } = build()
    log.write('a\nb', { kind: 'c\nd' })
    expect(lines.every((line) => !line.includes('\n'))).toBe(true)
  })
})
