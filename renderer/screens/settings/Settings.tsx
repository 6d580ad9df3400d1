// The frame of the settings: one heading, one line of sections, the section below.
import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Screen } from '../../ui/Layout.tsx'
import { SectionLine } from '../../ui/Tabs.tsx'
import { settingsSections } from '../../words/places.ts'

export function Settings() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const shown = settingsSections.find((name) => pathname.endsWith(`/${name}`))
  const title = t('settings.title')
  return (
    <Screen title={title} tab={shown === undefined ? title : `${title}: ${t(`settings.${shown}.title`)}`}>
      <SectionLine
        label={t('settings.sections')}
        sections={settingsSections.map((name) => ({
          href: `#/settings/${name}`,
          label: t(`settings.${name}.title`),
          current: name === shown,
        }))}
      />
      <Suspense>
        <Outlet />
      </Suspense>
    </Screen>
  )
}
