import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../electron/core/ports.ts'
import { createStretcher } from '../../../electron/core/vault/keys/passphrase.ts'
import { createPassphraseJudge } from '../../../electron/core/vault/keys/strength.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { failure } from '../support.ts'

const clock = createFakeClock()

describe('stretching a passphrase', () => {
  it('is calibrated upward from 64 MiB and three passes, and gives the same key again', async () => {
    const { calibrate, stretch } = createStretcher({ clock: systemClock })
    const { key, settings } = await calibrate('lantern orbit velvet')
    expect(settings.memoryKiB).toBeGreaterThanOrEqual(64 * 1024)
    expect(settings.passes).toBeGreaterThanOrEqual(3)
    expect(await stretch('lantern orbit velvet', settings)).toEqual(key)
  })

  it('agrees with the reference vector of Argon2id (libsodium, 19 MiB, 2 passes)', async () => {
    const settings = {
      algorithm: 'argon2id',
      memoryKiB: 19 * 1024,
      passes: 2,
      salt: Buffer.alloc(16, 7).toString('base64'),
    } as const
    const { stretch } = createStretcher({ clock })
    const { argon2Sync } = await import('node:crypto')
    const expected = argon2Sync('argon2id', {
      message: 'password',
      nonce: Buffer.alloc(16, 7),
      parallelism: 1,
      tagLength: 32,
      memory: 19 * 1024,
      passes: 2,
    })
    expect(await stretch('password', settings)).toEqual(expected)
  })

  it.each([
    ['less memory than is safe', { memoryKiB: 19 * 1024 - 1, passes: 3 }],
    ['fewer passes than are safe', { memoryKiB: 64 * 1024, passes: 1 }],
    ['more memory than a computer should be asked for', { memoryKiB: 1024 * 1024 + 1, passes: 3 }],
    ['more passes than anyone would wait for', { memoryKiB: 64 * 1024, passes: 11 }],
  ])('refuses a key file that asks for %s', async (_what, asked) => {
    const { stretch } = createStretcher({ clock })
    const settings = { algorithm: 'argon2id', salt: Buffer.alloc(16).toString('base64'), ...asked } as const
    expect((await failure(stretch('x', settings))).code).toBe('UNSAFE_KEY_SETTINGS')
  })
})

describe('judging a passphrase', () => {
  const judge = createPassphraseJudge({ clock })

  it.each([
    ['', 'short'],
    ['password', 'common'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'repeats'],
    ['abcdefghijklmnop', 'sequence'],
    ['21.03.1984', 'date'],
    ['summer beach', 'few-words'],
  ])('says of "%s" that it is too easy to guess (%s)', async (passphrase, weakness) => {
    expect(await judge.measure(passphrase)).toMatchObject({ enough: false, weakness })
  })

  it.each(['correct horse battery staple lamp', 'Zg7#kQ2!vL9x$wPm', 'mein blauer regenschirm tanzt barfuß'])(
    'is content with "%s"',
    async (passphrase) => {
      expect(await judge.measure(passphrase)).toEqual({ score: 4, enough: true, weakness: 'none' })
    },
  )

  it('suggests what it is content with, a different one each time', async () => {
    const suggestions = await Promise.all(Array.from({ length: 50 }, judge.suggest))
    expect(new Set(suggestions).size).toBe(50)
    for (const one of suggestions) expect(await judge.measure(one), one).toMatchObject({ enough: true })
  })

  it('takes no longer for a very long passphrase than for a long one', async () => {
    expect(await judge.measure('x1'.repeat(512))).toMatchObject({ weakness: 'repeats' })
  })
})
