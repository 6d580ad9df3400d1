import { describe, expect, it } from 'vitest'
import { createI18n, pickLanguage, regionFor, speak } from '../../renderer/i18n.ts'

describe('the language of the screens', () => {
  it('is the one chosen, whatever the computer speaks', () => {
    expect(pickLanguage('de', ['en-US'])).toBe('de')
    expect(pickLanguage('en', ['de-DE'])).toBe('en')
  })

  it('is the first of the computer’s own languages that there is', () => {
    expect(pickLanguage('system', ['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(pickLanguage('system', ['en-GB', 'de'])).toBe('en')
  })

  it('is English where there is none of them', () => {
    expect(pickLanguage('system', ['fr', 'ja'])).toBe('en')
    expect(pickLanguage('system', [])).toBe('en')
  })

  it('writes dates as the person’s own country does, and only where it speaks that language', () => {
    expect(regionFor('en', ['de-AT', 'en-GB', 'en-US'])).toBe('en-GB')
    expect(regionFor('de', ['en-GB', 'de-AT'])).toBe('de-AT')
    expect(regionFor('de', ['en-GB', 'den'])).toBe('de')
  })

  it('changes while the page is open, plurals included', async () => {
    const i18n = await createI18n('en')
    expect(i18n.t('lockSoon.text', { count: 1 })).toBe('The vault locks itself in 1 second.')
    expect(i18n.t('lockSoon.text', { count: 20 })).toBe('The vault locks itself in 20 seconds.')
    await speak(i18n, 'de')
    expect(i18n.t('lockSoon.text', { count: 1 })).toBe('Der Tresor sperrt sich in 1 Sekunde.')
    expect(i18n.t('lockSoon.text', { count: 20 })).toBe('Der Tresor sperrt sich in 20 Sekunden.')
  })

  it('says where something was done in whole sentences, since each language bends them in its own way', async () => {
    const i18n = await createI18n('de')
    expect(i18n.t('activity.act.vault.created.cli')).toBe('Du hast diesen Tresor im Terminal angelegt.')
    expect(i18n.t('activity.act.vault.created.web')).toBe('Du hast diesen Tresor auf der Browser-Seite angelegt.')
    expect(i18n.t('unlock.busy.in.cli')).toContain('Er ist im Terminal geöffnet.')
  })
})
