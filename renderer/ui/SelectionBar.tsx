// What is selected in a list, and what can be done with all of it at once. It stands above the list while anything is.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { useFormat } from './format.tsx'
import styles from './SelectionBar.module.css'

interface SelectionBarProps {
  readonly count: number
  readonly onNone: () => void
  /** Buttons and menus. */
  readonly children: ReactNode
}

export function SelectionBar({ count, onNone, children }: SelectionBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={styles['bar']}>
      <output className={styles['count']}>{t('list.selected', { count, shown: format.number(count) })}</output>
      <div className={styles['acts']}>
        {children}
        <Button look="quiet" onPress={onNone}>
          {t('list.none')}
        </Button>
      </div>
    </div>
  )
}
