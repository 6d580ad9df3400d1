// The languages of the screens. Each is one JSON file with the same keys; only the one in use is loaded.
import { type i18n, createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Appearance } from '../shared/api/settings.ts'
import { isolate } from './isolate.ts'
import type english from './locales/en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: { readonly translation: typeof english }
    readonly strictKeyChecks: true
  }
}

export type Language = 'en' | 'de'

const load = { en: () => import('./locales/en.json'), de: () => import('./locales/de.json') }

/** The language to speak: the one chosen, or the first of the person's own that there is. */
export function pickLanguage(chosen: Appearance['language'], preferred: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  const first = preferred.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'en' || tag === 'de')
  return first ?? 'en'
}

/** How dates and numbers are written: as in the person's own country, where the computer speaks the language shown. */
export const regionFor = (language: string, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language

export async function createI18n(language: Language): Promise<i18n> {
  const instance = createInstance()
  await instance.use(initReactI18next).init({
    // React escapes for the page. What is left to guard is the reading order.
    interpolation: { escapeValue: true, escape: isolate },
    resources: {},
    returnNull: false,
  })
  await speak(instance, language)
  return instance
}

export async function speak(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'translation')) {
    instance.addResourceBundle(language, 'translation', (await load[language]()).default)
  }
  await instance.changeLanguage(language)
}
