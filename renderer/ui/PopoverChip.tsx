// A chip like those of FilterChips whose choices are no list: what is in its popover is the caller's.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, DialogTrigger, Popover } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './FilterChips.module.css'
import { Icon } from './Icon.tsx'

interface PopoverChipProps {
  readonly label: string
  /** What is chosen, in words; left out while nothing is. */
  readonly chosen?: string
  readonly onClear?: () => void
  readonly children: ReactNode
}

export function PopoverChip({ label, chosen, onClear, children }: PopoverChipProps) {
  const { t } = useTranslation()
  return (
    <span className={cx(styles['chip'], chosen !== undefined && styles['chosen'])}>
      <DialogTrigger>
        <Button className={cx(styles['open'])}>
          <span>{chosen === undefined ? label : t('filter.chosen', { label, chosen })}</span>
          <Icon name="down" size="small" />
        </Button>
        <Popover aria-label={label} className={cx(styles['popover'])} offset={4} placement="bottom start">
          <div className={styles['dialog']}>{children}</div>
        </Popover>
      </DialogTrigger>
      {chosen !== undefined && (
        <Button
          aria-label={t('filter.clearOne', { label })}
          className={cx(styles['clear'])}
          onPress={() => onClear?.()}
        >
          <Icon name="close" size="small" />
        </Button>
      )}
    </span>
  )
}
