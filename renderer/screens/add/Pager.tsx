// Steps through a long list, a page at a time. Nothing where one page holds it all.
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import styles from './Add.module.css'

interface PagerProps {
  readonly from: number
  readonly size: number
  readonly inAll: number
  readonly onChange: (from: number) => void
}

export function Pager({ from, size, inAll, onChange }: PagerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (inAll <= size) return null
  return (
    <div className={styles['pager']}>
      <span>
        {t('add.pager.shown', {
          from: format.number(from + 1),
          to: format.number(Math.min(inAll, from + size)),
          all: format.number(inAll),
        })}
      </span>
      <IconButton
        icon="left"
        label={t('add.pager.before')}
        isDisabled={from === 0}
        onPress={() => onChange(Math.max(0, from - size))}
      />
      <IconButton
        icon="right"
        label={t('add.pager.next')}
        isDisabled={from + size >= inAll}
        onPress={() => onChange(from + size)}
      />
    </div>
  )
}
