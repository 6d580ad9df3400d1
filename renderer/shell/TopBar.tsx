// The bar above every screen: one way to search and act, where the data is, and the lock.
import { useTranslation } from 'react-i18next'
import { Button } from 'react-aria-components'
import { useAnswer } from '../api.ts'
import { IconButton } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/Icon.tsx'
import { Keys } from '../ui/Keys.tsx'
import { commandKey } from '../ui/shortcuts.ts'
import styles from './TopBar.module.css'

interface TopBarProps {
  readonly onSearch: () => void
  readonly onLock: () => void
}

export function TopBar({ onSearch, onLock }: TopBarProps) {
  const { t } = useTranslation()
  const settings = useAnswer('settings.get', {})
  return (
    <header className={styles['bar']}>
      <Button onPress={onSearch} aria-haspopup="dialog" className={cx(styles['search'])}>
        <Icon name="search" size="small" />
        <span className={styles['long']}>{t('top.search')}</span>
        <span className={styles['short']}>{t('top.searchShort')}</span>
        <span className={styles['keys']} aria-hidden="true">
          <Keys keys={[commandKey(t), 'K']} />
        </span>
      </Button>
      <a href="#/left" className={styles['pill']}>
        <Icon name="device" size="small" />
        {settings.network ? t('top.onDevice') : t('top.noNetwork')}
      </a>
      <IconButton icon="lock" label={t('top.lock')} onPress={onLock} />
    </header>
  )
}
