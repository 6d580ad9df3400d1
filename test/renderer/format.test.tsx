import type { i18n } from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nProvider } from 'react-aria-components'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, it } from 'vitest'
import { createI18n } from '../../renderer/i18n.ts'
import { type Format, FormatProvider, useFormat } from '../../renderer/ui/format.tsx'

/** What a screen would be given in that language. */
async function formatIn(language: 'en' | 'de'): Promise<Format> {
  const i18n: i18n = await createI18n(language)
  const given: Format[] = []
  function Screen() {
    given.push(useFormat())
    return null
  }
  const locale = language === 'en' ? 'en-GB' : 'de-DE'
  renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <I18nProvider locale={locale}>
        <FormatProvider>
          <Screen />
        </FormatProvider>
      </I18nProvider>
    </I18nextProvider>,
  )
  const [format] = given
  if (format === undefined) throw new Error('The screen was not drawn')
  return format
}

describe('how long something takes', () => {
  it('is said in the largest units there are, two at most', async () => {
    const { duration } = await formatIn('en')
    expect(duration(60)).toBe('1 minute')
    expect(duration(60 * 60)).toBe('1 hour')
    expect(duration(240 * 60)).toBe('4 hours')
    expect(duration(90 * 60)).toBe('1 hour, 30 minutes')
    expect(duration(86_400 + 61)).toBe('1 day')
    expect(duration(0)).toBe('0 seconds')
  })

  it('is said in the language of the person', async () => {
    const { duration } = await formatIn('de')
    expect(duration(120 * 60)).toBe('2 Stunden')
  })
})

describe('when something was', () => {
  it('is told apart to the second where that is asked for', async () => {
    const { when, whenExact } = await formatIn('en')
    const now = new Date()
    const [first, second] = [3, 4].map((seconds) => new Date(2020, 4, 3, 14, 7, seconds).toISOString())
    expect(when(first ?? '')).toBe(when(second ?? ''))
    expect(whenExact(first ?? '')).not.toBe(whenExact(second ?? ''))
    expect(whenExact(now.toISOString())).toContain('today at')
  })

  it('is short in a list: the time of today, the day of this year, the year before that', async () => {
    const { short } = await formatIn('en')
    const now = new Date()
    expect(short(now.toISOString())).toMatch(/^\d\d:\d\d$/)
    expect(short(new Date(2020, 4, 3, 14, 7).toISOString())).toBe('3 May 2020')
    const inYear = new Date(now.getFullYear(), now.getMonth() === 0 ? 1 : 0, 20, 12)
    expect(short(inYear.toISOString())).not.toContain(String(now.getFullYear()))
  })

  it('is the same day everywhere where it is a day of the calendar', async () => {
    const { calendarDay } = await formatIn('en')
    expect(calendarDay('2026-05-03')).toBe('3 May 2026')
  })
})
