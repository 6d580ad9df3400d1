// The frame of the settings: one heading, one line of sections, the section below.
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Screen } from '../../ui/Layout.tsx'
import { settingsSections } from '../../words/places.ts'
import styles from './Settings.module.css'

export function Settings() {
  const { t } = useTranslation()
  const line = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = settingsSections.find((name) => pathname.endsWith(`/${name}`))
  const title = t('settings.title')
  useEffect(() => {
    // On a narrow page the line scrolls; the section shown should be in sight on it.
    line.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  })
  return (
    <Screen title={title} tab={shown === undefined ? title : `${title}: ${t(`settings.${shown}.title`)}`}>
      <nav ref={line} aria-label={t('settings.sections')} className={styles['sections']}>
        {settingsSections.map((name) => (
          <Link key={name} to={`/settings/${name}`} className={styles['section']}>
            {t(`settings.${name}.title`)}
          </Link>
        ))}
      </nav>
      <Suspense>
        <Outlet />
      </Suspense>
    </Screen>
  )
}
