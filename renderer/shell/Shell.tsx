// The frame of an open vault: rail, top bar, the screen, and what may come over it. It asks for nothing but the vault's
// state and the settings that its own keys depend on.
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportSummary } from '../../shared/api/imports.ts'
import { useAnswer } from '../api.ts'
import { useToasts } from '../ui/Toast.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { Mark } from '../ui/Page.tsx'
import { useUndoWays } from '../words/changes.ts'
import { useLock } from '../words/leaving.tsx'
import { UndoImport } from '../words/UndoImport.tsx'
import { DropAnywhere } from './DropAnywhere.tsx'
import { JobStrip } from './JobStrip.tsx'
import { LockSoon } from './LockSoon.tsx'
import { PaletteOfActions } from './PaletteOfActions.tsx'
import styles from './Shell.module.css'
import { ShortcutHelp } from './ShortcutHelp.tsx'
import { TopBar } from './TopBar.tsx'
import { useShortcuts } from './useShortcuts.ts'

const places = [
  { to: '/', name: 'home', icon: 'home' },
  { to: '/library', name: 'library', icon: 'library' },
  { to: '/add', name: 'add', icon: 'import' },
  { to: '/activity', name: 'activity', icon: 'activity' },
  { to: '/settings', name: 'settings', icon: 'settings' },
] as const satisfies readonly { to: string; name: string; icon: IconName }[]

export function Shell() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { singleKeyShortcuts } = useAnswer('settings.get', {})
  const { notices } = useAnswer('vault.status', {})
  const { pathname } = useLocation()
  const [over, setOver] = useState<'palette' | 'help' | null>(null)
  const [undoing, setUndoing] = useState<ImportSummary | null>(null)
  const undoWays = useUndoWays(setUndoing)
  const lock = useLock()
  const close = () => setOver(null)
  useShortcuts({
    singleKeys: singleKeyShortcuts,
    openPalette: () => setOver('palette'),
    openHelp: () => setOver('help'),
    undo: () => toasts.undoLast(undoWays),
    redo: toasts.redoLast,
    lock,
  })
  return (
    <div className={styles['shell']}>
      <a href="#content" className={styles['skip']} onClick={skipToContent}>
        {t('app.skip')}
      </a>
      <nav aria-label={t('nav.label')} className={styles['rail']}>
        <div className={styles['brand']}>
          <Mark />
          <span>{t('app.name')}</span>
        </div>
        {places.map(({ to, name, icon }) => (
          <Link key={name} to={to} activeOptions={{ exact: to === '/' }} className={styles['place']}>
            <Icon name={icon} />
            <span>{t(`nav.${name}`)}</span>
            {name === 'home' && notices.length > 0 && (
              <span className={styles['attention']}>{t('home.attention')}</span>
            )}
          </Link>
        ))}
      </nav>
      <TopBar onSearch={() => setOver('palette')} onLock={lock} />
      <main id="content" tabIndex={-1} className={styles['main']}>
        {/* What was chosen is looked at on the screen that asks for it. */}
        <JobStrip shownElsewhere={pathname === '/add' ? 'import-preview' : null} />
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      {over === 'palette' && <PaletteOfActions onClose={close} onHelp={() => setOver('help')} onLock={lock} />}
      {over === 'help' && <ShortcutHelp singleKeys={singleKeyShortcuts} onClose={close} />}
      {undoing !== null && <UndoImport summary={undoing} onClose={() => setUndoing(null)} />}
      <DropAnywhere />
      <LockSoon onLock={lock} />
    </div>
  )
}

/** The address bar belongs to the router, so the jump is made by hand. */
function skipToContent(event: React.MouseEvent): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}
