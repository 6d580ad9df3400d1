import { describe, expect, it } from 'vitest'
import { createDispatch } from '../../electron/core/dispatch.ts'
import { api, type Handlers, type MethodName } from '../../shared/api/api.ts'
import { AppError, errorMessages } from '../../shared/errors.ts'

function build(changes: Partial<Record<MethodName, (input: never) => Promise<unknown>>>, { unlocked = true } = {}) {
  const logged: unknown[] = []
  const failures: string[] = []
  const unexpected = async () => {
    throw new Error('not part of this test')
  }
  const handlers = {
    ...Object.fromEntries(Object.keys(api).map((name) => [name, unexpected])),
    ...changes,
  } as unknown as Handlers
  const dispatch = createDispatch({
    handlers,
    isUnlocked: () => unlocked,
    log: { write: (...line) => void logged.push(line) },
    onFailure: (code) => void failures.push(code),
  })
  return { dispatch, logged, failures }
}

describe('dispatch', () => {
  it('answers UNKNOWN_METHOD for anything that is not in the table, inherited names included', async () => {
    const { dispatch } = build({})
    for (const name of ['nope', '', 'constructor', '__proto__', 'toString', 'vault.status ']) {
      expect(await dispatch(name, {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_METHOD' } })
    }
  })

  it('lets only the methods marked so through while locked, and looks at the lock before the input', async () => {
    const { dispatch } = build(
      { 'appearance.get': async () => ({ theme: 'dark', language: 'en' }) },
      { unlocked: false },
    )
    expect(await dispatch('appearance.get', {})).toEqual({ ok: true, value: { theme: 'dark', language: 'en' } })
    expect(await dispatch('settings.set', { nonsense: 1 })).toMatchObject({ error: { code: 'VAULT_LOCKED' } })
  })

  it('names the wrong fields of an input and never repeats what was in them', async () => {
    const { dispatch } = build({})
    const reply = await dispatch('vault.unlock', { passphrase: 42, secret: 'hunter2' })
    expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
    expect(JSON.stringify(reply)).toContain('passphrase')
    expect(JSON.stringify(reply)).not.toContain('hunter2')
  })

  it('passes an AppError on, with its details', async () => {
    const { dispatch, failures } = build({
      'vault.status': () => Promise.reject(new AppError('VAULT_BUSY', { host: 'web', pid: 7 })),
    })
    expect(await dispatch('vault.status', {})).toEqual({
      ok: false,
      error: { code: 'VAULT_BUSY', message: errorMessages.VAULT_BUSY, details: { host: 'web', pid: 7 } },
    })
    expect(failures).toEqual(['VAULT_BUSY'])
  })

  it('turns what it does not know into INTERNAL with a reference, and leaks nothing', async () => {
    const { dispatch, logged } = build({
      'vault.status': () => Promise.reject(new TypeError('secret /home/ada/vault')),
    })
    const reply = await dispatch('vault.status', {})
    expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(JSON.stringify(reply)).toMatch(/"reference":"[0-9a-f-]{36}"/u)
    expect(JSON.stringify([reply, logged])).not.toContain('ada')
    expect(JSON.stringify(logged)).toContain('TypeError')
  })

  it('refuses to pass on an output that is not what the table says', async () => {
    const { dispatch } = build({ 'appearance.get': async () => ({ theme: 'dark', language: 'en', key: 'leaked' }) })
    expect(await dispatch('appearance.get', {})).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
  })

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_CORRUPT', 'VAULT_DAMAGED'],
    ['SQLITE_CORRUPT_INDEX', 'VAULT_DAMAGED'],
    ['SQLITE_NOTADB', 'VAULT_DAMAGED'],
    ['EACCES', 'FOLDER_UNUSABLE'],
  ])('calls a %s by its name for people, %s', async (code, expected) => {
    const { dispatch } = build({ 'vault.status': () => Promise.reject(Object.assign(new Error('raw'), { code })) })
    expect(await dispatch('vault.status', {})).toMatchObject({ ok: false, error: { code: expected } })
  })
})

describe('the table of errors', () => {
  it('says in every sentence what happened, in plain words and with a full stop', () => {
    for (const [code, message] of Object.entries(errorMessages)) {
      expect(message, code).toMatch(/^[A-Z].*\.$/u)
      expect(message, code).not.toMatch(/\b(hash|nonce|token|mnemonic|null|undefined|exception)\b/iu)
    }
  })
})
