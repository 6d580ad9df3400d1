// The bar above every screen: one way to search and act, where the data is, and the lock.
import { useTranslation } from 'react-i18next'
import { Button } from 'react-aria-components'
import type { Settings } from '../../shared/api/settings.ts'
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

/** Where the data is: it leaves only where the person has allowed a host that reads it. */
function placeOf({ network, remoteHosts }: Settings) {
  if (!network) return 'noNetwork'
  return remoteHosts === '' ? 'onDevice' : 'leaves'
}

export function TopBar({ onSearch, onLock }: TopBarProps) {
  const { t } = useTranslation()
  const place = placeOf(useAnswer('settings.get', {}))
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
      <a href="#/left" className={cx(styles['pill'], place === 'leaves' && styles['leaves'])}>
        <Icon name={place === 'leaves' ? 'globe' : 'device'} size="small" />
        {t(`top.${place}`)}
      </a>
      <IconButton icon="lock" label={t('top.lock')} onPress={onLock} />
    </header>
  )
}
